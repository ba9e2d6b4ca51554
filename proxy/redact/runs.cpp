#include "redact/runs.h"

#include <algorithm>

#include "base/base64.h"
#include "http/unpack.h"
#include "redact/alignments.h"
#include "redact/archives.h"
#include "redact/check.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kLongRun = 16u << 10;  // from here on only its beginning is taken for the beginning
constexpr std::size_t kPrefixSearch = 256;   // where a path in front may end
constexpr std::size_t kMinHex = 2 * kMinStreak;

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_upper_hex(char c) { return c >= 'A' && c <= 'F'; }

// No word and no path: upper case, lower case and digits.
bool is_mixed(std::string_view text) {
  const auto has = [&](char from, char to) {
    return std::ranges::any_of(text, [&](char c) { return c >= from && c <= to; });
  };
  return has('A', 'Z') && has('a', 'z') && has('0', '9');
}

// At the beginning, or after a byte that is no text of ASCII.
bool follows_data(std::string_view text, std::size_t at) {
  if (at == 0) return true;
  const auto before = static_cast<std::uint8_t>(text[at - 1]);
  return before >= 0x7f || (before < 0x20 && before != '\n' && before != '\r' && before != '\t');
}

bool is_packed(std::string_view plain) {
  constexpr std::uint64_t kEnough = 4096;
  for (const auto packing : {http::Packing::kBrotli, http::Packing::kRawDeflate}) {
    const http::Unpacked out = http::unpack(plain, packing, kEnough);
    if (out.over_limit || (out.whole && out.consumed == plain.size())) return true;
  }
  return false;
}

// What begins in front of the run, or behind a part of it that is no base64 of anything.
enum class Sort : std::uint8_t { kReadable, kPacked, kTryPacked };

// False: it is not worth a search.
bool add_base64(std::string_view text, std::size_t begin, std::size_t end, Sort sort, std::vector<Reading>& out) {
  if ((end - begin) % 4 == 1) --end;
  if (end - begin < kMinRun) return false;
  auto plain = base64_decode(text.substr(begin, end - begin));
  if (!plain) return false;
  const bool tried = sort == Sort::kTryPacked && is_mixed(text.substr(begin, end - begin));
  if (sort != Sort::kPacked && !is_worth_a_search(*plain) && !(tried && is_packed(*plain))) return false;
  const std::size_t padding = (4 - (end - begin) % 4) % 4;
  if (text.substr(end, padding) == std::string_view("===").substr(0, padding)) end += padding;
  out.push_back({begin, end, false, *std::move(plain)});
  return true;
}

// A path may go on behind compressed data ("/files/H4sI.../items"), which tells whether it is whole.
std::size_t end_of_packed(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::uint64_t kMostUnpacked = 1u << 20;
  constexpr int kMostTried = 8;
  if (end - begin > kLongRun) return end;
  std::size_t stop = std::min(text.find('/', begin + kMinRun), end);
  for (int i = 0; i < kMostTried && stop < end; ++i, stop = std::min(text.find('/', stop + 1), end)) {
    const auto plain = base64_decode(text.substr(begin, stop - begin));
    const auto packing = plain ? http::packing_at(*plain) : std::nullopt;
    if (!packing) continue;
    const http::Unpacked unpacked = http::unpack(*plain, *packing, kMostUnpacked);
    if (unpacked.whole && unpacked.consumed == plain->size()) return stop;
  }
  return end;
}

void add_hex_reading(std::string_view text, std::size_t begin, std::size_t end, bool packed,
                     std::vector<Reading>& out) {
  auto plain = hex_decode(text.substr(begin, (end - begin) / 2 * 2));
  if (plain && (packed || is_worth_a_search(*plain))) {
    out.push_back({begin, begin + 2 * plain->size(), true, *std::move(plain)});
  }
}

// Of a stretch of hex digits: from its first or second one, and from compressed data on, whatever stands before.
void add_hex(std::string_view text, std::size_t begin, std::size_t end, std::vector<Reading>& out) {
  const std::string_view digits = text.substr(begin, end - begin);
  std::size_t covered = digits.npos;
  const std::size_t packed = next_packed_hex(digits, 0);
  for (std::size_t skip = 0; skip < 2; ++skip) {
    if (packed == skip || !may_read_as_hex(digits.substr(skip))) continue;
    const std::size_t before = out.size();
    add_hex_reading(text, begin + skip, end, false, out);
    if (out.size() > before && packed != digits.npos && packed % 2 == skip) covered = packed;
  }
  if (packed != covered) add_hex_reading(text, begin + packed, end, true, out);
}

void add_hex(std::string_view text, const Run& run, std::vector<Reading>& out) {
  for (std::size_t at = run.begin; at < run.end;) {
    const std::size_t begin = at;
    while (at < run.end && is_hex(text[at])) ++at;
    if (at - begin >= kMinHex) add_hex(text, begin, at, out);
    if (at == begin) ++at;
  }
}

}  // namespace

bool is_worth_a_search(std::string_view plain) {
  if (http::packing_at(plain) || is_unread_inside(plain)) return true;
  std::size_t streak = 0;
  std::size_t changes = 0;  // a row of one character is no secret (words.h)
  char before = 0;
  for (const char c : plain) {
    const auto byte = static_cast<std::uint8_t>(c);
    const bool readable = (byte >= 0x20 && byte < 0x7f) || byte == '\t' || byte == '\n' || byte == '\r' || byte == 0;
    streak = readable ? streak + 1 : 0;
    changes = readable ? changes + (c != before) : 0;
    before = c;
    if (streak >= kMinStreak && changes > 3) return true;
  }
  return false;
}

std::optional<Run> next_run(std::string_view text, std::size_t from) {
  // A run of kMinRun covers every kMinRun-th place: most texts are crossed in such steps.
  for (std::size_t at = from + kMinRun - 1; at < text.size(); at += kMinRun) {
    if (!is_base64_char(text[at])) continue;
    std::size_t begin = at;
    while (begin > from && is_base64_char(text[begin - 1])) --begin;
    std::size_t end = at + 1;
    while (end < text.size() && is_base64_char(text[end])) ++end;
    if (end - begin >= kMinRun) return Run{begin, end};
    from = end;
    at = end - 1;
  }
  return std::nullopt;
}

std::vector<Reading> readings_of(std::string_view text, const Run& run) {
  std::vector<Reading> out;
  const std::string_view all = text.substr(run.begin, run.end - run.begin);
  if (is_uuid(all)) return out;  // most runs of an API are
  add_hex(text, run, out);
  // Nothing readable has so few different characters in base64.
  if (all.size() >= 2 * kMinHex && std::ranges::all_of(all, is_hex)) return out;
  const auto ways = alignments_of(all);
  std::array<std::size_t, 4> covered;  // from here on
  std::array<std::size_t, 4> ends;
  covered.fill(run.end);
  ends.fill(run.end);
  for (std::size_t way = 0; way < ways.size(); ++way) {
    if (ways[way].packed == all.npos) continue;
    const std::size_t begin = run.begin + ways[way].packed;
    const std::size_t end = end_of_packed(text, begin, run.end);
    // With more behind it, all of it is read once more, so that nothing is passed over.
    if (add_base64(text, begin, end, Sort::kPacked, out) && run.end - end < kMinRun) ends[way] = begin;
  }
  const auto add = [&](std::size_t begin, Sort sort) {
    const std::size_t way = (begin - run.begin) % 4;
    if (begin >= std::min(covered[way], ends[way]) || (sort == Sort::kReadable && !ways[way].may_read)) return;
    if (add_base64(text, begin, ends[way], sort, out)) covered[way] = begin;
  };
  if (ways[0].may_read || is_mixed(all)) add(run.begin, Sort::kTryPacked);
  // A byte of the data around it may look like its first character.
  unsigned tried = 1;
  for (std::size_t skip = 1; skip < 4 && follows_data(text, run.begin); ++skip) {
    tried |= 1u << skip;
    add(run.begin + skip, Sort::kReadable);
  }
  const std::size_t stop = all.size() > kLongRun ? run.begin : std::min(run.end, run.begin + kPrefixSearch);
  for (std::size_t at = run.begin; at < stop && tried != 0xf; ++at) {
    if (text[at] != '/' && text[at] != '-' && text[at] != '_' && text[at] != '+') continue;
    const unsigned phase = 1u << ((at + 1 - run.begin) % 4);
    if ((tried & phase) == 0) add(at + 1, Sort::kReadable);
    tried |= phase;
  }
  for (const Alignment& way : ways) {
    if (way.text != all.npos) add(run.begin + way.text, Sort::kReadable);
  }
  return out;
}

std::string spell_like(std::string_view plain, std::string_view original, bool hex) {
  if (hex) {
    std::string out = hex_encode(plain);
    if (std::ranges::any_of(original, is_upper_hex)) {
      for (char& c : out) c = c >= 'a' ? static_cast<char>(c - 32) : c;
    }
    return out;
  }
  std::string out = original.find_first_of("-_") != original.npos ? base64url_encode(plain) : base64_encode(plain);
  while (out.ends_with('=')) out.pop_back();
  while (original.ends_with('=') && out.size() % 4 != 0) out += '=';
  return out;
}

std::vector<Difference> differences(std::string_view original, std::string_view by, bool hex,
                                    const Stretches& changed) {
  std::vector<Difference> out;
  for (const auto& [from, to] : changed) {
    const std::size_t begin = hex ? 2 * from : from / 3 * 4;
    const std::size_t end = std::min(hex ? 2 * to : (to + 2) / 3 * 4, original.size());
    if (!out.empty() && begin <= out.back().end) {
      out.back().end = std::max(out.back().end, end);
    } else if (begin < end) {
      out.push_back({begin, end, {}});
    }
  }
  if (out.empty()) return out;
  bool same_places = original.size() == by.size();
  std::size_t at = 0;
  for (const Difference& d : out) {
    same_places = same_places && original.substr(at, d.begin - at) == by.substr(at, d.begin - at);
    at = d.end;
  }
  if (!same_places || original.substr(at) != by.substr(at)) {
    out.resize(1);
    out[0].end = original.size();
    out[0].text = by.substr(std::min(out[0].begin, by.size()));
    return out;
  }
  for (Difference& d : out) d.text = by.substr(d.begin, d.end - d.begin);
  return out;
}

bool is_encoded_again(std::string_view plain) {
  return plain.size() >= kMinRun && std::ranges::all_of(plain, [](char c) { return is_base64_char(c) || c == '='; });
}

}  // namespace cvr::redact
