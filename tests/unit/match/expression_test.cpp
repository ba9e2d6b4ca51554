#include "match/expression.h"

#include <gtest/gtest.h>

namespace cvr::match {
namespace {

std::string fitted(const std::string& pattern, std::string_view text) {
  const auto expression = Expression::make(pattern);
  if (!expression) return "error: " + expression.error().text;
  std::string out;
  return (*expression)->fits(text, out) ? out : "no";
}

TEST(Expression, FitsTheWholeText) {
  EXPECT_NE(fitted("R-[0-9]+", "R-12"), "no");
  EXPECT_EQ(fitted("R-[0-9]+", "xR-12"), "no");
  EXPECT_EQ(fitted("R-[0-9]+", "R-12x"), "no");
  EXPECT_EQ(fitted("R-[0-9]+", ""), "no");
}

TEST(Expression, WhatTheGroupsCaughtCounts) {
  EXPECT_EQ(fitted("R-[0-9]+", "R-12"), fitted("R-[0-9]+", "R-99"));
  EXPECT_EQ(fitted("/v[12]/(.*)", "/v1/trips"), fitted("/v[12]/(.*)", "/v2/trips"));
  EXPECT_NE(fitted("/v[12]/(.*)", "/v1/trips"), fitted("/v[12]/(.*)", "/v1/quotes"));
  // Where a group ends is part of it, and a group that caught nothing is none that caught "".
  EXPECT_NE(fitted("(a*)(b*)a*", "aba"), fitted("(a*)(b*)a*", "a"));
  EXPECT_NE(fitted("R", "R"), fitted("[R]", "R"));
}

TEST(Expression, BadOnesSayWhy) {
  EXPECT_TRUE(fitted("", "x").starts_with("error: an empty"));
  EXPECT_TRUE(fitted("(", "x").starts_with("error: not a regular expression"));
  EXPECT_TRUE(fitted(std::string(5000, 'a'), "x").starts_with("error: a regular expression of more"));
  std::string groups;
  for (int i = 0; i < 17; ++i) groups += "(a)";
  EXPECT_TRUE(fitted(groups, "x").starts_with("error: a regular expression with more than 16"));
}

}  // namespace
}  // namespace cvr::match
