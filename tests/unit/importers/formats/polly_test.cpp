#include "kit.h"

namespace cvr::importers {
namespace {

TEST(ImportPolly, ReadsWhatTheToolWrites) { expect_golden("polly", "polly.har"); }

TEST(ImportPolly, WhatIsNoneIsRefused) {
  const Read out = read("polly", "{\"a\": 1}");
  ASSERT_TRUE(out.error);
  EXPECT_EQ(out.error->code, ErrorCode::kMalformed);
}

}  // namespace
}  // namespace cvr::importers
