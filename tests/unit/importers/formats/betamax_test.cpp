#include "kit.h"

namespace cvr::importers {
namespace {

TEST(ImportBetamax, ReadsWhatTheToolWrites) { expect_golden("betamax", "betamax.json"); }

TEST(ImportBetamax, WhatIsNoneIsRefused) {
  const Read out = read("betamax", "{\"a\": 1}");
  ASSERT_TRUE(out.error);
  EXPECT_EQ(out.error->code, ErrorCode::kMalformed);
}

}  // namespace
}  // namespace cvr::importers
