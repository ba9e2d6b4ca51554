#include "cassette/scan.h"

#include <fmt/format.h>

namespace cvr::cassette {
namespace {

constexpr int kNewestVersion = 1;

Result<Header> read_file_head(std::string_view bytes, const std::string& name, Frame& frame) {
  const auto foreign = [&] { return fail(ErrorCode::kMalformed, name + " is not a cassette"); };
  if (!bytes.starts_with(kMagic)) return foreign();
  if (read_frame(bytes, kMagic.size(), frame) != FrameStatus::kOk || frame.type != 'H') {
    return fail(ErrorCode::kDamaged, name + " is damaged at its very beginning; nothing can be read");
  }
  const auto header = decode_header(frame.payload);
  if (!header) return foreign();
  if (header->version > kNewestVersion) {
    return fail(ErrorCode::kUnsupported, fmt::format("{} was written by a newer cvr (format {}); update cvr", name, header->version));
  }
  return *header;
}

// Takes one whole frame; false: it contradicts what came before.
bool take(const Frame& frame, Scan& out) {
  switch (frame.type) {
    case 'I':
      out.interactions.push_back(frame.offset);
      return true;
    case 'G':
      if (auto gap = decode_gap(frame.payload)) out.gaps.push_back(std::move(*gap));
      return true;
    default:
      return frame.type != 'H';  // a record of a later version is kept and skipped
  }
}

}  // namespace

Result<Scan> scan(std::string_view bytes, const std::string& name, Chain* chain) {
  Scan out;
  Frame frame;
  auto header = read_file_head(bytes, name, frame);
  if (!header) return std::unexpected(header.error());
  out.header = std::move(*header);
  Chain own;
  Chain& heads = chain != nullptr ? *chain : own;
  heads.add(bytes.substr(frame.offset, kFrameHead));
  out.sound_bytes = end_of(frame);
  const auto damaged = [&](const char* what) {
    out.health = Health::kDamaged;
    out.damage = fmt::format("{} at byte {}, after interaction {}", what, out.sound_bytes, out.interactions.size());
  };
  for (;;) {
    const FrameStatus status = read_frame(bytes, out.sound_bytes, frame);
    if (status == FrameStatus::kEnd) break;
    if (status == FrameStatus::kTorn) {
      if (out.health == Health::kSealed) {
        damaged("bytes after the seal");
        break;
      }
      out.health = Health::kTorn;
      out.damage = fmt::format("torn tail: the last {} bytes are no whole record", bytes.size() - out.sound_bytes);
      break;
    }
    if (status != FrameStatus::kOk || out.health == Health::kSealed) {
      damaged(out.health == Health::kSealed ? "bytes after the seal" : status == FrameStatus::kBadHead ? "no record begins" : "a record with a wrong checksum");
      break;
    }
    if (frame.type == 'S') {
      const auto seal = decode_seal(frame.payload);
      if (!seal || seal->interactions != out.interactions.size() || seal->chain != heads.digest()) {
        damaged("a seal that does not fit what stands before it");
        break;
      }
      out.health = Health::kSealed;
      out.seal_offset = frame.offset;
    } else if (!take(frame, out)) {
      damaged("a second header");
      break;
    } else {
      heads.add(bytes.substr(frame.offset, kFrameHead));
    }
    out.sound_bytes = end_of(frame);
  }
  out.chain = heads.digest();
  return out;
}

}  // namespace cvr::cassette
