#include "match/conditions.h"

#include <gtest/gtest.h>

#include "kit.h"

namespace cvr::match {
namespace {

bool same(const RedactedRequest& a, const RedactedRequest& b) {
  const MatchKey x = key_of(a, test_rules());
  const MatchKey y = key_of(b, test_rules());
  return x.bucket_lo == y.bucket_lo && x.bucket_hi == y.bucket_hi;
}

TEST(Conditions, APartIsNoOtherPart) {
  const auto part = [](const char* range) { return get("/file", {field("Range", range)}); };
  EXPECT_TRUE(same(part("bytes=0-9"), part("bytes=0-9")));
  EXPECT_FALSE(same(part("bytes=0-9"), part("bytes=10-19")));
  EXPECT_FALSE(same(part("bytes=0-9"), get("/file")));
  EXPECT_TRUE(same(get("/file", {field("RANGE", "bytes=0-9")}), part("bytes=0-9")));
}

TEST(Conditions, NewsAreNoWholeAnswer) {
  for (const char* name : {"If-None-Match", "If-Modified-Since", "If-Range"}) {
    EXPECT_FALSE(same(get("/a", {field(name, "x")}), get("/a"))) << name;
    EXPECT_FALSE(same(get("/a", {field(name, "x")}), get("/a", {field(name, "y")}))) << name;
    EXPECT_TRUE(same(get("/a", {field(name, "x"), field("Accept", "b")}), get("/a", {field(name, "x")}))) << name;
  }
}

TEST(Conditions, WhatIsHiddenInThemCountsByKind) {
  const auto news = [](const char* value) { return get("/a", {field("If-None-Match", value)}); };
  EXPECT_TRUE(same(news("\"<<token:abc>>\""), news("\"x-<<uuid:def>>\"")));
  EXPECT_FALSE(same(news("\"<<token:abc>>\""), news("\"abc\"")));
  EXPECT_NE(key_of(news("<<token:abc>>"), test_rules()).exact_lo, key_of(news("<<token:def>>"), test_rules()).exact_lo);
}

TEST(Conditions, OnlyGetAndHeadHaveThem) {
  EXPECT_TRUE(has_conditions(request("HEAD", "/a", {field("If-None-Match", "x")})));
  EXPECT_FALSE(has_conditions(request("POST", "/a", {field("Range", "x")})));
  EXPECT_TRUE(same(request("POST", "/a", {field("Range", "x")}), request("POST", "/a")));
  EXPECT_FALSE(has_conditions(get("/a", {field("If-Match", "x"), field("Ranges", "x"), field("X-If-Range", "x")})));
}

TEST(Conditions, AWholeAnswerIsAskedForWithoutThem) {
  EXPECT_EQ(without_conditions(get("/a", {field("Accept", "x")})), std::nullopt);
  const auto plain = without_conditions(get(
      "/a", {field("Accept", "x"), field("range", "bytes=0-9"), field("If-Range", "y"), field("If-None-Match", "z")}));
  ASSERT_TRUE(plain);
  ASSERT_EQ(plain->fields.size(), 1);
  EXPECT_EQ(plain->fields[0].name.text, "Accept");
}

TEST(Conditions, ARuleOfTheUserDecidesInstead) {
  MatchRules rules = test_rules();
  rules.parts.headers = {{"range", parse_comparison("any").value()}};
  finish_rules(rules);
  const auto part = [](const char* range) { return get("/file", {field("Range", range)}); };
  EXPECT_EQ(key_of(part("bytes=0-9"), rules), key_of(part("bytes=10-19"), rules));
  EXPECT_TRUE(is_loosened(part("bytes=0-9"), rules));
  EXPECT_FALSE(is_loosened(get("/file"), rules));
}

}  // namespace
}  // namespace cvr::match
