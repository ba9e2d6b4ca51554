#include "kit.h"

namespace cvr::importers {
namespace {

TEST(ImportJsonl, WhatCvrExportedComesBack) { expect_golden("jsonl", "cvr.jsonl"); }

TEST(ImportJsonl, NamesTheLine) {
  const Read out = read("jsonl", "\n{\"n\":1}\n{\"n\":\n");
  EXPECT_FALSE(out.error);
  ASSERT_TRUE(out.lost("skipped: lines that are broken"));
  EXPECT_EQ(out.losses.all().back().where, std::vector<std::string>{"line 3: JSON: unexpected end at byte 5"});
}

}  // namespace
}  // namespace cvr::importers
