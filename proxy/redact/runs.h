// Runs: stretches of a text that may be base64 or hex of something else.  The ledger finds a known
// value in base64 or hex by itself (variants.h); runs are for what is encoded more than once: base64
// of base64, of compressed data, of escaped text.  Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cvr::redact {

inline constexpr std::size_t kMinRun = 16;  // characters: twelve bytes

namespace detail {
constexpr std::array<bool, 256> make_base64_set() {
  std::array<bool, 256> set{};
  for (int c = 0; c < 256; ++c) {
    set[static_cast<std::size_t>(c)] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                                       c == '+' || c == '/' || c == '-' || c == '_';
  }
  return set;
}
inline constexpr auto kBase64Set = make_base64_set();
}  // namespace detail

// Text, or text in UTF-16, somewhere in it; or compressed data at its beginning.
bool is_worth_a_search(std::string_view plain);

// Of either alphabet; no padding.
inline bool is_base64_char(char c) { return detail::kBase64Set[static_cast<std::uint8_t>(c)]; }

struct Run {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The next run of at least kMinRun characters at or after `from`.
std::optional<Run> next_run(std::string_view text, std::size_t from);

// One way to read a stretch of a run.
struct Reading {
  std::size_t begin = 0;  // in the text
  std::size_t end = 0;    // padding included
  bool hex = false;
  std::string plain;
};

// The readings of a run that are worth a search: those that hold readable text, wide text or
// compressed data (of brotli and raw deflate, which have no magic number, in runs of mixed characters).  What stands in
// front of base64 ("/files/QUJD...", "v1_eyJ...") or a byte of the data around it shifts it, so a run is read at each
// of its four alignments that may be meant (alignments.h).
std::vector<Reading> readings_of(std::string_view text, const Run& run);

// `plain` spelled as `original` is: its alphabet, case and padding.
std::string spell_like(std::string_view plain, std::string_view original, bool hex);

// Where `by` is to replace something of `original`, so that the rest is left to other edits.  `changed`:
// stretches of the decoded text, sorted; what they cover is told whether its spelling happens to be the
// same or not, so that equal kinds of values give equal stretches.  Texts of different lengths differ
// from the first stretch on.
struct Difference {
  std::size_t begin = 0;  // in the original
  std::size_t end = 0;
  std::string text;
};
using Stretches = std::vector<std::pair<std::size_t, std::size_t>>;
std::vector<Difference> differences(std::string_view original, std::string_view by, bool hex, const Stretches& changed);

// Readable all through and itself nothing but one run: encoded once more.
bool is_encoded_again(std::string_view plain);

}  // namespace cvr::redact
