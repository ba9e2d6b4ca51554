#include "kit.h"
#include "support/random.h"

namespace cvr::importers {
namespace {

TEST(ImportHar, DialectsOfBrowsers) {
  expect_golden("har", "chrome.har");
  expect_golden("har", "firefox.har");
  expect_golden("har", "firefox_old.har");
  expect_golden("har", "safari.har");
}

TEST(ImportHar, DialectsOfOtherTools) {
  std::vector<std::string> asked;
  Source source;
  source.file = [&](std::string_view name) -> Result<std::string> {
    asked.emplace_back(name);
    return "from beside";
  };
  expect_golden("har", "other_tools.har", source);
  EXPECT_EQ(asked, std::vector<std::string>{"0123456789abcdef0123456789abcdef01234567.txt"});
  for (const char* name : {"charles.har", "insomnia.har", "mitmproxy.har"}) expect_golden("har", name);
}

TEST(ImportHar, WhatCvrExportedComesBack) { expect_golden("har", "cvr.har"); }

TEST(ImportHar, NoCredentialStandsInALoss) {
  const std::string secret = test::random_base64url(32);
  const Read out =
      read("har", R"({"log":{"comment":")" + secret + R"(","entries":[{"request":{"method":"GET )" + secret +
                      R"(","url":"https://)" + secret + R"( /"}},{"request":{"method":"GET","url":"x:)" + secret +
                      R"("},"_error":")" + secret + R"("}]}})");
  EXPECT_TRUE(out.interactions.empty());
  EXPECT_EQ(told(out).find(secret), std::string::npos);
}

TEST(ImportHar, WhatIsNoneIsRefused) {
  for (const char* text : {"{}", R"({"log":{}})", R"({"log":{"entries":{}}})", R"({"log":[]})"}) {
    const Read out = read("har", text);
    ASSERT_TRUE(out.error) << text;
    EXPECT_EQ(out.error->text, "no HAR: there is no log with a list of entries");
  }
}

}  // namespace
}  // namespace cvr::importers
