#include "cassette/group_sync.h"

#include <latch>
#include <thread>

#include "memory_sink.h"

namespace cvr::cassette {
namespace {

TEST(GroupSync, OneSyncServesAllThatWereIssuedBefore) {
  const auto disk = std::make_shared<Disk>();
  MemorySink sink(disk);
  GroupSync sync(sink);
  const std::uint64_t first = sync.issue();
  const std::uint64_t second = sync.issue();
  ASSERT_TRUE(sync.wait(second));
  ASSERT_TRUE(sync.wait(first));
  EXPECT_EQ(disk->syncs, 1U);
  ASSERT_TRUE(sync.wait(sync.issue()));
  EXPECT_EQ(disk->syncs, 2U);
}

// Whoever comes while a sync runs is not served by it: what it appended may not be part of it.
TEST(GroupSync, WhoComesDuringASyncWaitsForTheNext) {
  const auto disk = std::make_shared<Disk>();
  MemorySink sink(disk);
  GroupSync sync(sink);
  std::latch begun(1);
  std::latch issued(1);
  std::atomic<bool> is_first = true;
  disk->during_sync = [&] {
    if (!is_first.exchange(false)) return;
    begun.count_down();
    issued.wait();
  };
  std::jthread leader([&] { EXPECT_TRUE(sync.wait(sync.issue())); });
  begun.wait();
  const std::uint64_t late = sync.issue();
  issued.count_down();
  EXPECT_TRUE(sync.wait(late));
  EXPECT_EQ(disk->syncs, 2U);
}

TEST(GroupSync, AFailureIsFinalForAll) {
  const auto disk = std::make_shared<Disk>();
  MemorySink sink(disk);
  GroupSync sync(sink);
  const std::uint64_t before = sync.issue();
  ASSERT_TRUE(sync.wait(before));
  disk->fail_from = disk->operations;
  const std::uint64_t failing = sync.issue();
  EXPECT_FALSE(sync.wait(failing));
  EXPECT_FALSE(sync.wait(sync.issue())) << "the disk would say yes now";
  EXPECT_TRUE(sync.wait(before)) << "what was synced stays synced";
  EXPECT_EQ(disk->syncs, 2U);
}

}  // namespace
}  // namespace cvr::cassette
