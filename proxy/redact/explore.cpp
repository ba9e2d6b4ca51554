// How the finder looks into what a text decodes to.  What is found deep down is carried back up: lifted
// out of views, spelled again in base64, hex or encoded words, packed again.  What can not be
// carried back exhausts the budget, so that the whole text is left out.  The user's patterns are not asked
// about what stands in base64, hex, quoted-printable, encoded words and compressed data: they describe what
// people see.
#include <algorithm>
#include <array>

#include "redact/encoded_words.h"
#include "redact/finder.h"
#include "redact/wide.h"

namespace cvr::redact {
namespace {

constexpr int kMaxDepth = 4;  // encodings in encodings (REDACTION: decoding depth <= 4)
constexpr std::size_t kSample = 4096;
constexpr std::size_t kMinText = 8;
constexpr std::uint64_t kMaxStream = 16u << 20;
constexpr std::uint64_t kStreamCost = 8000;
constexpr std::string_view kTooDeep = "too many encodings to search";
constexpr std::string_view kHidden = "a known secret in compressed data";
constexpr std::string_view kUnread = "compressed data that is not read";

std::string_view rule_for(View view) {
  switch (view) {
    case View::kJson:
      return "ledger.json";
    case View::kHtml:
      return "ledger.html";
    case View::kQuoted:
    case View::kQuotedPairs:
      return "ledger.quoted";
    case View::kEventData:
      return "ledger";
    case View::kUnfolded:
      return "ledger.base64";
    default:
      return "ledger.percent";
  }
}

const Edit* first_change(const Edits& edits) {
  const auto found = std::ranges::find_if(edits, [](const Edit& edit) { return edit.action != Edit::Action::kKeep; });
  return found == edits.end() ? nullptr : &*found;
}

std::string_view rule_of(const Edit& inner, std::string_view coded) {
  return inner.rule.starts_with("ledger") ? coded : inner.rule;
}

// The ledger has found the same value by its encoded bytes, and would write the same.  Where the two
// overlap there is to be one edit.  `spelled(begin, end)`: that stretch as it is to be.
template <class Spelled>
void take_over(Edits& edits, Difference& difference, const Spelled& spelled) {
  std::erase_if(edits, [&](const Edit& edit) {
    const bool coded = edit.rule == "ledger.base64" || edit.rule == "ledger.hex";
    if (!coded || edit.end <= difference.begin || difference.end <= edit.begin) return false;
    if (edit.begin < difference.begin) {
      difference.text.insert(0, spelled(edit.begin, difference.begin));
      difference.begin = edit.begin;
    }
    if (edit.end > difference.end) {
      difference.text += spelled(difference.end, edit.end);
      difference.end = edit.end;
    }
    return true;
  });
}

// "token=3d4f...": read as quoted-printable, a pseudonym becomes something else.  Where the text as it
// stands has one, a pattern's hit in that reading does not count; the ledger's does.
void drop_misread(const Edits& edits, Edits& found) {
  std::vector<std::pair<std::size_t, std::size_t>> kept;
  for (const Edit& edit : edits) {
    if (edit.action == Edit::Action::kKeep) kept.emplace_back(edit.begin, edit.end);
  }
  if (kept.empty()) return;
  std::ranges::sort(kept);
  std::erase_if(found, [&](const Edit& edit) {
    if (edit.rule.starts_with("ledger")) return false;
    const auto next = std::ranges::lower_bound(kept, edit.end, {}, [](const auto& k) { return k.first; });
    return next != kept.begin() && std::prev(next)->second > edit.begin;
  });
}

// bzip2, xz, 7z, RAR, LZ4: nobody looks into them.
bool is_unread_archive(std::string_view bytes) {
  using std::string_view_literals::operator""sv;
  constexpr std::array kMagic = {"BZh"sv,
                                 "\xfd"
                                 "7zXZ\0"sv,
                                 "7z\xbc\xaf\x27\x1c"sv, "Rar!\x1a\x07"sv, "\x04\x22\x4d\x18"sv};
  return std::ranges::any_of(kMagic, [&](std::string_view magic) { return bytes.starts_with(magic); });
}

// Where the data of a zip entry begins, whose local header stands at the beginning of `bytes`
// (APPNOTE 4.3.7); 0: not one.
struct ZipEntry {
  std::size_t data = 0;
  bool stored = false;
  bool readable = false;
};
ZipEntry zip_entry(std::string_view bytes) {
  constexpr std::size_t kHead = 30;
  if (bytes.size() < kHead || !bytes.starts_with("PK\x03\x04")) return {};
  const auto word = [&](std::size_t at) {
    return static_cast<std::size_t>(static_cast<std::uint8_t>(bytes[at])) |
           static_cast<std::size_t>(static_cast<std::uint8_t>(bytes[at + 1])) << 8;
  };
  ZipEntry entry;
  const bool encrypted = (word(6) & 1) != 0;
  entry.data = kHead + word(26) + word(28);
  entry.stored = word(8) == 0 && !encrypted;
  entry.readable = word(8) == 8 && !encrypted;
  return entry.data <= bytes.size() ? entry : ZipEntry{};
}

}  // namespace

bool is_binary(std::string_view text) {
  return std::ranges::any_of(text.substr(0, kSample), [](char c) {
    const auto byte = static_cast<std::uint8_t>(c);
    return byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte != 0x1b);
  });
}

void Finder::explore(std::string_view text, int depth, Budget& budget, Edits& edits) const {
  if (text.size() < (expressions_ == nullptr ? kMinText : 1) || budget.exhausted()) return;
  if (search_packed(text, depth, budget, edits)) return;
  search_wide(text, depth, budget, edits);
  search_bytes(text, budget, edits);
  if (budget.cut()) search_tail(text, budget, edits);
  search_views(text, depth, budget, edits);
  search_words(text, depth, budget, edits);
  if (is_binary(text)) search_embedded(text, depth, budget);
}

// `search(plain, found)` fills `found` with edits of the decoded text.
template <class Search>
void Finder::search_view(std::string_view text, View view, Edits& edits, const Search& search) const {
  Edits found;
  search(decode(text, view), found);
  if (found.empty()) return;
  found = lift(text, view, std::move(found));
  if (view == View::kQuoted) drop_misread(edits, found);
  for (Edit& edit : found) {
    if (!edit.rule.starts_with("ledger")) continue;
    edit.rule = rule_for(view != View::kAll ? view : coding_of(text.substr(edit.begin, edit.end - edit.begin)));
  }
  std::move(found.begin(), found.end(), std::back_inserter(edits));
}

void Finder::search_views(std::string_view text, int depth, Budget& budget, Edits& edits) const {
  const auto deeper = [&](std::string_view plain, Edits& found) { explore(plain, depth + 1, budget, found); };
  const auto flat = [&](std::string_view plain, Edits& found) {
    search_bytes(plain, budget, found);
    search_runs(plain, depth + 1, budget, found);
  };
  constexpr std::array kSingle = {View::kPercent, View::kJson, View::kHtml};
  std::array<bool, kSingle.size()> has{};
  std::ptrdiff_t count = 0;
  for (std::size_t i = 0; i < kSingle.size(); ++i) count += has[i] = has_view(text, kSingle[i]);
  if (count > 0 && depth == kMaxDepth) return budget.exhaust(kTooDeep);
  // One kind alone is the same as all of them.  Several: a value may hold what looks like another's
  // code ("50%20off" in JSON), so each is tried by itself too, and twice.
  for (std::size_t i = 0; i < kSingle.size() && count > 1; ++i) {
    if (!has[i]) continue;
    search_view(text, kSingle[i], edits, [&](std::string_view plain, Edits& found) {
      flat(plain, found);
      if (has_view(plain, kSingle[i])) search_view(plain, kSingle[i], found, flat);
    });
  }
  // No sign of an escape stands in a run, so runs are read once: when nothing is left to unescape.
  if (count > 0) {
    search_view(text, View::kAll, edits, deeper);
  } else {
    search_runs(text, depth, budget, edits);
  }
  for (const View view : {View::kQuoted, View::kEventData}) {
    if (depth >= kMaxDepth || !has_view(text, view)) continue;
    search_view(text, view, edits, [&](std::string_view plain, Edits& found) {
      without_expressions().explore(plain, depth + 1, budget, found);
    });
  }
  if (has_view(text, View::kQuotedPairs)) {
    search_view(text, View::kQuotedPairs, edits, [&](std::string_view plain, Edits& found) {
      const Finder facts = without_expressions();
      facts.search_bytes(plain, budget, found);
      facts.search_runs(plain, depth + 1, budget, found);
    });
  }
  if (has_view(text, View::kUnfolded)) {
    // Not the patterns: a token would seem to go on in the next line.
    search_view(text, View::kUnfolded, edits, [&](std::string_view plain, Edits& found) {
      if (budget.spend(plain.size())) search_ledger(plain, budget, found);
      search_runs(plain, depth + 1, budget, found);
    });
  }
  const bool spaces = ledgers_[0]->has_spaces() || (ledgers_[1] != nullptr && ledgers_[1]->has_spaces());
  if (spaces && text.find('+') != text.npos) search_view(text, View::kPercentPlus, edits, flat);
}

// The end of a text that was cut off: a known value may begin there.  The escape that was cut with it,
// "%4" or "\\u00", may follow.
void Finder::search_tail(std::string_view text, Budget& budget, Edits& edits) const {
  constexpr std::size_t kLongestEscape = 12;
  std::size_t begin = text.size();
  for (std::size_t back = 0; back <= std::min(kLongestEscape, text.size()); ++back) {
    const std::size_t end = text.size() - back;
    if (back > 0 && std::string_view("%\\&=").find(text[end]) == std::string_view::npos) continue;
    for (const Ledger* ledger : ledgers_) {
      if (ledger != nullptr) begin = std::min(begin, ledger->begun_at_end(text.substr(0, end), budget));
    }
  }
  if (begin == text.size()) return;
  edits.push_back({begin, text.size(), Kind::kToken, "ledger.cut", same_shape(text.substr(begin), pseudonyms_)});
}

void Finder::search_runs(std::string_view text, int depth, Budget& budget, Edits& edits) const {
  for (auto run = next_run(text, 0); run && !budget.exhausted(); run = next_run(text, run->end)) {
    for (const Reading& reading : readings_of(text, *run)) {
      if (!budget.spend(reading.plain.size())) return;
      if (depth >= kMaxDepth) {
        if (is_encoded_again(reading.plain)) budget.exhaust(kTooDeep);
        continue;
      }
      Edits found;
      without_expressions().explore(reading.plain, depth + 1, budget, found);
      if (first_change(found) != nullptr && budget.spend(edits.size())) rewrite(text, reading, found, edits);
    }
  }
}

// The reading with its edits, spelled again.
void Finder::rewrite(std::string_view text, const Reading& reading, Edits& found, Edits& edits) const {
  const Kind kind = first_change(found)->kind;
  const std::string_view rule = rule_of(*first_change(found), reading.hex ? "ledger.hex" : "ledger.base64");
  const std::string_view original = text.substr(reading.begin, reading.end - reading.begin);
  Stretches changed;
  for (const Edit& edit : found) {
    if (edit.action != Edit::Action::kKeep) changed.emplace_back(edit.begin, edit.end);
  }
  std::ranges::sort(changed);
  const std::string by = spell_like(apply_plain(reading.plain, std::move(found), pseudonyms_), original, reading.hex);
  const auto spelled = [&](std::size_t begin, std::size_t end) {
    std::string out(text.substr(begin, end - begin));
    const std::size_t from = std::max(begin, reading.begin);
    const std::size_t to = std::min(end, reading.end);
    if (by.size() == original.size() && from < to)
      out.replace(from - begin, to - from, by, from - reading.begin, to - from);
    return out;
  };
  for (Difference& d : differences(original, by, reading.hex, changed)) {
    d.begin += reading.begin;
    d.end += reading.begin;
    take_over(edits, d, spelled);
    // What else stands in a long stretch is known only when it is searched again.
    if (knows(d.text)) d.text = same_shape(text.substr(d.begin, d.end - d.begin), pseudonyms_);
    edits.push_back({d.begin, d.end, kind, rule, std::move(d.text)});
  }
}

void Finder::search_words(std::string_view text, int depth, Budget& budget, Edits& edits) const {
  if (depth >= kMaxDepth) return;
  for (auto words = next_encoded_words(text, 0); words; words = next_encoded_words(text, words->end)) {
    if (!budget.spend(words->plain.size())) return;
    Edits found;
    const std::string* plain = &words->literal;
    without_expressions().explore(*plain, depth + 1, budget, found);
    if (first_change(found) == nullptr && words->plain != words->literal) {
      plain = &words->plain;
      found.clear();
      without_expressions().explore(*plain, depth + 1, budget, found);
    }
    const Edit* first = first_change(found);
    if (first == nullptr) continue;
    const Kind kind = first->kind;
    const std::string_view rule = rule_of(*first, "ledger.encoded-word");
    edits.push_back(
        {words->begin, words->end, kind, rule, encode_word(apply_plain(*plain, std::move(found), pseudonyms_))});
  }
}

// Text in UTF-16, whose escapes and runs hide between zero bytes.
void Finder::search_wide(std::string_view text, int depth, Budget& budget, Edits& edits) const {
  const auto order = wide_order(text, {});
  if (!order || depth == kMaxDepth) return;
  const auto plain = from_utf16(text, *order);
  if (!plain || !budget.spend(plain->size())) return;
  Edits found;
  explore(*plain, depth + 1, budget, found);
  const Edit* first = first_change(found);
  if (first == nullptr) return;
  const Kind kind = first->kind;
  const std::string_view rule = rule_of(*first, "ledger.utf16");
  edits.push_back({0, text.size(), kind, rule, to_utf16(apply_plain(*plain, std::move(found), pseudonyms_), *order)});
}

// Compressed from its first byte to its last: true, and all is said about it.
bool Finder::search_packed(std::string_view text, int depth, Budget& budget, Edits& edits) const {
  auto packing = http::packing_at(text);
  if (!packing && !is_binary(text)) return false;
  if (!packing && is_unread_archive(text)) {
    budget.exhaust(kUnread);
    return true;
  }
  http::Unpacked unpacked;
  if (packing) {
    unpacked = http::unpack(text, *packing, std::min(budget.unpackable(), kMaxStream));
  } else {
    // Brotli and raw deflate have no magic number.
    for (const auto tried : {http::Packing::kBrotli, http::Packing::kRawDeflate}) {
      unpacked = http::unpack(text, tried, std::min(budget.unpackable(), kMaxStream));
      if (unpacked.over_limit || (unpacked.whole && unpacked.consumed == text.size())) {
        packing = tried;
        break;
      }
    }
    if (!packing) return false;
  }
  if (unpacked.over_limit || depth == kMaxDepth) {
    budget.exhaust(unpacked.over_limit ? "compressed data over the limit" : kTooDeep);
    return true;
  }
  if (!budget.unpack(unpacked.plain.size())) return true;
  Edits found;
  without_expressions().explore(unpacked.plain, depth + 1, budget, found);
  const bool whole = unpacked.whole && unpacked.consumed == text.size();
  const Edit* first = first_change(found);
  if (first == nullptr) return whole;
  const Kind kind = first->kind;
  const std::string_view rule = rule_of(*first, "ledger.compressed");
  const auto packed = http::pack(apply_plain(unpacked.plain, std::move(found), pseudonyms_), *packing);
  if (!whole || !packed) {
    budget.exhaust(kHidden);
    return true;
  }
  edits.push_back({0, text.size(), kind, rule, *packed});
  return true;
}

// Streams inside a binary text: entries of zip files (and so of office documents), objects of PDF files.
void Finder::search_embedded(std::string_view text, int depth, Budget& budget) const {
  constexpr std::string_view kFirst("\x1f\x78\x28P", 4);
  for (std::size_t at = text.find_first_of(kFirst); at != text.npos && !budget.exhausted();
       at = text.find_first_of(kFirst, at + 1)) {
    const std::string_view rest = text.substr(at);
    if (const ZipEntry entry = zip_entry(rest); entry.data > 0) {
      if (!entry.readable && !entry.stored) return budget.exhaust(kUnread);
      if (entry.readable) search_stream(rest.substr(entry.data), http::Packing::kRawDeflate, depth, budget);
      continue;
    }
    if (at == 0) continue;
    // The pixels of a PNG are no text.
    if (text.substr(0, at).ends_with("IDAT")) continue;
    if (const auto packing = http::packing_at(rest)) search_stream(rest, *packing, depth, budget);
  }
}

void Finder::search_stream(std::string_view bytes, http::Packing packing, int depth, Budget& budget) const {
  // A decoder has to be set up for each, so a body full of magic numbers must not get many.
  if (!budget.spend(kStreamCost)) return;
  const http::Unpacked unpacked = http::unpack(bytes, packing, std::min(budget.unpackable(), kMaxStream));
  if (!budget.spend(unpacked.consumed) || unpacked.plain.size() < kMinText) return;
  if (unpacked.over_limit) return budget.exhaust("compressed data over the limit");
  if (depth == kMaxDepth) return budget.exhaust(kTooDeep);
  if (!budget.unpack(unpacked.plain.size())) return;
  Edits found;
  without_expressions().explore(unpacked.plain, depth + 1, budget, found);
  if (first_change(found) != nullptr) budget.exhaust(kHidden);
}

}  // namespace cvr::redact
