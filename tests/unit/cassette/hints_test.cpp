#include "cassette/hints.h"

#include "cassette/scan.h"
#include "folder.h"
#include "samples.h"

namespace cvr::cassette {
namespace {

const Digest kLast{1, 2, 3};

HintsDraft draft(std::uint32_t count) {
  HintsDraft out;
  for (std::uint32_t i = 0; i < count; ++i) out.add(1000 + i, i % 3 == 0);
  return out;
}

TEST(Hints, ComeBack) {
  for (const std::uint32_t count : {1U, 7U, 8U, 9U, 4096U}) {
    const std::string payload = draft(count).encode(5, 5000, kLast);
    const auto found = parse_hints(payload, 5000);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->last, kLast);
    EXPECT_EQ(found->hints.first, 5000 - count);
    EXPECT_EQ(found->hints.count, count);
    EXPECT_EQ(found->hints.form, 5U);
    for (std::uint32_t i = 0; i < count; ++i) {
      EXPECT_EQ(found->hints.route(i), 1000 + i);
      EXPECT_EQ(found->hints.is_write(i), i % 3 == 0) << i;
    }
  }
}

TEST(Hints, WhatDoesNotFitIsRefused) {
  const std::string sound = draft(9).encode(5, 20, kLast);
  EXPECT_FALSE(parse_hints(sound, 19));
  EXPECT_FALSE(parse_hints(sound, 21));
  EXPECT_FALSE(parse_hints(sound + "x", 20));
  EXPECT_FALSE(parse_hints("", 20));
  for (std::size_t size = 0; size < sound.size(); ++size) EXPECT_FALSE(parse_hints(sound.substr(0, size), 20));
  std::string none = HintsDraft().encode(5, 20, kLast);
  EXPECT_FALSE(parse_hints(none, 20));
  std::string from_zero = draft(9).encode(5, 8, kLast);
  EXPECT_FALSE(parse_hints(from_zero, 8));
  std::string most = sound;
  store_u32(most.data() + 8, UINT32_MAX);
  EXPECT_FALSE(parse_hints(most, 20));
}

// Of a file.
class HintsOfAFile : public testing::Test {
 protected:
  void record(std::uint64_t first, std::uint64_t last, std::uint64_t from = 3, bool with_routes = true) {
    WriterOptions options;
    options.header = sample_header();
    options.lookup_from = from;
    if (with_routes) options.routes = {7, [](const RedactedRequest& r) { return std::uint32_t(r.path.text.size()); }};
    auto writer = Writer::open(path_, options, nullptr);
    ASSERT_TRUE(writer);
    for (std::uint64_t n = first; n <= last; ++n) ASSERT_TRUE((*writer)->append(written(n)));
    if (purged_) {
      const auto change = [&](std::uint64_t n, const auto&) {
        return n == 1 ? std::optional(written(n)) : std::nullopt;
      };
      ASSERT_TRUE((*writer)->purge(change));
    }
    ASSERT_TRUE((*writer)->seal());
  }
  static RedactedInteraction written(std::uint64_t n) {
    RedactedParts parts = sample_parts(n);
    parts.request.method = n % 2 == 0 ? "PUT" : "GET";
    parts.request.path.text = "/" + std::string(n, 'x');
    return RedactionPass::vouch(std::move(parts));
  }
  // "2:PUT 3:GET": those that hints tell of, and all that these say must be so.
  std::string told(Check check = Check::kQuick) const {
    const auto reader = Reader::open(path_, check);
    EXPECT_EQ((*reader)->health(), Health::kSealed);
    std::string out;
    for (const Hints& hints : (*reader)->hints()) {
      EXPECT_EQ(hints.form, 7U);
      for (std::uint64_t i = 0; i < hints.count; ++i) {
        EXPECT_EQ(hints.route(i), hints.first + i + 2);
        out += (out.empty() ? "" : " ") + std::to_string(hints.first + i + 1) + (hints.is_write(i) ? ":w" : "");
      }
    }
    return out;
  }

  Folder folder_;
  std::string path_ = folder_.file("x.cvr");
  bool purged_ = false;
};

TEST_F(HintsOfAFile, AreWrittenWhereTheyAreWorthIt) {
  record(1, 2);
  EXPECT_EQ(told(), "");
  record(3, 5);  // what an earlier session wrote is not known any more
  EXPECT_EQ(told(), "3 4:w 5");
  record(6, 6);
  EXPECT_EQ(told(), "3 4:w 5 6:w");
  record(7, 7, 100);
  EXPECT_EQ(told(), "3 4:w 5 6:w");
  record(8, 8, 3, false);
  EXPECT_EQ(told(), "3 4:w 5 6:w");
  EXPECT_EQ(told(Check::kFull), "3 4:w 5 6:w");
}

TEST_F(HintsOfAFile, AreMadeAnewByWhatIsWrittenAnew) {
  record(1, 3);
  purged_ = true;
  record(4, 4);
  EXPECT_EQ(told(), "1 2:w 3 4:w");
}

TEST_F(HintsOfAFile, StandInFrontOfEachFullTable) {
  record(1, 4097, 1'000'000);
  const auto reader = Reader::open(path_);
  ASSERT_EQ((*reader)->hints().size(), 1U);
  EXPECT_EQ((*reader)->hints()[0].count, 4096U);
  EXPECT_TRUE((*reader)->unknown().empty());
}

// As an older cvr keeps what it does not know when it copies a cassette and changes an interaction.
TEST_F(HintsOfAFile, OfAnotherFileAreNotTaken) {
  record(1, 4);
  const std::string bytes = bytes_of(path_);
  for (const std::uint64_t changed : {1U, 4U}) {
    Digest chain{};
    std::string copy = file_head();
    std::uint64_t n = 0;
    std::size_t copied = 0;
    for (std::uint64_t at = kFileHeadSize; at < bytes.size();) {
      const auto frame = read_frame(bytes, at);
      ASSERT_TRUE(frame);
      at += kFrameHeadSize + frame->head.size;
      if (is(frame->head, FrameType::kIndex) || is(frame->head, FrameType::kSeal)) continue;
      std::string payload(frame->payload);
      if (is(frame->head, FrameType::kInteraction) && ++n == changed) payload = encode(sample(77));
      copied += is(frame->head, FrameType::kHints) ? 1 : 0;
      copy += FrameDraft(frame->head.type, payload).finish(n, chain);
    }
    ASSERT_EQ(copied, 1U);
    const auto reader = Reader::open_bytes(copy, "copy");
    ASSERT_EQ((*reader)->size(), 4U);
    EXPECT_TRUE((*reader)->hints().empty()) << changed;
  }
}

TEST_F(HintsOfAFile, SurviveASealThatIsMissing) {
  record(1, 4);
  const std::string bytes = bytes_of(path_);
  const auto reader = Reader::open_bytes(std::string_view(bytes).substr(0, bytes.size() - 10), "torn");
  EXPECT_EQ((*reader)->health(), Health::kTorn);
  ASSERT_EQ((*reader)->hints().size(), 1U);
  EXPECT_EQ((*reader)->hints()[0].count, 4U);
}

TEST_F(HintsOfAFile, CountTowardsTheLimit) {
  constexpr std::uint64_t kMost = 64 << 10;
  WriterOptions options;
  options.header = sample_header();
  options.lookup_from = 1;
  options.max_bytes = kMost;
  options.routes = {7, [](const RedactedRequest&) { return 1U; }};
  auto writer = Writer::open(path_, options, nullptr);
  for (std::uint64_t n = 1; (*writer)->append(sample(n)); ++n) ASSERT_LT(n, kMost);
  ASSERT_TRUE((*writer)->seal());
  EXPECT_LE(bytes_of(path_).size(), kMost);
  const auto reader = Reader::open(path_);
  ASSERT_EQ((*reader)->hints().size(), 1U);
  EXPECT_EQ((*reader)->hints()[0].count, (*reader)->size());
}

}  // namespace
}  // namespace cvr::cassette
