#include "kit.h"

namespace cvr::importers {
namespace {

TEST(ImportVcrpy, ReadsWhatTheToolWrites) { expect_golden("vcrpy", "vcrpy.yaml"); }

TEST(ImportVcrpy, WhatIsNoneIsRefused) {
  const Read out = read("vcrpy", "{\"a\": 1}");
  ASSERT_TRUE(out.error);
  EXPECT_EQ(out.error->code, ErrorCode::kMalformed);
}

}  // namespace
}  // namespace cvr::importers
