#include "kit.h"

namespace cvr::importers {
namespace {

TEST(ImportVcr, ReadsWhatTheToolWrites) { expect_golden("vcr", "vcr.yaml"); }

TEST(ImportVcr, ReadsTheListsOfItsFirstVersion) { expect_golden("vcr", "vcr_old.yaml"); }

TEST(ImportVcr, WhatIsNoneIsRefused) {
  const Read out = read("vcr", "{\"a\": 1}");
  ASSERT_TRUE(out.error);
  EXPECT_EQ(out.error->code, ErrorCode::kMalformed);
}

}  // namespace
}  // namespace cvr::importers
