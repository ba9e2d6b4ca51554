#include "cassette/writer.h"

#include <thread>

#include "cassette/frame.h"
#include "support/random.h"
#include "writer_fixture.h"

namespace cvr::cassette {
namespace {

TEST_F(WriterTest, NumbersFromOneAndReadsBack) {
  auto writer = open();
  EXPECT_EQ(writer->append(sample(1)).value(), 1U);
  EXPECT_EQ(writer->append(sample(2)).value(), 2U);
  EXPECT_EQ(writer->count(), 2U);
  expect_holds(2);
  EXPECT_EQ(read()->health(), Health::kUnsealed);
  EXPECT_EQ(read()->header(), sample_header());
  ASSERT_TRUE(writer->seal());
  expect_holds(2);
  EXPECT_EQ(read()->health(), Health::kSealed);
  EXPECT_EQ(read(Check::kQuick)->health(), Health::kSealed);
  EXPECT_EQ(disk_->synced, disk_->bytes.size());
}

TEST_F(WriterTest, AppendsToASealedFileWithoutTouchingWhatIsThere) {
  ASSERT_TRUE(open()->append(sample(1)));
  ASSERT_TRUE(open()->seal());
  const std::string before = disk_->bytes;
  open();  // opening alone changes nothing
  EXPECT_EQ(disk_->bytes, before);
  auto writer = open();
  EXPECT_EQ(writer->append(sample(2)).value(), 2U);
  EXPECT_TRUE(disk_->bytes.starts_with(before));
  EXPECT_EQ(read()->health(), Health::kUnsealed);
  ASSERT_TRUE(writer->seal());
  expect_holds(2);
  const auto quick = read(Check::kQuick);
  EXPECT_EQ(quick->health(), Health::kSealed);
  EXPECT_EQ(quick->interaction(0).value(), sample(1));
  EXPECT_EQ(quick->interaction(1).value(), sample(2));
}

TEST_F(WriterTest, TheSameRecordingGivesTheSameBytes) {
  const auto record = [this] {
    disk_ = std::make_shared<Disk>();
    auto writer = open();
    for (std::uint64_t n = 1; n <= 20; ++n) EXPECT_TRUE(writer->append(sample(n, 100 * n)));
    EXPECT_TRUE(writer->seal());
    return disk_->bytes;
  };
  EXPECT_EQ(record(), record());
}

TEST_F(WriterTest, ATableEvery4096Interactions) {
  auto writer = open();
  const std::uint64_t count = 2 * kSegment + 3;
  for (std::uint64_t n = 1; n <= count; ++n) ASSERT_TRUE(writer->append(sample(n)));
  ASSERT_TRUE(writer->seal());
  expect_holds(count);
  const auto quick = read(Check::kQuick);
  ASSERT_EQ(quick->size(), count);
  for (std::uint64_t i = 0; i < count; ++i) {
    ASSERT_EQ(quick->key(i), sample_parts(i + 1).key);
    ASSERT_EQ(quick->started_utc_us(i), sample_parts(i + 1).timing.started_utc_us);
  }
  EXPECT_EQ(quick->interaction(kSegment).value(), sample(kSegment + 1));
}

// A crash at any byte: what was acknowledged until then is there, and a new writer goes on.
TEST_F(WriterTest, NothingAcknowledgedIsLostWhereverItStops) {
  std::vector<std::size_t> acknowledged_at;  // size of the file when append n was acknowledged
  auto writer = open();
  for (std::uint64_t n = 1; n <= 3; ++n) {
    ASSERT_TRUE(writer->append(sample(n)));
    acknowledged_at.push_back(disk_->bytes.size());
  }
  ASSERT_TRUE(writer->seal());
  ASSERT_TRUE(open()->append(sample(4)));
  acknowledged_at.push_back(disk_->bytes.size());
  const std::string whole = disk_->bytes;
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    disk_->bytes = whole.substr(0, size);
    std::uint64_t expected = 0;
    while (expected < acknowledged_at.size() && acknowledged_at[expected] <= size) ++expected;
    if (size >= kFileHeadSize) {
      const auto reader = read();
      ASSERT_EQ(reader->size(), expected) << "cut to " << size;
      ASSERT_NE(reader->health(), Health::kDamaged) << "cut to " << size << ": " << reader->damage();
    } else {
      ASSERT_TRUE(is_partial_file_head(disk_->bytes));
      disk_->bytes.clear();
    }
    auto next = open();
    ASSERT_EQ(next->append(sample(expected + 1)).value(), expected + 1) << "cut to " << size;
    ASSERT_TRUE(next->seal());
    expect_holds(expected + 1);
  }
}

// Every operation fails once: what was answered is what is there, and the gap says how many are not.
TEST_F(WriterTest, AnyFailingOperationIsCountedAndHealed) {
  for (const bool durable : {false, true}) {
    for (std::uint64_t failing = 2; failing < 40; ++failing) {
      disk_ = std::make_shared<Disk>();
      auto writer = open(durable);
      disk_->fail_from = failing;
      std::vector<RedactedInteraction> acknowledged;
      for (std::uint64_t n = 1; n <= 8; ++n) {
        const auto answer = writer->append(sample(n));
        if (answer) acknowledged.push_back(sample(n));
        ASSERT_TRUE(answer || writer->last_error().find("x.cvr") != std::string::npos);
      }
      ASSERT_EQ(acknowledged.size() + writer->lost(), 8U);
      const bool sealed = writer->seal().has_value();
      const auto reader = read();
      ASSERT_NE(reader->health(), Health::kDamaged) << reader->damage();
      std::size_t found = 0;
      for (std::uint64_t i = 0; i < reader->size() && found < acknowledged.size(); ++i) {
        if (reader->interaction(i).value() == acknowledged[found]) ++found;
      }
      ASSERT_EQ(found, acknowledged.size()) << "operation " << failing << " failed";
      std::uint64_t lost = 0;
      for (const Gap& gap : reader->gaps()) lost += gap.lost;
      if (sealed) {
        ASSERT_EQ(lost, writer->lost()) << "operation " << failing << " failed";
        ASSERT_EQ(reader->health(), Health::kSealed);
      }
    }
  }
}

TEST_F(WriterTest, AFullDiskIsOneGapAndRecordingGoesOn) {
  auto writer = open();
  ASSERT_TRUE(writer->append(sample(1)));
  const std::string before = disk_->bytes;
  disk_->capacity = disk_->bytes.size() + 300;  // a gap would fit, an interaction does not
  RedactedParts large = sample_parts(9);
  large.response->body.content.text = test::random_hex(2000);
  const auto refused = writer->append(RedactionPass::vouch(large));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().text, "can not write to x.cvr: no space left on device");
  ASSERT_FALSE(writer->append(RedactionPass::vouch(large)));
  EXPECT_EQ(disk_->bytes, before);
  EXPECT_EQ(writer->lost(), 2U);
  expect_holds(1);
  disk_->capacity = ~0ULL;
  EXPECT_EQ(writer->append(sample(2)).value(), 2U);
  expect_holds(2);
  const Gap gap{clock_.utc_us(), 2, "no space left on device"};
  EXPECT_EQ(read()->gaps(), std::vector<Gap>{gap});
  ASSERT_TRUE(writer->seal());
  EXPECT_EQ(read(Check::kQuick)->gaps(), std::vector<Gap>{gap});
}

TEST_F(WriterTest, WhenCuttingBackFailsNothingMoreIsWritten) {
  auto writer = open();
  ASSERT_TRUE(writer->append(sample(1)));
  disk_->fail_from = disk_->operations;
  disk_->fail_count = 2;  // the write and the cutting back
  ASSERT_FALSE(writer->append(sample(2)));
  const std::string stopped = disk_->bytes;
  ASSERT_FALSE(writer->append(sample(2)));
  ASSERT_FALSE(writer->seal());
  EXPECT_EQ(disk_->bytes, stopped);
  EXPECT_EQ(writer->lost(), 2U);
  EXPECT_EQ(read()->health(), Health::kTorn);
  EXPECT_EQ(open()->append(sample(2)).value(), 2U);
  expect_holds(2);
}

TEST_F(WriterTest, TheLimitStopsRecordingAndLeavesRoomForTheSeal) {
  auto writer = open(false, 8192);
  std::uint64_t taken = 0;
  while (writer->append(sample(taken + 1))) ++taken;
  EXPECT_GT(taken, 5U);
  EXPECT_EQ(writer->append(sample(1)).error().code, ErrorCode::kLimit);
  EXPECT_EQ(writer->lost(), 2U);
  ASSERT_TRUE(writer->seal());
  EXPECT_LE(disk_->bytes.size(), 8192U);
  expect_holds(taken);
  EXPECT_EQ(read()->gaps()[0].lost, 2U);
}

TEST_F(WriterTest, DurableAnswersAfterTheSync) {
  auto writer = open(true);
  for (std::uint64_t n = 1; n <= 3; ++n) {
    ASSERT_TRUE(writer->append(sample(n)));
    EXPECT_EQ(disk_->synced, disk_->bytes.size());
  }
}

TEST_F(WriterTest, AFailedSyncIsFinal) {
  auto writer = open(true);
  ASSERT_TRUE(writer->append(sample(1)));
  disk_->fail_from = disk_->operations + 1;  // the sync of the next append
  const auto refused = writer->append(sample(2));
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().text.find("fdatasync failed"), std::string::npos);
  const std::uint64_t syncs = disk_->syncs;
  ASSERT_FALSE(writer->append(sample(3)));
  ASSERT_FALSE(writer->seal());
  EXPECT_EQ(disk_->syncs, syncs) << "a failed sync was tried again";
  ASSERT_EQ(read()->gaps().size(), 1U);
  EXPECT_EQ(read()->gaps()[0].lost, 2U);
}

TEST_F(WriterTest, ManyThreads) {
  for (const bool durable : {false, true}) {
    disk_ = std::make_shared<Disk>();
    auto writer = open(durable);
    {
      std::vector<std::jthread> threads;
      for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&writer] {
          for (std::uint64_t n = 0; n < 100; ++n) EXPECT_TRUE(writer->append(sample(n, 600)));
        });
      }
    }
    ASSERT_TRUE(writer->seal());
    EXPECT_EQ(read()->size(), 400U);
    EXPECT_EQ(read()->health(), Health::kSealed);
  }
}

TEST_F(WriterTest, WhatCanNotBeReadAgainIsRefused) {
  auto writer = open();
  RedactedParts parts = sample_parts(1);
  parts.request.path.spans = {{1000, 2, Kind::kToken, "x"}};
  EXPECT_FALSE(writer->append(RedactionPass::vouch(parts)));
  EXPECT_EQ(writer->lost(), 1U);
  EXPECT_TRUE(writer->append(sample(1)));
}

TEST_F(WriterTest, FramesOfTomorrowAreSteppedOverAndKept) {
  ASSERT_TRUE(open()->append(sample(1)));
  Digest chain = scan(disk_->bytes, true).chain;
  FrameDraft strange(200, "of another time");
  disk_->bytes += strange.finish(1, chain);
  auto writer = open();
  ASSERT_TRUE(writer->append(sample(2)));
  ASSERT_TRUE(writer->seal());
  expect_holds(2);
  EXPECT_EQ(read(Check::kQuick)->size(), 2U);
  EXPECT_NE(disk_->bytes.find("of another time"), std::string::npos);
}

}  // namespace
}  // namespace cvr::cassette
