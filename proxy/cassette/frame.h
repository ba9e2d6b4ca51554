// The outermost layer of a cassette (FORMAT.md, "The file" and "A frame"): a file head of 16 bytes,
// then frames, each a head of 56 bytes and a payload.  All numbers are little-endian.
// Pure; views point into the caller's bytes.  Limit: a payload has less than 2 GiB.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "cassette/digest.h"
#include "cvr/result.h"

namespace cvr::cassette {

inline constexpr std::uint32_t kVersion = 2;
inline constexpr std::size_t kFileHeadSize = 16;
inline constexpr std::size_t kFrameHeadSize = 56;
inline constexpr std::uint32_t kMostPayload = 0x7fffffff;

// A reader skips types that it does not know, and whoever copies a cassette keeps them.
enum class FrameType : std::uint8_t {
  kHeader = 1,
  kInteraction = 2,
  kGap = 3,
  kIndex = 4,
  kSeal = 5,
  kLookup = 6,
  kRefusal = 7,
  kHints = 8
};
inline constexpr std::uint8_t kLastKnownType = 8;
inline bool is_known(std::uint8_t type) { return type >= 1 && type <= kLastKnownType; }

// Inline: a miss reads the keys of all interactions.
template <class Number>
Number load_number(std::string_view bytes, std::size_t at) {
  Number value;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return std::endian::native == std::endian::little ? value : std::byteswap(value);
}
inline std::uint64_t load_u64(std::string_view bytes, std::size_t at) { return load_number<std::uint64_t>(bytes, at); }
inline std::uint32_t load_u32(std::string_view bytes, std::size_t at) { return load_number<std::uint32_t>(bytes, at); }
void store_u64(char* at, std::uint64_t value);
void store_u32(char* at, std::uint32_t value);
void append_u64(std::string& out, std::uint64_t value);
void append_u32(std::string& out, std::uint32_t value);

std::string file_head();
// kMalformed: no cassette, or its first bytes are damaged; kUnsupported: of a newer version.
// `name` stands at the beginning of the text.
Result<void> check_file_head(std::string_view bytes, const std::string& name);
std::uint32_t version_of(std::string_view file_head);  // of a sound one
// Whether `bytes` are what is left of a file head whose writing was cut short (also: nothing).
bool is_partial_file_head(std::string_view bytes);

// Begins like a cassette of any version, however damaged the rest.
bool looks_like_cassette(std::string_view bytes);

struct FrameHead {
  std::uint8_t type = 0;
  std::uint32_t size = 0;  // of the payload
  std::uint64_t n = 0;     // interactions in the file up to here, this frame's included
  Digest chain{};
  std::uint32_t crc = 0;  // of the payload
};

// The head of the frame at `at`, if it lies in `bytes` and its own checksum holds; the payload may
// be missing or damaged.
std::optional<FrameHead> read_head(std::string_view bytes, std::uint64_t at);

// Where the next sound frame head begins at or after `from`; nullopt when there is none.  Linear.
std::optional<std::uint64_t> find_head(std::string_view bytes, std::uint64_t from);

inline bool is(const FrameHead& head, FrameType type) { return head.type == static_cast<std::uint8_t>(type); }

// The frame at `at` with a sound head and payload; the chain is not looked at.
struct Frame {
  FrameHead head;
  std::string_view payload;
};
std::optional<Frame> read_frame(std::string_view bytes, std::uint64_t at);

// Whether the frame's place in the chain is right (reads the whole payload: about 1 us a KiB).
bool continues_chain(const Digest& before, std::string_view bytes, std::uint64_t at, const Frame& frame);

// A frame in the making: the costly part needs no knowledge of the frames before it.
class FrameDraft {
 public:
  FrameDraft(FrameType type, std::string_view payload) : FrameDraft(static_cast<std::uint8_t>(type), payload) {}
  FrameDraft(std::uint8_t type, std::string_view payload);
  // Adds place and chain; `chain` moves on.  The bytes live as long as the draft.
  std::string_view finish(std::uint64_t n, Digest& chain);
  std::size_t size() const { return bytes_.size(); }

 private:
  std::string bytes_;
  Digest payload_digest_;
};

}  // namespace cvr::cassette
