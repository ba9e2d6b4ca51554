#include "app/parallel.h"

#include <atomic>

namespace cvr::app {
namespace {

TEST(InParallel, DoesEachOnceAndTellsOfAll) {
  for (const std::size_t count : {0u, 1u, 2u, 1000u}) {
    std::vector<std::atomic<int>> times(count);
    std::vector<std::size_t> told;
    in_parallel(count, [&](std::size_t i) { ++times[i]; }, [&](std::size_t finished) { told.push_back(finished); });
    for (const auto& one : times) EXPECT_EQ(one, 1);
    ASSERT_EQ(told.size(), count);
    for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(told[i], i + 1);
  }
}

}  // namespace
}  // namespace cvr::app
