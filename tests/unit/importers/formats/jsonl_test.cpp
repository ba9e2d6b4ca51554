#include "kit.h"

namespace cvr::importers {
namespace {

TEST(ImportJsonl, WhatCvrExportedComesBack) { expect_golden("jsonl", "cvr.jsonl"); }

TEST(ImportJsonl, NamesTheLine) {
  const Read out = read("jsonl", "\n{\"n\":1}\n{\"n\":\n");
  ASSERT_TRUE(out.error);
  EXPECT_EQ(out.error->text, "line 3: JSON: unexpected end at byte 5");
}

}  // namespace
}  // namespace cvr::importers
