// The file of every format version that is read for ever (cassettes/golden/), and the worked example
// of cassettes/FORMAT.md.  CVR_UPDATE_GOLDEN=1 writes the golden file of the newest version anew:
// only before that version was released.
#include <cstdlib>
#include <sstream>

#include "base/base64.h"
#include "cassette/frame.h"
#include "cassette/writer.h"
#include "folder.h"
#include "memory_sink.h"
#include "samples.h"
#include "support/fakes.h"

namespace cvr::cassette {
namespace {

std::string golden_file(std::uint32_t version, const char* name = "everything") {
  return std::string(CVR_SOURCE_DIR) + "/cassettes/golden/v" + std::to_string(version) + "/" + name + ".cvr";
}
const std::string kPage = std::string(CVR_SOURCE_DIR) + "/cassettes/FORMAT.md";
constexpr std::uint8_t kTypeOfTomorrow = 200;

RedactedParts failed_parts() {
  RedactedParts parts = sample_parts(3);
  parts.response.reset();
  parts.response_framing = Framing::kNone;
  parts.pieces.clear();
  parts.failure = Failure{FailureKind::kTimeout, "no answer in 120 s"};
  return parts;
}

// What the golden file holds.  In version 2 the last record is compressed with the one before as dictionary, and its
// body is a reference to that one's.
std::vector<RedactedParts> golden_parts(std::uint32_t version = kVersion) {
  std::vector<RedactedParts> out = {full_parts(), sample_parts(2), failed_parts(), sample_parts(4, 3000),
                                    sample_parts(5)};
  if (version == 1) return out;
  out.push_back(sample_parts(6, 5000));
  out.push_back(sample_parts(7, 5000));
  out[6].response->body = out[5].response->body;
  return out;
}

WriterOptions golden_options(const Clock& clock) {
  WriterOptions options;
  options.header = sample_header();
  options.clock = &clock;
  return options;
}

std::unique_ptr<Writer> go_on(const std::shared_ptr<Disk>& disk, const Clock& clock) {
  return make_writer(std::make_unique<MemorySink>(disk), start_from(scan(disk->bytes, true)), golden_options(clock),
                     "x")
      .value();
}

// Two sessions, a gap, a frame of an unknown type, a compressed record, a table and a seal each.
std::string golden_bytes() {
  const test::FakeClock clock;
  const auto disk = std::make_shared<Disk>();
  const std::vector<RedactedParts> parts = golden_parts();
  auto writer = make_writer(std::make_unique<MemorySink>(disk), {}, golden_options(clock), "x").value();
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(writer->append(RedactionPass::vouch(parts[i])));
  disk->fail_from = disk->operations;
  EXPECT_FALSE(writer->append(sample(99)));
  for (int i = 2; i < 4; ++i) EXPECT_TRUE(writer->append(RedactionPass::vouch(parts[i])));
  EXPECT_TRUE(writer->seal());
  Digest chain = scan(disk->bytes, true).chain;
  disk->bytes += FrameDraft(kTypeOfTomorrow, "a frame of tomorrow").finish(4, chain);
  writer = go_on(disk, clock);
  for (std::size_t i = 4; i < parts.size(); ++i) EXPECT_TRUE(writer->append(RedactionPass::vouch(parts[i])));
  EXPECT_TRUE(writer->seal());
  return disk->bytes;
}

struct Payload {
  std::uint8_t type;
  std::string bytes;
  bool operator==(const Payload&) const = default;
};
// Of all frames; what another version of zstd may write differently is left out.
std::vector<Payload> payloads(std::string_view bytes) {
  std::vector<Payload> out;
  for (std::uint64_t at = kFileHeadSize; at < bytes.size();) {
    const auto frame = read_frame(bytes, at);
    if (!frame) break;
    at += kFrameHeadSize + frame->head.size;
    const bool is_interaction = is(frame->head, FrameType::kInteraction);
    const bool is_packed = is_interaction && load_u32(frame->payload, kInteractionPrefix - 4) != 0;
    const bool has_offsets = is(frame->head, FrameType::kIndex) || is(frame->head, FrameType::kSeal);
    out.push_back({frame->head.type, is_packed || has_offsets ? "" : std::string(frame->payload)});
  }
  return out;
}

void expect_golden(std::uint32_t version) {
  const std::vector<RedactedParts> parts = golden_parts(version);
  for (const Check check : {Check::kQuick, Check::kFull}) {
    const auto reader = Reader::open(golden_file(version), check);
    ASSERT_TRUE(reader) << reader.error().text;
    EXPECT_EQ((*reader)->health(), Health::kSealed);
    Header header = sample_header();
    header.version = static_cast<int>(version);
    EXPECT_EQ((*reader)->header(), header);
    ASSERT_EQ((*reader)->size(), parts.size());
    for (std::uint64_t i = 0; i < parts.size(); ++i) {
      const auto interaction = (*reader)->interaction(i);
      ASSERT_TRUE(interaction) << interaction.error().text;
      EXPECT_EQ(**interaction, parts[i]) << "interaction " << i + 1;
      EXPECT_EQ((*reader)->key(i), parts[i].key);
    }
    const Gap gap{test::FakeClock().utc_us(), 1, "no space left on device"};
    EXPECT_EQ((*reader)->gaps(), std::vector<Gap>{gap});
  }
}

TEST(Golden, VersionOneIsReadForEver) { expect_golden(1); }

TEST(Golden, VersionTwoIsReadForEver) {
  if (std::getenv("CVR_UPDATE_GOLDEN") != nullptr) write_bytes(golden_file(2), golden_bytes());
  expect_golden(2);
}

TEST(Golden, TheSameRecordingGivesTheSameFrames) {
  const std::string golden = bytes_of(golden_file(kVersion));
  EXPECT_EQ(payloads(golden), payloads(golden_bytes()));
  EXPECT_EQ(payloads(golden).size(), 14U);
}

// Two sessions with hints, and between them one without.
std::string golden_hints() {
  const test::FakeClock clock;
  const auto disk = std::make_shared<Disk>();
  for (const auto& [from, end] : {std::pair{1U, 4U}, {4U, 6U}, {6U, 8U}}) {
    WriterOptions options = golden_options(clock);
    options.routes = {1, [](const RedactedRequest& request) { return std::uint32_t(request.path.text.size()); }};
    options.lookup_from = from == 4 ? 100 : 1;
    WriterStart start;
    if (from > 1) start = start_from(scan(disk->bytes, true));
    auto writer = make_writer(std::make_unique<MemorySink>(disk), std::move(start), options, "x").value();
    for (std::uint64_t n = from; n < end; ++n) {
      RedactedParts parts = sample_parts(n);
      if (n % 2 == 0) parts.request.method = "DELETE";
      EXPECT_TRUE(writer->append(RedactionPass::vouch(parts)));
    }
    EXPECT_TRUE(writer->seal());
  }
  return disk->bytes;
}

TEST(Golden, HintsAreReadForEver) {
  const std::string path = golden_file(2, "hints");
  if (std::getenv("CVR_UPDATE_GOLDEN") != nullptr) write_bytes(path, golden_hints());
  EXPECT_EQ(payloads(bytes_of(path)), payloads(golden_hints()));
  for (const Check check : {Check::kQuick, Check::kFull}) {
    const auto reader = Reader::open(path, check);
    ASSERT_TRUE(reader) << reader.error().text;
    EXPECT_EQ((*reader)->health(), Health::kSealed);
    EXPECT_TRUE((*reader)->unknown().empty());
    std::string told;
    for (const Hints& hints : (*reader)->hints()) {
      EXPECT_EQ(hints.form, 1U);
      for (std::uint64_t i = 0; i < hints.count; ++i) {
        const auto interaction = (*reader)->interaction(hints.first + i);
        ASSERT_TRUE(interaction);
        EXPECT_EQ(hints.route(i), (*interaction)->request.path.text.size());
        EXPECT_EQ(hints.is_write(i), !http::is_safe((*interaction)->request.method));
        told += std::to_string(hints.first + i + 1) + " ";
      }
    }
    EXPECT_EQ(told, "1 2 3 6 7 ");
  }
}

// The smallest recording worth showing: GET http://a.example/x answered 204, sealed.
std::string example_bytes() {
  const test::FakeClock clock(1'772'000'000'000'000);
  RedactedParts parts;
  parts.request.method = "GET";
  parts.request.origin = {http::Scheme::kHttp, "a.example", 80};
  parts.request.path.text = "/x";
  parts.request.fields = {{{"Token", {}}, {"tok-17", {{0, 6, Kind::kToken, "ledger"}}}}};
  parts.response.emplace();
  parts.response->status = 204;
  parts.timing = {1'772'000'000'000'000, 10, 2000, 2010};
  parts.key = {1, 2, 3, 4, 5};
  WriterOptions options;
  options.header = {2, "cvr", 1'772'000'000'000'000, "0a"};
  options.clock = &clock;
  const auto disk = std::make_shared<Disk>();
  auto writer = make_writer(std::make_unique<MemorySink>(disk), {}, options, "x").value();
  EXPECT_TRUE(writer->append(RedactionPass::vouch(parts)));
  EXPECT_TRUE(writer->seal());
  return disk->bytes;
}

// The bytes of the page's hex dump: lines of "offset  bytes  words".
std::string bytes_of_page(const std::string& page) {
  std::istringstream lines(page);
  std::string out;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) inside = line == "```hex";
    if (!inside || line.size() < 6 || line.find_first_not_of("0123456789abcdef") != 4) continue;
    std::istringstream words(line.substr(4, line.find("  ", 6) - 4));
    for (std::string word; words >> word;) out += hex_decode(word).value_or("?");
  }
  return out;
}

TEST(FormatPage, TheWorkedExampleIsTrue) {
  const std::string example = bytes_of_page(bytes_of(kPage));
  EXPECT_EQ(hex_encode(example), hex_encode(example_bytes()));
  const auto reader = Reader::open_bytes(example, "the example", Check::kFull);
  ASSERT_TRUE(reader) << reader.error().text;
  EXPECT_EQ((*reader)->health(), Health::kSealed);
  ASSERT_EQ((*reader)->size(), 1U);
  EXPECT_EQ((*(*reader)->interaction(0))->request.path.text, "/x");
}

}  // namespace
}  // namespace cvr::cassette
