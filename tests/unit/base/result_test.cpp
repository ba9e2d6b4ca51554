#include "cvr/result.h"

namespace cvr {
namespace {

TEST(Result, ExitStatusFollowsTheContract) {
  EXPECT_EQ(exit_status(ErrorCode::kUsage), 2);
  EXPECT_EQ(exit_status(ErrorCode::kEnvironment), 3);
  EXPECT_EQ(exit_status(ErrorCode::kDamaged), 1);
}

}  // namespace
}  // namespace cvr
