#include "redact/gibberish.h"

#include <array>
#include <cstdint>

namespace cvr::redact {
namespace {

constexpr std::size_t kMinLetters = 12;
constexpr std::size_t kMaxLetters = 64;

// What may follow 'a', 'b', ...: pairs of which one stands in 2,000 pairs of the words in 35,000 files of source and
// documentation.
constexpr std::string_view kFollowers[] = {
    "bcdefgiklmnprstuvwxy",
    "abceijlorsuy",
    "acdehiklmoprstuv",
    "abcdefilmnoprstu",
    "abcdefghilmnopqrstuvwxy",
    "acdefilmoprstu",
    "aehilnorstu",
    "aeiorstu",
    "abcdefgklmnoprstvxz",
    "ae",
    "aeios",
    "abcdefilopstuvy",
    "abdeiklmopstuv",
    "abcdefgiklmnoprstuv",
    "abcdefgiklmnoprstuvw",
    "acdehilmoprstuvy",
    "u",
    "abcdefgiklmnoprstuvy",
    "abcdefghiklmnopqrstuvwy",
    "abcdefhilmnoprstuwy",
    "abcdefgilmnprst",
    "acefimoprst",
    "aeinors",
    "ceiptv",
    "amnpst",
    "aei",
};

constexpr std::array<std::uint32_t, 26> kMasks = [] {
  std::array<std::uint32_t, 26> masks{};
  for (std::size_t i = 0; i < masks.size(); ++i) {
    for (const char c : kFollowers[i]) masks[i] |= 1u << (c - 'a');
  }
  return masks;
}();

}  // namespace

bool is_gibberish(std::string_view letters) {
  if (letters.size() < kMinLetters || letters.size() > kMaxLetters) return false;
  const char first = letters[0] >= 'a' ? 'a' : 'A';
  std::size_t rare = 0;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (letters[i] < first || letters[i] > first + 25) return false;
    if (i > 0 && (kMasks[static_cast<std::size_t>(letters[i - 1] - first)] >> (letters[i] - first) & 1) == 0) ++rare;
  }
  return rare * 10 >= (letters.size() - 1) * 3;
}

}  // namespace cvr::redact
