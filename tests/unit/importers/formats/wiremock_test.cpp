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
