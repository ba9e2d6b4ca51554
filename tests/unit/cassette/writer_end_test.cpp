#include "writer_fixture.h"

namespace cvr::cassette {
namespace {

using WriterEndTest = WriterTest;

TEST_F(WriterEndTest, SealingTwiceOrWithNothingNewAddsNothing) {
  auto writer = open();
  ASSERT_TRUE(writer->append(sample(1)));
  ASSERT_TRUE(writer->seal());
  const std::string sealed = disk_->bytes;
  ASSERT_TRUE(writer->seal());
  ASSERT_TRUE(open()->seal());
  EXPECT_EQ(disk_->bytes, sealed);
  EXPECT_FALSE(writer->append(sample(2)));
  EXPECT_EQ(writer->lost(), 1U);
}

TEST_F(WriterEndTest, TheSealWritesTheGapAtTheLatest) {
  auto writer = open();
  disk_->fail_from = disk_->operations;
  ASSERT_FALSE(writer->append(sample(1)));
  ASSERT_TRUE(writer->seal());
  ASSERT_EQ(read()->gaps().size(), 1U);
  EXPECT_EQ(read()->gaps()[0].lost, 1U);
}

TEST_F(WriterEndTest, WhatComesAfterTheEndIsALossAndTouchesNothing) {
  for (const bool sealed : {true, false}) {
    auto writer = open();
    ASSERT_TRUE(writer->append(sample(1)));
    if (sealed) {
      ASSERT_TRUE(writer->seal());
    } else {
      writer->let_go();
    }
    const std::string ended = disk_->bytes;
    EXPECT_FALSE(writer->append(sample(2)));
    EXPECT_EQ(writer->seal().has_value(), sealed);
    EXPECT_EQ(writer->purge([](std::uint64_t, const RedactedInteraction&) { return std::nullopt; }).value(), 0U);
    EXPECT_TRUE(writer->discard());
    EXPECT_EQ(disk_->bytes, ended);
    EXPECT_EQ(writer->lost(), 1U);
  }
}

TEST_F(WriterEndTest, AFullDiskAtTheSealIsToldAndTheRecordsStand) {
  auto writer = open();
  ASSERT_TRUE(writer->append(sample(1)));
  disk_->capacity = disk_->bytes.size() + 10;
  const auto sealed = writer->seal();
  ASSERT_FALSE(sealed);
  EXPECT_EQ(sealed.error().text, "can not seal x.cvr: no space left on device");
  expect_holds(1);
  EXPECT_EQ(read()->health(), Health::kUnsealed);
}

}  // namespace
}  // namespace cvr::cassette
