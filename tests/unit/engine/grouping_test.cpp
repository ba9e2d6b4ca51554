#include "engine/grouping.h"

#include <gtest/gtest.h>

namespace cvr::engine {
namespace {

MatchKey key(std::uint64_t what, std::uint64_t who) { return {what, what, who, ~who, 7}; }

TEST(Grouping, GroupsStandInTheOrderOfTheirFirstRecording) {
  const match::Index index({key(5, 9), key(2, 1), key(5, 3), key(5, 9), key(5, 3)});
  const Grouping grouping = grouped(index);
  EXPECT_EQ(grouping.bucket_groups, (std::vector<std::uint32_t>{0, 1, 3}));
  EXPECT_EQ(grouping.order, (std::vector<std::uint32_t>{1, 2, 4, 0, 3}));
  ASSERT_EQ(grouping.groups.size(), 3U);
  EXPECT_EQ(grouping.groups[1].exact_lo, 9U);
  EXPECT_EQ(grouping.groups[1].begin, 3U);
  EXPECT_EQ(grouping.groups[1].end, 5U);
  EXPECT_EQ(grouping.groups[2].exact_lo, 3U);
}

TEST(Grouping, OfNothingIsNothing) {
  const Grouping grouping = grouped(match::Index({}));
  EXPECT_EQ(grouping.bucket_groups, (std::vector<std::uint32_t>{0}));
  EXPECT_TRUE(grouping.groups.empty());
  EXPECT_TRUE(grouping.order.empty());
}

}  // namespace
}  // namespace cvr::engine
