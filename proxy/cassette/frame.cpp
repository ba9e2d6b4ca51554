#include "cassette/frame.h"

#include <algorithm>
#include <cstring>

#include "cassette/crc32c.h"

namespace cvr::cassette {
namespace {

// As PNG's: not text, and what a transfer in text mode would change (RFC 2083 section 12.11).
constexpr std::string_view kMagic(
    "\x89"
    "CVR\r\n\x1a\n",
    8);
constexpr char kMark0 = '\xc5';
constexpr char kMark1 = '\xe7';

// Places in a frame head.
constexpr std::size_t kType = 2;
constexpr std::size_t kSize = 4;
constexpr std::size_t kNumber = 8;
constexpr std::size_t kChain = 16;
constexpr std::size_t kCrc = 48;
constexpr std::size_t kCheck = 52;

}  // namespace

void store_u64(char* at, std::uint64_t value) {
  store_u32(at, static_cast<std::uint32_t>(value));
  store_u32(at + 4, static_cast<std::uint32_t>(value >> 32));
}

void store_u32(char* at, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) at[i] = static_cast<char>(value >> (8 * i));
}

void append_u64(std::string& out, std::uint64_t value) {
  char bytes[8];
  store_u64(bytes, value);
  out.append(bytes, sizeof bytes);
}

void append_u32(std::string& out, std::uint32_t value) {
  char bytes[4];
  store_u32(bytes, value);
  out.append(bytes, sizeof bytes);
}

std::string file_head() {
  std::string head(kMagic);
  append_u32(head, kVersion);
  append_u32(head, crc32c(head));
  return head;
}

std::uint32_t version_of(std::string_view file_head) { return load_u32(file_head, 8); }

Result<void> check_file_head(std::string_view bytes, const std::string& name) {
  if (bytes.size() < kFileHeadSize || !bytes.starts_with(kMagic)) {
    return fail(ErrorCode::kMalformed, name + " is not a cassette");
  }
  if (load_u32(bytes, 12) != crc32c(bytes.substr(0, 12))) {
    return fail(ErrorCode::kMalformed, name + " is not a cassette, or its first 16 bytes are damaged");
  }
  const std::uint32_t version = load_u32(bytes, 8);
  if (version > kVersion || version == 0) {
    return fail(ErrorCode::kUnsupported,
                name + " was written by a newer cvr (format " + std::to_string(version) + "); update cvr");
  }
  return {};
}

bool is_partial_file_head(std::string_view bytes) {
  return bytes.size() < kFileHeadSize && std::string_view(file_head()).starts_with(bytes);
}

bool looks_like_cassette(std::string_view bytes) { return bytes.starts_with(kMagic); }

std::optional<FrameHead> read_head(std::string_view bytes, std::uint64_t at) {
  if (at > bytes.size() || bytes.size() - at < kFrameHeadSize) return std::nullopt;
  const std::string_view raw = bytes.substr(at, kFrameHeadSize);
  if (raw[0] != kMark0 || raw[1] != kMark1) return std::nullopt;
  if (load_u32(raw, kCheck) != crc32c(raw.substr(0, kCheck))) return std::nullopt;
  FrameHead head;
  head.type = static_cast<std::uint8_t>(raw[kType]);
  head.size = load_u32(raw, kSize);
  head.n = load_u64(raw, kNumber);
  std::memcpy(head.chain.data(), raw.data() + kChain, head.chain.size());
  head.crc = load_u32(raw, kCrc);
  if (head.size > kMostPayload) return std::nullopt;
  return head;
}

std::optional<std::uint64_t> find_head(std::string_view bytes, std::uint64_t from) {
  for (std::size_t at = bytes.find(kMark0, from); at != std::string_view::npos; at = bytes.find(kMark0, at + 1)) {
    if (read_head(bytes, at)) return at;
  }
  return std::nullopt;
}

std::optional<Frame> read_frame(std::string_view bytes, std::uint64_t at) {
  const auto head = read_head(bytes, at);
  if (!head || bytes.size() - at - kFrameHeadSize < head->size) return std::nullopt;
  const std::string_view payload = bytes.substr(at + kFrameHeadSize, head->size);
  if (crc32c(payload) != head->crc) return std::nullopt;
  return Frame{*head, payload};
}

bool continues_chain(const Digest& before, std::string_view bytes, std::uint64_t at, const Frame& frame) {
  return next_in_chain(before, bytes.substr(at, kChain), sha256(frame.payload)) == frame.head.chain;
}

FrameDraft::FrameDraft(std::uint8_t type, std::string_view payload) : payload_digest_(sha256(payload)) {
  CVR_CHECK(payload.size() <= kMostPayload);
  bytes_.reserve(kFrameHeadSize + payload.size());
  bytes_.assign(kFrameHeadSize, '\0');
  bytes_[0] = kMark0;
  bytes_[1] = kMark1;
  bytes_[kType] = static_cast<char>(type);
  store_u32(bytes_.data() + kSize, static_cast<std::uint32_t>(payload.size()));
  store_u32(bytes_.data() + kCrc, crc32c(payload));
  bytes_ += payload;
}

std::string_view FrameDraft::finish(std::uint64_t n, Digest& chain) {
  store_u64(bytes_.data() + kNumber, n);
  chain = next_in_chain(chain, std::string_view(bytes_).substr(0, kChain), payload_digest_);
  std::memcpy(bytes_.data() + kChain, chain.data(), chain.size());
  store_u32(bytes_.data() + kCheck, crc32c(std::string_view(bytes_).substr(0, kCheck)));
  return bytes_;
}

}  // namespace cvr::cassette
