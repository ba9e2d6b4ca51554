#include "cassette/scan.h"

#include "cassette/writer.h"
#include "memory_sink.h"
#include "samples.h"
#include "support/fakes.h"
#include "support/random.h"

namespace cvr::cassette {
namespace {

// A sealed cassette of `count` interactions; `ends` gets the offset behind each of them.
std::string recording(std::uint64_t count, std::vector<std::size_t>* ends = nullptr, bool sealed = true) {
  const test::FakeClock clock;
  const auto disk = std::make_shared<Disk>();
  WriterOptions options;
  options.header = sample_header();
  options.clock = &clock;
  auto writer = make_writer(std::make_unique<MemorySink>(disk), {}, options, "x");
  for (std::uint64_t n = 1; n <= count; ++n) {
    EXPECT_TRUE((*writer)->append(sample(n)));
    if (ends != nullptr) ends->push_back(disk->bytes.size());
  }
  EXPECT_TRUE(!sealed || (*writer)->seal());
  return disk->bytes;
}

TEST(Scan, SealedAndUnsealed) {
  const std::string sealed = recording(3);
  Scan found = scan(sealed, true);
  EXPECT_EQ(found.health, Health::kSealed);
  EXPECT_EQ(found.entries.size(), 3U);
  EXPECT_EQ(found.sound_bytes, sealed.size());
  EXPECT_EQ(found.header, sample_header());
  EXPECT_EQ(found.entries[2].prefix.key, sample_parts(3).key);
  found = scan(recording(3, nullptr, false), true);
  EXPECT_EQ(found.health, Health::kUnsealed);
  EXPECT_EQ(found.damage, "");
}

TEST(Scan, ACutFileIsTornAndNeverDamaged) {
  std::vector<std::size_t> ends;
  const std::string bytes = recording(3, &ends);
  for (std::size_t size = kFileHeadSize; size < bytes.size(); ++size) {
    const Scan found = scan(std::string_view(bytes).substr(0, size), true);
    ASSERT_NE(found.health, Health::kDamaged) << size << ": " << found.damage;
    ASSERT_EQ(found.lost, 0U);
    ASSERT_EQ(found.health == Health::kTorn, found.sound_bytes != size) << size;
  }
}

// Any one byte that is changed shows, and never as a torn tail: nothing acknowledged is given up
// silently.
TEST(Scan, AChangedByteIsDamage) {
  std::vector<std::size_t> ends;
  const std::string bytes = recording(3, &ends);
  for (std::size_t at = kFileHeadSize; at < bytes.size(); ++at) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ (1 << (test::rng()() % 8)));
    const Scan found = scan(changed, true);
    ASSERT_EQ(found.health, Health::kDamaged) << "byte " << at;
    ASSERT_LE(found.sound_bytes, at);
    std::uint64_t before = 0;
    while (before < ends.size() && ends[before] <= at) ++before;
    ASSERT_EQ(found.entries.size(), before) << "byte " << at;
    ASSERT_EQ(found.lost, 3 - before) << "byte " << at << ": " << found.damage;
  }
}

TEST(Scan, RemovedDoubledAndReorderedFramesShow) {
  std::vector<std::size_t> ends;
  const std::string bytes = recording(4, &ends, false);
  const auto frame = [&](std::size_t n) { return bytes.substr(ends[n - 1], ends[n] - ends[n - 1]); };
  const std::string head = bytes.substr(0, ends[0]);
  EXPECT_EQ(scan(head + frame(1) + frame(2) + frame(3), true).health, Health::kUnsealed);
  EXPECT_EQ(scan(head + frame(2) + frame(3), false).health, Health::kDamaged);
  EXPECT_EQ(scan(head + frame(1) + frame(1), false).health, Health::kDamaged);
  EXPECT_EQ(scan(head + frame(2) + frame(1), false).health, Health::kDamaged);
  EXPECT_EQ(scan(bytes.substr(0, kFileHeadSize) + frame(1), false).health, Health::kDamaged);
}

// Forged with right checksums and numbers: only the chain tells.
TEST(Scan, AReplacedRecordBreaksTheChain) {
  std::vector<std::size_t> ends;
  const std::string bytes = recording(3, &ends, false);
  const auto original = read_frame(bytes, ends[0]);
  Digest chain = sha256("some other past");
  FrameDraft forged(FrameType::kInteraction, encode(sample(99)));
  const std::string changed = bytes.substr(0, ends[0]) + std::string(forged.finish(2, chain)) + bytes.substr(ends[1]);
  ASSERT_TRUE(original);
  EXPECT_EQ(scan(changed, false).health, Health::kUnsealed);
  const Scan found = scan(changed, true);
  EXPECT_EQ(found.health, Health::kDamaged);
  EXPECT_EQ(found.entries.size(), 1U);
  EXPECT_NE(found.damage.find("chain"), std::string::npos);
}

// After power loss: the size was noted, the bytes were not.
TEST(Scan, ZerosAtTheEndAreATornTail) {
  std::vector<std::size_t> ends;
  const std::string bytes = recording(2, &ends, false);
  for (const std::size_t keep : {ends[1], ends[0] + 10, ends[0] + 100}) {
    const Scan found = scan(bytes.substr(0, keep) + std::string(4096, '\0'), true);
    EXPECT_EQ(found.health, Health::kTorn) << found.damage;
    EXPECT_EQ(found.entries.size(), keep == ends[1] ? 2U : 1U);
  }
  // Zeros in the middle, with sound frames behind them, are damage.
  std::string holed = bytes;
  holed.replace(ends[0] - 50, 60, 60, '\0');
  EXPECT_EQ(scan(holed + std::string(4096, '\0'), true).health, Health::kDamaged);
}

TEST(Scan, AWrongLengthDoesNotSwallowTheRest) {
  std::vector<std::size_t> ends;
  std::string bytes = recording(3, &ends, false);
  store_u32(bytes.data() + ends[0] + 4, 0x7ffffff0);
  const Scan found = scan(bytes, true);
  EXPECT_EQ(found.health, Health::kDamaged);
  EXPECT_EQ(found.lost, 2U);
}

TEST(Scan, ACassetteInsideABodyIsNoWitness) {
  RedactedParts parts = sample_parts(1);
  parts.response->body.content.text = recording(200).substr(0, 400);  // too varied to be compressed away
  for (int i = 0; i < 100; ++i) parts.response->body.content.text += test::random_hex(2);
  const auto disk = std::make_shared<Disk>();
  auto writer = make_writer(std::make_unique<MemorySink>(disk), {}, {}, "x");
  ASSERT_TRUE((*writer)->append(sample(1)));
  const std::size_t middle = disk->bytes.size();
  ASSERT_TRUE((*writer)->append(sample(2)));
  ASSERT_TRUE((*writer)->append(RedactionPass::vouch(parts)));
  std::string changed = disk->bytes;
  changed[middle + 60] ^= 1;
  EXPECT_EQ(scan(changed, true).lost, 2U);
}

TEST(Scan, RandomDamageIsNeverAcceptedSilently) {
  const std::string bytes = recording(20);
  for (int i = 0; i < 2000; ++i) {
    std::string changed = bytes;
    changed[test::rng()() % changed.size()] ^= static_cast<char>(1 + test::rng()() % 255);
    const auto reader = Reader::open_bytes(changed, "x", Check::kFull);
    ASSERT_TRUE(!reader || (*reader)->health() == Health::kDamaged);
  }
}

}  // namespace
}  // namespace cvr::cassette
