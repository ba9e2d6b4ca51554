// A writer on a disk in memory, and what a reader finds there.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "cassette/writer.h"
#include "memory_sink.h"
#include "samples.h"
#include "support/fakes.h"

namespace cvr::cassette {

class WriterTest : public testing::Test {
 protected:
  // A writer on what the disk holds now, as after a restart.
  std::unique_ptr<Writer> open(bool durable = false, std::uint64_t max_bytes = 0) {
    WriterOptions options;
    options.durable = durable;
    options.max_bytes = max_bytes;
    options.header = sample_header();
    options.clock = &clock_;
    WriterStart start;
    if (!disk_->bytes.empty()) {
      const Scan found = scan(disk_->bytes, true);
      EXPECT_NE(found.health, Health::kDamaged) << found.damage;
      start = start_from(found);
      disk_->bytes.resize(found.sound_bytes);
    }
    auto writer = make_writer(std::make_unique<MemorySink>(disk_), std::move(start), std::move(options), "x.cvr");
    EXPECT_TRUE(writer) << writer.error().text;
    return std::move(*writer);
  }
  std::unique_ptr<Reader> read(Check check = Check::kFull) {
    auto reader = Reader::open_bytes(disk_->bytes, "x.cvr", check);
    EXPECT_TRUE(reader) << reader.error().text;
    return std::move(*reader);
  }
  void expect_holds(std::uint64_t count) {
    const auto reader = read();
    ASSERT_EQ(reader->size(), count) << reader->damage();
    for (std::uint64_t i = 0; i < count; ++i) {
      ASSERT_EQ(reader->interaction(i).value(), sample(i + 1));
      ASSERT_EQ(reader->key(i), sample_parts(i + 1).key);
    }
  }

  test::FakeClock clock_;
  std::shared_ptr<Disk> disk_ = std::make_shared<Disk>();
};

}  // namespace cvr::cassette
