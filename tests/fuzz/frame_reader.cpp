// Whatever stands in a cassette's file, the reader ends, stays inside the bytes, and never calls a
// file sound that it could not read; and what a scan calls sound is sound when the rest is cut off.
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "cassette/crc32c.h"
#include "cassette/frame.h"
#include "cassette/scan.h"
#include "cvr/cassette.h"

namespace {

using namespace cvr;
using namespace cvr::cassette;

void check_reader(const Reader& reader, std::string_view bytes) {
  CVR_CHECK(reader.sound_bytes() <= bytes.size());
  const bool is_whole = reader.health() == Health::kSealed || reader.health() == Health::kUnsealed;
  CVR_CHECK(is_whole == reader.damage().empty() || bytes.empty());
  CVR_CHECK(!is_whole || reader.sound_bytes() == bytes.size());
  for (std::uint64_t i = 0; i < reader.size() && i < 64; ++i) {
    static_cast<void>(reader.key(i));
    static_cast<void>(reader.digest(i));
    static_cast<void>(reader.interaction(i));
  }
  std::uint64_t end = 0;
  for (const Hints& hints : reader.hints()) {
    CVR_CHECK(hints.first >= end && hints.count > 0);
    end = hints.first + hints.count;
    CVR_CHECK(end <= reader.size());
    for (std::uint64_t i = 0; i < hints.count; ++i) static_cast<void>(hints.route(i) + hints.is_write(i));
  }
}

void check(std::string_view bytes) {
  for (const Check how : {Check::kQuick, Check::kFull}) {
    const auto reader = Reader::open_bytes(bytes, "fuzz", how);
    if (!reader) return;
    check_reader(**reader, bytes);
  }
  if (is_partial_file_head(bytes)) return;
  const Scan found = scan(bytes, true);
  CVR_CHECK(found.sound_bytes >= kFileHeadSize && found.sound_bytes <= bytes.size());
  const Scan cut = scan(bytes.substr(0, found.sound_bytes), true);
  CVR_CHECK(cut.health == Health::kSealed || cut.health == Health::kUnsealed);
  CVR_CHECK(cut.entries.size() == found.entries.size() && cut.chain == found.chain);
}

// The checksums keep a fuzzer out: here they are made right, frame by frame, chain and number too, and the chain that
// hints name.
std::string with_right_sums(std::string_view bytes) {
  std::string out = file_head();
  Digest chain{}, last{};
  std::uint64_t n = 0;
  bytes.remove_prefix(std::min<std::size_t>(bytes.size(), kFileHeadSize));
  while (bytes.size() > 2) {
    const auto type = static_cast<std::uint8_t>(bytes[0]);
    const std::size_t size = static_cast<std::uint8_t>(bytes[1]) | static_cast<std::size_t>(bytes[2] & 0x3f) << 8;
    std::string payload(bytes.substr(3, size));
    const bool is_interaction = type == static_cast<std::uint8_t>(FrameType::kInteraction);
    n += is_interaction ? 1 : 0;
    if (type == static_cast<std::uint8_t>(FrameType::kHints) && payload.size() >= 16 + last.size()) {
      std::memcpy(payload.data() + 16, last.data(), last.size());
    }
    out += FrameDraft(type, payload).finish(n, chain);
    if (is_interaction) last = chain;
    bytes.remove_prefix(3 + payload.size());
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check(bytes);
  check(with_right_sums(bytes));
  return 0;
}
