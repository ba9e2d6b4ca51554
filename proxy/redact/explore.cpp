// Views: what a text decodes to, explored in turn (explore.h).
#include <algorithm>
#include <array>

#include "redact/archives.h"
#include "redact/explore.h"
#include "redact/finder.h"
#include "redact/units.h"
#include "redact/wide.h"

namespace cvr::redact {
namespace {

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
    case View::kShell:
      return "ledger";
    case View::kUnfolded:
      return "ledger.base64";
    default:
      return "ledger.percent";
  }
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

// name=value&..., as forms and queries are written: without space and quotes.
bool holds_pairs(std::string_view text) {
  const std::size_t sign = text.find('=');
  if (sign >= text.rfind('+') || text.rfind('+') == text.npos) return false;
  return std::ranges::none_of(text, [](char c) { return (c >= 0 && c <= ' ') || c == '"' || c == '<' || c == '>'; });
}

}  // namespace

void Finder::explore(std::string_view text, int depth, Budget& budget, Edits& edits) const {
  constexpr std::size_t kMany = 20'000;
  const std::size_t first = edits.size();
  search_all(text, depth, budget, edits);
  // The same is found through every view; of a form of nothing but secrets that is most of the memory.
  if (edits.size() - first > kMany) drop_repeated(edits, first);
}

void Finder::search_all(std::string_view text, int depth, Budget& budget, Edits& edits) const {
  if (text.size() < (expressions_ == nullptr ? kMinText : 1) || budget.exhausted()) return;
  if (search_packed(text, depth, budget, edits)) return;
  search_wide(text, {}, depth, budget, edits);
  search_widest(text, depth, budget, edits);
  search_bytes(text, budget, edits);
  if (budget.cut()) {
    search_head(text, budget, edits);
    search_tail(text, budget, edits);
  }
  search_views(text, depth, budget, edits);
  search_words(text, depth, budget, edits);
  search_spaced(text, budget, edits);
  if (!holds_data(text)) return;
  const Stretches done = search_parts(text, depth, budget, edits);
  search_embedded(text, done, depth, budget);
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
  constexpr std::array kSingle = {View::kPercent, View::kJson, View::kHtml, View::kShell};
  std::array<bool, kSingle.size()> has{};
  std::ptrdiff_t count = 0;
  // Most texts have no sign at all, which one look tells.
  if (next_sign(text, 0, View::kAll) < text.size()) {
    for (std::size_t i = 0; i < kSingle.size(); ++i) count += has[i] = has_view(text, kSingle[i]);
  }
  const bool last = depth == kMaxDepth;
  // One kind alone is the same as all of them.  Several: a value may hold what looks like another's
  // code ("50%20off" in JSON), so each is tried by itself too, and twice.
  for (std::size_t i = 0; i < kSingle.size() && count > 1; ++i) {
    if (!has[i]) continue;
    search_view(text, kSingle[i], edits, [&](std::string_view plain, Edits& found) {
      flat(plain, found);
      // Markup is mostly the outermost: a CDATA section may divide the escapes of the others.
      for (const View next : kSingle) {
        if ((next == kSingle[i] || kSingle[i] == View::kHtml) && has_view(plain, next)) {
          search_view(plain, next, found, flat);
        }
      }
    });
  }
  // No sign of an escape stands in a run, so runs are read once: when nothing is left to unescape.
  if (count > 0 && last) {
    search_rests(text, depth, budget, edits);
  } else if (count > 0) {
    search_view(text, View::kAll, edits, deeper);
  } else {
    search_runs(text, depth, budget, edits);
  }
  for (const View view : {View::kQuoted, View::kEventData}) {
    if (last || !has_view(text, view)) continue;
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
  if (text.find('+') != text.npos) search_plus(text, depth, budget, edits);
}

// '+' for a space: in forms it may stand within base64 and between encoded words too.  What the patterns make of a
// text without its signs is no find.
void Finder::search_plus(std::string_view text, int depth, Budget& budget, Edits& edits) const {
  const bool spaces = ledgers_[0]->has_spaces() || (ledgers_[1] != nullptr && ledgers_[1]->has_spaces());
  const bool pairs = depth < kMaxDepth && holds_pairs(text);
  if (!pairs && !spaces) return;
  search_view(text, View::kPercentPlus, edits, [&](std::string_view plain, Edits& found) {
    if (pairs) {
      without_expressions().explore(plain, depth + 1, budget, found);
      std::erase_if(found, [](const Edit& edit) { return !edit.rule.starts_with("ledger"); });
      return;
    }
    search_bytes(plain, budget, found);
    search_runs(plain, depth + 1, budget, found);
  });
}

// Escapes below the depth: prose about them ("\\\\\\\\n") has signs at any, and they cost nothing to undo, so they are
// undone to the last; only the bytes are searched.
void Finder::search_rests(std::string_view text, int depth, Budget& budget, Edits& edits) const {
  constexpr int kMostEscapes = kMaxDepth + 10;
  if (depth == kMostEscapes) return budget.exhaust(kTooDeep);
  search_view(text, View::kAll, edits, [&](std::string_view plain, Edits& found) {
    search_bytes(plain, budget, found);
    search_runs(plain, kMaxDepth, budget, found);
    if (!budget.exhausted() && has_view(plain, View::kAll)) search_rests(plain, depth + 1, budget, found);
  });
}

// The beginning of a range: a known value may have begun before it.
void Finder::search_head(std::string_view text, Budget& budget, Edits& edits) const {
  std::size_t end = 0;
  for (const Ledger* ledger : ledgers_) {
    if (ledger != nullptr) end = std::max(end, ledger->ended_at_begin(text, budget));
  }
  if (end == 0) return;
  edits.push_back({0, end, Kind::kToken, "ledger.cut", same_shape(text.substr(0, end), pseudonyms_)});
}

// The end of a text that was cut off: a known value may begin there.  The escape that was cut with it,
// "%4" or "\\u00", may follow.
void Finder::search_tail(std::string_view text, Budget& budget, Edits& edits) const {
  constexpr std::size_t kLongestEscape = 16;  // "]]><![CDATA["
  std::size_t begin = text.size();
  for (std::size_t back = 0; back <= std::min(kLongestEscape, text.size()); ++back) {
    const std::size_t end = text.size() - back;
    // The first step back is free: what was cut may have been read as another character ("&#10" of "&#104;").
    if (back > 1 && std::string_view("%\\&=<]").find(text[end]) == std::string_view::npos) continue;
    for (const Ledger* ledger : ledgers_) {
      const std::size_t found = ledger == nullptr ? end : ledger->begun_at_end(text.substr(0, end), budget);
      if (found < end) begin = std::min(begin, found);  // at `end`: none begins
    }
  }
  if (begin == text.size()) return;
  edits.push_back({begin, text.size(), Kind::kToken, "ledger.cut", same_shape(text.substr(begin), pseudonyms_)});
}

// Text in UTF-16, whose escapes and runs hide between zero bytes.
void Finder::search_wide(std::string_view text, std::string_view charset, int depth, Budget& budget,
                         Edits& edits) const {
  const auto order = wide_order(text, charset);
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

// ASCII in UTF-32 of either order, in the middle of other bytes too: a letter, three zero bytes, a letter ...
void Finder::search_widest(std::string_view text, int depth, Budget& budget, Edits& edits) const {
  using namespace std::string_view_literals;
  constexpr auto kZeros = "\0\0\0"sv;
  const auto is_letter_at = [&](std::size_t at) {
    return at < text.size() && ((text[at] >= 0x20 && text[at] < 0x7f) || text[at] == '\n' || text[at] == '\t');
  };
  if (depth == kMaxDepth) return;
  for (std::size_t at = text.find(kZeros); at != text.npos && !budget.exhausted(); at = text.find(kZeros, at)) {
    const std::size_t first = at > 0 && is_letter_at(at - 1) ? at - 1 : text.find_first_not_of('\0', at);
    if (first == text.npos) return;
    std::string plain;
    for (std::size_t i = first; is_letter_at(i); i += 4) {
      plain += text[i];
      if (text.substr(i + 1, kZeros.size()) != kZeros) break;
    }
    at = std::max(at + 1, first + std::max<std::size_t>(4 * plain.size(), 4) - 3);
    if (plain.size() < kMinText) continue;
    if (!budget.spend(plain.size())) return;
    Edits found;
    without_expressions().explore(plain, depth + 1, budget, found);
    for (Edit& edit : found) {
      if (edit.begin == edit.end) continue;
      std::string by;
      for (const char c : edit.text) by.append(1, c).append(kZeros);
      if (!by.empty()) by.resize(by.size() - kZeros.size());
      edits.push_back({first + 4 * edit.begin, first + 4 * (edit.end - 1) + 1, edit.kind, rule_of(edit, "ledger.utf32"),
                       std::move(by), edit.action});
    }
  }
}

}  // namespace cvr::redact
