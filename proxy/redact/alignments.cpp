#include "redact/alignments.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "base/base64.h"
#include "http/unpack.h"
#include "redact/archives.h"
#include "redact/runs.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kBlock = 64;              // characters a word of bits holds
constexpr std::size_t kStep = 48;               // what the next block sees again: three groups
constexpr std::size_t kLongRun = 16u << 10;     // of a longer one only the beginning is looked at
constexpr std::size_t kLongRunBeginning = 512;  // a path, a version and a name end before
constexpr std::size_t kSample = 16;             // groups that tell text from chance
constexpr std::size_t kProof = 512;             // characters of base64 that tell a compressed stream from chance
constexpr std::size_t kMinPlain = 8;
constexpr std::uint8_t kNoDigit = 64;

constexpr auto kValues = [] {
  std::array<std::uint8_t, 256> out{};
  out.fill(kNoDigit);
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < kDigits.size(); ++i)
    out[static_cast<std::uint8_t>(kDigits[i])] = static_cast<std::uint8_t>(i);
  out['-'] = 62;
  out['_'] = 63;
  return out;
}();

constexpr std::uint8_t value_of(char c) { return kValues[static_cast<std::uint8_t>(c)]; }

// The upper half of a readable byte, or of a zero byte, a tab, a line break.
constexpr bool is_readable_half(unsigned half) { return half == 0 || (half >= 2 && half <= 7); }

// Of one character.  Bit N: it may be the character N of a group whose three bytes are readable; the fourth may be any.
constexpr unsigned roles_of(char c) {
  const unsigned value = value_of(c);
  if (value == kNoDigit) return 0;
  const bool first = value == 0 || value == 2 || value == 3 || (value >= 8 && value < 32);
  return unsigned{first} | unsigned{is_readable_half(value & 15)} << 1 | unsigned{(value & 2) == 0} << 2;
}

bool is_readable_group(std::string_view run, std::size_t at) {
  return (roles_of(run[at]) & 1) != 0 && (roles_of(run[at + 1]) & 2) != 0 && (roles_of(run[at + 2]) & 4) != 0;
}

bool is_mostly_readable(std::string_view run, std::size_t at) {
  std::size_t groups = 0;
  std::size_t good = 0;
  for (; groups < kSample && at + 4 * groups + 3 <= run.size(); ++groups) {
    good += is_readable_group(run, at + 4 * groups) ? 1 : 0;
  }
  return 4 * good >= 3 * groups;
}

// What the first bytes of compressed data are in base64, at each of three places in a group.
struct Anchor {
  std::string_view text;  // the characters that are fixed
  std::size_t group = 0;  // the group begins so many before
  unsigned mask = 0;      // bits of the character before `text` that are fixed
  unsigned value = 0;
};
constexpr Anchor kAnchors[] = {
    {"/Td6", 0, 0, 0},                                                        // xz
    {"42", 3, 3, 1},    {"4A", 3, 3, 1},   {"4X", 3, 3, 1}, {"4n", 3, 3, 1},  // zlib at the third byte
    {"BLAw", 2, 15, 5},                                                       // zip
    {"H4sI", 0, 0, 0},                                                        // gzip
    {"KLUv", 0, 0, 0},                                                        // zstd
    {"LC", 3, 63, 62},                                                        // gzip
    {"N3q8", 0, 0, 0},                                                        // 7z
    {"QSwM", 3, 3, 1},                                                        // zip
    {"Qlpo", 0, 0, 0},                                                        // bzip2
    {"UEsD", 0, 0, 0},  {"UmFy", 0, 0, 0},                                    // zip, RAR
    {"_Td6", 0, 0, 0},                                                        // xz
    {"eA", 0, 0, 0},    {"eF", 0, 0, 0},   {"eJ", 0, 0, 0}, {"eN", 0, 0, 0},  // zlib
    {"fiw", 3, 3, 0},                                                         // gzip
    {"gB", 2, 15, 7},   {"he", 2, 15, 7},                                     // zlib at the second byte
    {"i1L", 2, 15, 2},                                                        // zstd
    {"ic", 2, 15, 7},   {"ja", 2, 15, 7},                                     // zlib at the second byte
    {"otS", 3, 3, 0},                                                         // zstd
};

struct Few {
  std::uint8_t first = 0;
  std::uint8_t end = 0;
};
constexpr auto kFew = [] {
  std::array<Few, 256> out{};
  for (std::uint8_t i = 0; i < std::size(kAnchors); ++i) {
    Few& few = out[static_cast<std::uint8_t>(kAnchors[i].text[0])];
    if (few.end == 0) few.first = i;
    few.end = static_cast<std::uint8_t>(i + 1);
  }
  return out;
}();

// One bit for each of 64 characters: their roles, and whether an anchor may begin there.
struct Bits {
  std::uint64_t roles[3] = {};
  std::uint64_t anchors = 0;
};

constexpr std::size_t kLane = 16;  // characters that are gathered in one word, four bits each
constexpr auto kLanes = [] {
  std::array<std::uint64_t, 256> out{};
  for (std::size_t c = 0; c < out.size(); ++c) {
    const std::uint64_t roles = roles_of(static_cast<char>(c));
    out[c] = (roles & 1) | (roles >> 1 & 1) << kLane | (roles >> 2 & 1) << 2 * kLane |
             std::uint64_t{kFew[c].end > 0} << 3 * kLane;
  }
  return out;
}();

Bits bits_of(std::string_view block) {
  Bits bits;
  for (std::size_t from = 0; from < block.size(); from += kLane) {
    std::uint64_t lanes = 0;
    const std::size_t size = std::min(kLane, block.size() - from);
    for (std::size_t i = 0; i < size; ++i) lanes |= kLanes[static_cast<std::uint8_t>(block[from + i])] << i;
    for (std::size_t role = 0; role < 3; ++role) bits.roles[role] |= (lanes >> role * kLane & 0xffff) << from;
    bits.anchors |= (lanes >> 3 * kLane) << from;
  }
  return bits;
}

// Whether bytes begin as compressed data does.  Of zlib chance makes many such pairs; the data behind them, `proof`,
// tells, and more than a few in one text are no accident.
class Proofs {
 public:
  template <class Proof>
  bool begins_packed(std::string_view bytes, const Proof& proof) {
    if (is_unread_inside(bytes) || bytes.starts_with("PK\x03\x04")) return true;
    const auto packing = http::packing_at(bytes);
    if (!packing || packing != http::Packing::kZlib || ++tried_ > kMostTried) return packing.has_value();
    const http::Unpacked unpacked = http::unpack(proof(), *packing, kProof);
    return unpacked.plain.size() >= kMinPlain && (unpacked.whole || is_worth_a_search(unpacked.plain));
  }

 private:
  static constexpr int kMostTried = 16;
  int tried_ = 0;
};

std::string decoded(std::string_view run, std::size_t at, std::size_t size) {
  size = std::min(size, run.size() - at);
  return base64_decode(run.substr(at, size - (size % 4 == 1 ? 1 : 0))).value_or(std::string());
}

bool is_packed_group(std::string_view run, std::size_t group, Proofs& proofs) {
  constexpr std::size_t kBefore = 8;  // two groups: six bytes
  constexpr std::size_t kMagic = 16;  // of three bytes and the ten that bzip2 has
  const std::size_t from = group - std::min(group, kBefore) / 4 * 4;
  const std::string plain = decoded(run, from, group - from + kMagic);
  const std::size_t first = (group - from) / 4 * 3;
  for (std::size_t at = first; at < std::min(first + 3, plain.size()); ++at) {
    // The pixels of a PNG are no text.
    if (std::string_view(plain).substr(0, at).ends_with("IDAT")) return false;
    const auto proof = [&] { return decoded(run, group, kProof).substr(at - first); };
    if (proofs.begins_packed(std::string_view(plain).substr(at), proof)) return true;
  }
  return false;
}

class Search {
 public:
  explicit Search(std::string_view run) : run_(run) {
    static_assert(kStep % 4 == 0 && kStep + 2 * 4 + 3 <= kBlock, "a streak is whole in one of two blocks");
    for (std::size_t base = 0; base == 0 || base + kBlock - kStep < run.size(); base += kStep) {
      const Bits bits = bits_of(run.substr(base, kBlock));
      find_text(base, bits);
      // What begins in the last characters is of the next block too.
      for (std::uint64_t left = bits.anchors; left != 0; left &= left - 1) {
        const auto at = static_cast<std::size_t>(__builtin_ctzll(left));
        if (base == 0 || at >= kBlock - kStep) find_packed(base + at);
      }
    }
  }
  const std::array<Alignment, 4>& result() const { return out_; }

 private:
  void find_text(std::size_t base, const Bits& bits) {
    const std::uint64_t groups = bits.roles[0] & bits.roles[1] >> 1 & bits.roles[2] >> 2;
    // Eleven bytes cover three whole groups, wherever they begin.
    for (std::uint64_t streaks = groups & groups >> 4 & groups >> 8; streaks != 0; streaks &= streaks - 1) {
      const std::size_t at = base + static_cast<std::size_t>(__builtin_ctzll(streaks));
      Alignment& alignment = out_[at % 4];
      alignment.may_read = true;
      if (alignment.text == run_.npos && is_mostly_readable(run_, at)) alignment.text = at;
    }
  }

  void find_packed(std::size_t at) {
    const Few few = kFew[static_cast<std::uint8_t>(run_[at])];
    for (std::size_t a = few.first; a < few.end; ++a) {
      const Anchor& anchor = kAnchors[a];
      if (at < anchor.group || !run_.substr(at).starts_with(anchor.text)) continue;
      if (anchor.mask != 0 && (value_of(run_[at - 1]) & anchor.mask) != anchor.value) continue;
      const std::size_t group = at - anchor.group;
      std::size_t& packed = out_[group % 4].packed;
      if (packed == run_.npos && is_packed_group(run_, group, proofs_)) packed = group;
    }
  }

  std::string_view run_;
  std::array<Alignment, 4> out_;
  Proofs proofs_;
};

char lower(char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c; }

// The same in hex.
constexpr std::string_view kMagic[] = {"1f8b08", "28b52ffd", "7801",       "785e",         "789c",
                                       "78da",   "504b0304", "fd377a585a", "377abcaf271c", "526172211a07"};
constexpr auto kFirsts = [] {
  std::array<bool, 256> out{};
  for (const std::string_view magic : kMagic) out[static_cast<std::uint8_t>(magic[0])] = true;
  return out;
}();

}  // namespace

std::array<Alignment, 4> alignments_of(std::string_view run) {
  auto out = Search(run.size() > kLongRun ? run.substr(0, kLongRunBeginning) : run).result();
  for (Alignment& alignment : out) alignment.may_read |= run.size() > kLongRun;
  return out;
}

bool may_read_as_hex(std::string_view digits) {
  std::size_t streak = 0;
  for (std::size_t at = 0; at + 1 < digits.size(); at += 2) {
    const char c = digits[at];
    streak = c == '0' || (c >= '2' && c <= '7') ? streak + 1 : 0;
    if (streak == kMinStreak) return true;
  }
  return false;
}

std::size_t next_packed_hex(std::string_view digits, std::size_t from) {
  Proofs proofs;
  for (std::size_t at = from; at + 2 * kMinPlain <= digits.size(); ++at) {
    if (!kFirsts[static_cast<std::uint8_t>(lower(digits[at]))]) continue;
    if (const char next = lower(digits[at + 1]); std::string_view("f8d720").find(next) == digits.npos) continue;
    for (const std::string_view magic : kMagic) {
      if (!std::ranges::equal(magic, digits.substr(at, magic.size()), {}, {}, lower)) continue;
      const auto bytes = [&](std::size_t size) {
        return hex_decode(digits.substr(at, std::min(size, (digits.size() - at) / 2 * 2))).value_or(std::string());
      };
      if (proofs.begins_packed(bytes(2 * kMinPlain), [&] { return bytes(kProof); })) return at;
    }
  }
  return digits.npos;
}

}  // namespace cvr::redact
