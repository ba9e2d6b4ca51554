#include "net/pace.h"

namespace cvr::net {
namespace {

// The sweeper's clock stands still here: what is looked at is whether the deadline moves.
class PaceTest : public testing::Test {
 protected:
  asio::io_context io_;
  Sweeper sweeper_{io_};
  Stream stream_{Socket(io_), sweeper_};
};

TEST_F(PaceTest, ADeadlineMovesOnlyWhenEnoughHasArrived) {
  Pace pace(stream_, 1000, 100);
  pace.begin();
  const std::int64_t first = stream_.late_at_ms();
  EXPECT_EQ(first, sweeper_.now_ms() + 1000);
  sweeper_.set_now_ms(sweeper_.now_ms() + 500);
  pace.took(99);
  EXPECT_EQ(stream_.late_at_ms(), first);
  pace.took(1);
  EXPECT_EQ(stream_.late_at_ms(), first + 500);
}

TEST_F(PaceTest, TheClockStandsWhileItIsNotTheClientsTurn) {
  Pace pace(stream_, 1000, 100);
  pace.begin();
  sweeper_.set_now_ms(sweeper_.now_ms() + 400);
  pace.pause();
  EXPECT_EQ(stream_.late_at_ms(), 0);
  sweeper_.set_now_ms(sweeper_.now_ms() + 100'000);
  pace.resume();
  EXPECT_EQ(stream_.late_at_ms(), sweeper_.now_ms() + 600);
}

TEST_F(PaceTest, WhatWasLateStaysLate) {
  Pace pace(stream_, 1000, 100);
  pace.begin();
  sweeper_.set_now_ms(sweeper_.now_ms() + 5000);
  pace.pause();
  pace.resume();
  EXPECT_EQ(stream_.late_at_ms(), sweeper_.now_ms() + 1);
}

}  // namespace
}  // namespace cvr::net
