#include "kit.h"

namespace cvr::importers {
namespace {

Source source_with_files(bool origin) {
  Source source;
  if (origin) source.origin = http::Origin{http::Scheme::kHttps, "api.example.com", 443};
  source.file = [](std::string_view name) -> Result<std::string> {
    if (name == "g.txt") return "from a file";
    return fail(ErrorCode::kNotFound, "no");
  };
  return source;
}

TEST(ImportWiremock, ReadsWhatNamesOneRequest) {
  const Read out = expect_golden("wiremock", "wiremock.json", source_with_files(true));
  EXPECT_TRUE(out.lost("skipped: matchers of URLs"));
}

TEST(ImportWiremock, PathsThatNameOneRequest) {
  const Read out = expect_golden("wiremock", "wiremock_paths.json", source_with_files(true));
  EXPECT_TRUE(out.lost("skipped: mappings for any method"));
  EXPECT_EQ(out.interactions.size(), 4u);
}

TEST(ImportWiremock, WhatCvrExportKeepsComesBack) {
  const Read out = read("wiremock", R"({"request":{"method":"POST","url":"/","bodyPatterns":[{"matches":".+"}]},
    "response":{"fault":"CONNECTION_RESET_BY_PEER"},
    "metadata":{"cvr":{"origin":"https://a.test","flags":["incomplete"],"failure":{"kind":"reset","detail":"x"},
      "request":{"headers":[["A","b"]],"body":{"text":"seats=4"}},
      "response":{"status":200,"reason":"OK","headers":[["C","d"]],"body":{"text":"half"}}}}})");
  ASSERT_EQ(out.interactions.size(), 1u);
  const Interaction& one = out.interactions[0];
  EXPECT_EQ(one.request.body, "seats=4");
  EXPECT_EQ(one.request.fields.size(), 1u);
  ASSERT_TRUE(one.response);
  EXPECT_EQ(one.response->body, "half");
  EXPECT_EQ(one.failure, (Failure{FailureKind::kReset, "x"}));
  const Read omitted = read("wiremock", R"({"request":{"method":"POST","url":"/"},"response":{"status":200},
    "metadata":{"cvr":{"origin":"https://a.test","request":{"omitted":"omitted: x","bytes":7},
      "response":{"omitted":"omitted: x","bytes":9}}}})");
  ASSERT_EQ(omitted.interactions.size(), 1u);
  EXPECT_EQ(omitted.interactions[0].request_over_limit->size, 7u);
  EXPECT_EQ(omitted.interactions[0].response_over_limit->size, 9u);
}

TEST(ImportWiremock, ASingleMapping) {
  const Read out =
      read("wiremock", R"({"request":{"method":"GET","url":"/"},"response":{"status":200}})", source_with_files(true));
  EXPECT_EQ(out.interactions.size(), 1u);
}

TEST(ImportWiremock, WithoutAHostItIsRefusedWithTheMend) {
  const Read out =
      read("wiremock", R"({"request":{"method":"GET","url":"/"},"response":{"status":200}})", source_with_files(false));
  ASSERT_TRUE(out.error);
  EXPECT_EQ(out.error->code, ErrorCode::kUsage);
  EXPECT_EQ(out.error->text, "mapping 1: the mapping names no host; give it: --origin https://api.example.com");
}

TEST(ImportWiremock, WhatIsNoneIsRefused) {
  EXPECT_TRUE(read("wiremock", "[]").error);
  EXPECT_TRUE(read("wiremock", R"({"mappings":1})").error);
}

}  // namespace
}  // namespace cvr::importers
