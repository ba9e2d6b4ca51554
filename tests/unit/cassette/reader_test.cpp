#include "cvr/cassette.h"

#include <filesystem>
#include <fstream>
#include <random>

#include "cassette/frame.h"
#include "cassette/scan.h"
#include "cassette/writer.h"
#include "memory_sink.h"
#include "samples.h"
#include "support/fakes.h"
#include "support/random.h"

namespace cvr::cassette {
namespace {

std::string recording(std::uint64_t count) {
  const auto disk = std::make_shared<Disk>();
  const test::FakeClock clock;
  WriterOptions options;
  options.header = sample_header();
  options.clock = &clock;
  auto writer = make_writer(std::make_unique<MemorySink>(disk), {}, options, "x");
  for (std::uint64_t n = 1; n <= count; ++n) EXPECT_TRUE((*writer)->append(sample(n)));
  EXPECT_TRUE((*writer)->seal());
  return disk->bytes;
}

TEST(Reader, QuickAndFullAgree) {
  const std::string bytes = recording(5);
  const auto quick = Reader::open_bytes(bytes, "x", Check::kQuick);
  const auto full = Reader::open_bytes(bytes, "x", Check::kFull);
  ASSERT_TRUE(quick && full);
  EXPECT_EQ((*quick)->header(), (*full)->header());
  EXPECT_EQ((*quick)->size(), 5U);
  EXPECT_EQ((*quick)->sound_bytes(), bytes.size());
  EXPECT_EQ((*quick)->name(), "x");
  for (std::uint64_t i = 0; i < 5; ++i) {
    EXPECT_EQ((*quick)->key(i), (*full)->key(i));
    EXPECT_EQ((*quick)->started_utc_us(i), (*full)->started_utc_us(i));
    EXPECT_EQ((*quick)->digest(i), (*full)->digest(i));
    EXPECT_EQ((*quick)->digest(i).size(), 64U);
    EXPECT_EQ((*quick)->interaction(i).value(), (*full)->interaction(i).value());
  }
}

// Two interactions, and records of tomorrow in front, between and behind.
std::string recording_of_tomorrow(bool sealed) {
  const auto disk = std::make_shared<Disk>();
  auto writer = make_writer(std::make_unique<MemorySink>(disk), {}, {}, "x");
  EXPECT_TRUE((*writer)->append(UnknownRecord{200, 0, "before"}));
  EXPECT_TRUE((*writer)->append(sample(1)));
  EXPECT_TRUE((*writer)->append(UnknownRecord{201, 0, ""}));
  EXPECT_TRUE((*writer)->append(sample(2)));
  EXPECT_TRUE((*writer)->append(UnknownRecord{200, 0, "behind"}));
  if (sealed) {
    EXPECT_TRUE((*writer)->seal());
  }
  return disk->bytes;
}

TEST(Reader, RecordsOfTomorrowAreKnownByTheirPlace) {
  for (const bool sealed : {true, false}) {
    const std::string bytes = recording_of_tomorrow(sealed);
    for (const Check check : {Check::kQuick, Check::kFull}) {
      const auto reader = Reader::open_bytes(bytes, "x", check);
      ASSERT_TRUE(reader);
      EXPECT_EQ((*reader)->health(), sealed ? Health::kSealed : Health::kUnsealed);
      std::string told;
      for (const UnknownRecord& record : (*reader)->unknown()) {
        told += std::to_string(record.type) + "@" + std::to_string(record.after) + std::string(record.payload) + " ";
      }
      EXPECT_EQ(told, "200@0before 201@1 200@2behind ");
      EXPECT_EQ((*reader)->size(), 2U);
    }
  }
}

Refusal refusal(std::string host) {
  return {1'772'000'000'000'000, std::string(kRefusedByGate), std::move(host), "two different Content-Length"};
}

TEST(Reader, RefusalsAreNoInteractionsAndKeepTheirPlace) {
  for (const bool sealed : {true, false}) {
    const auto disk = std::make_shared<Disk>();
    auto writer = make_writer(std::make_unique<MemorySink>(disk), {}, {}, "x");
    EXPECT_TRUE((*writer)->append(refusal("")));
    EXPECT_TRUE((*writer)->append(sample(1)));
    EXPECT_TRUE((*writer)->append(refusal("a.example")));
    EXPECT_EQ((*writer)->count(), 1U);
    EXPECT_EQ((*writer)->lost(), 0U);
    if (sealed) {
      EXPECT_TRUE((*writer)->seal());
    }
    for (const Check check : {Check::kQuick, Check::kFull}) {
      const auto reader = Reader::open_bytes(disk->bytes, "x", check);
      ASSERT_TRUE(reader);
      EXPECT_EQ((*reader)->health(), sealed ? Health::kSealed : Health::kUnsealed);
      EXPECT_EQ((*reader)->size(), 1U);
      EXPECT_TRUE((*reader)->unknown().empty());
      Refusal second = refusal("a.example");
      second.after = 1;
      EXPECT_EQ((*reader)->refusals(), (std::vector<Refusal>{refusal(""), second}));
    }
  }
}

TEST(Reader, ARefusalThatDoesNotParseIsDamage) {
  const auto disk = std::make_shared<Disk>();
  auto writer = make_writer(std::make_unique<MemorySink>(disk), {}, {}, "x");
  EXPECT_TRUE((*writer)->append(sample(1)));
  Digest chain = scan(disk->bytes, true).chain;
  disk->bytes += FrameDraft(FrameType::kRefusal, "no map").finish(1, chain);
  const auto reader = Reader::open_bytes(disk->bytes, "x", Check::kFull);
  ASSERT_TRUE(reader);
  EXPECT_EQ((*reader)->health(), Health::kDamaged);
  EXPECT_EQ((*reader)->size(), 1U);
}

TEST(Reader, AnEmptyRecordingIsReadable) {
  const auto reader = Reader::open_bytes(recording(0), "x");
  ASSERT_TRUE(reader);
  EXPECT_EQ((*reader)->size(), 0U);
  EXPECT_EQ((*reader)->health(), Health::kSealed);
}

TEST(Reader, AFlippedByteIsFoundWhenTheRecordIsRead) {
  std::string bytes = recording(3);
  std::uint64_t at = kFileHeadSize;
  for (auto head = read_head(bytes, at); head && head->n != 2; head = read_head(bytes, at)) {
    at += kFrameHeadSize + head->size;
  }
  bytes[at + kFrameHeadSize + kInteractionPrefix + 4] ^= 1;
  const auto reader = Reader::open_bytes(bytes, "x.cvr");
  ASSERT_TRUE(reader);
  EXPECT_TRUE((*reader)->interaction(0));
  const auto damaged = (*reader)->interaction(1);
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().code, ErrorCode::kDamaged);
  EXPECT_NE(damaged.error().text.find("interaction 2 of x.cvr"), std::string::npos);
  EXPECT_EQ((*Reader::open_bytes(bytes, "x.cvr", Check::kFull))->health(), Health::kDamaged);
}

// Wherever a bit flips: the file is refused, told as damaged or torn, or what was sealed is no longer told as sealed.
TEST(Reader, TwoThousandFlipsAreNeverAcceptedSilently) {
  const std::string whole = recording(40);
  std::mt19937_64 random(test::seed());
  for (int i = 0; i < 2000; ++i) {
    std::string bytes = whole;
    const std::size_t at = random() % bytes.size();
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
    const auto reader = Reader::open_bytes(bytes, "x", Check::kFull);
    if (!reader) continue;
    EXPECT_NE((*reader)->health(), Health::kSealed) << "byte " << at;
    for (std::uint64_t n = 0; n < (*reader)->size(); ++n) {
      const auto interaction = (*reader)->interaction(n);
      if (!interaction) continue;
      EXPECT_EQ(*interaction, sample(n + 1)) << "byte " << at;
    }
  }
}

TEST(Reader, AWrongIndexIsNotTrusted) {
  std::string bytes = recording(3);
  bytes[bytes.size() - 150] ^= 1;  // in the table
  const auto reader = Reader::open_bytes(bytes, "x");
  ASSERT_TRUE(reader);
  EXPECT_EQ((*reader)->health(), Health::kDamaged);
  EXPECT_EQ((*reader)->size(), 3U);
  EXPECT_EQ((*reader)->interaction(2).value(), sample(3));
}

TEST(Reader, ForeignNewerAndMissingFiles) {
  EXPECT_EQ(Reader::open_bytes("Dear", "x").error().code, ErrorCode::kMalformed);
  EXPECT_EQ(Reader::open_bytes("{\"log\":{}}", "x.har").error().text, "x.har is not a cassette");
  EXPECT_EQ(Reader::open("/nonexistent/x.cvr").error().code, ErrorCode::kEnvironment);
}

TEST(Reader, WhatARecorderLeavesThatIsKilledAtItsStart) {
  for (std::size_t size = 0; size <= kFileHeadSize; ++size) {
    for (const Check check : {Check::kQuick, Check::kFull}) {
      const std::string left = file_head().substr(0, size);
      const auto reader = Reader::open_bytes(left, "x", check);
      ASSERT_TRUE(reader) << size;
      EXPECT_EQ((*reader)->size(), 0U);
      EXPECT_TRUE((*reader)->unknown().empty());
      const bool torn = size > 0 && size < kFileHeadSize;
      EXPECT_EQ((*reader)->health(), torn ? Health::kTorn : Health::kUnsealed) << size;
      EXPECT_EQ((*reader)->damage().empty(), size == kFileHeadSize) << size;
    }
  }
}

TEST(Reader, ReadsAFileThatIsBeingWritten) {
  const auto disk = std::make_shared<Disk>();
  auto writer = make_writer(std::make_unique<MemorySink>(disk), {}, {}, "x");
  ASSERT_TRUE((*writer)->append(sample(1)));
  const std::string then = disk->bytes;
  const auto reader = Reader::open_bytes(then, "x");
  ASSERT_TRUE((*writer)->append(sample(2)));
  EXPECT_EQ((*reader)->health(), Health::kUnsealed);
  EXPECT_EQ((*reader)->size(), 1U);
  EXPECT_EQ((*reader)->interaction(0).value(), sample(1));
}

TEST(Reader, ReadsAFile) {
  const std::string path = testing::TempDir() + "cvr_reader_test.cvr";
  std::ofstream(path, std::ios::binary) << recording(7);
  for (const Check check : {Check::kQuick, Check::kFull}) {
    const auto reader = Reader::open(path, check);
    ASSERT_TRUE(reader);
    EXPECT_EQ((*reader)->size(), 7U);
    EXPECT_EQ((*reader)->interaction(6).value(), sample(7));
  }
  std::filesystem::remove(path);
}

TEST(Reader, HealthInWords) {
  EXPECT_EQ(to_string(Health::kSealed), "sealed");
  EXPECT_EQ(to_string(Health::kUnsealed), "unsealed");
  EXPECT_EQ(to_string(Health::kTorn), "torn");
  EXPECT_EQ(to_string(Health::kDamaged), "damaged");
}

}  // namespace
}  // namespace cvr::cassette
