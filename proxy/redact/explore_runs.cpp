// Runs of base64 and hex, and encoded words: read, searched, spelled again (explore.h).
#include <algorithm>
#include <optional>
#include <span>

#include "redact/encoded_words.h"
#include "redact/explore.h"
#include "redact/finder.h"
#include "redact/overlaps.h"
#include "redact/units.h"

namespace cvr::redact {
namespace {

// Characters of base64 that a value of `bytes` has to itself at any alignment, and a space between them.  Hex is
// longer.
constexpr std::size_t least_spaced(std::size_t bytes) { return bytes * 8 / 6; }

bool is_coded(const Edit& edit) { return edit.rule == "ledger.base64" || edit.rule == "ledger.hex"; }

// The ledger has found the same value by its encoded bytes, and would write the same.  Where the two
// overlap there is to be one edit.  `spelled(begin, end)`: that stretch as it is to be.
template <class Spelled>
void take_over(Edits& edits, const Overlaps& coded, Budget& budget, Difference& difference, const Spelled& spelled) {
  coded.for_each(difference.begin, difference.end, budget, [&](std::size_t index) {
    Edit& edit = edits[index];
    if (edit.end <= difference.begin || difference.end <= edit.begin) return;  // taken over already
    if (edit.begin < difference.begin) {
      difference.text.insert(0, spelled(edit.begin, difference.begin));
      difference.begin = edit.begin;
    }
    if (edit.end > difference.end) {
      difference.text += spelled(difference.end, edit.end);
      difference.end = edit.end;
    }
    edit = {.begin = edit.begin, .end = edit.begin, .rule = edit.rule, .text = {}, .action = Edit::Action::kKeep};
  });
}

bool is_from_ledger(const Edit& edit) {
  return edit.action == Edit::Action::kReplace && edit.rule.starts_with("ledger");
}

// Whether the same stretch is replaced already, by a view that could decode it: that one is spelled rightly.  It may
// be shorter by what both spellings have in common at their ends.
bool is_spelled(const Edits& edits, const Overlaps& replaced, Budget& budget, const Edit& spaced) {
  constexpr std::size_t kCommon = 8;  // two groups of base64
  bool found = false;
  replaced.for_each(spaced.begin, spaced.end, budget, [&](std::size_t index) {
    const std::size_t begin = std::max(edits[index].begin, spaced.begin);
    const std::size_t end = std::min(edits[index].end, spaced.end);
    found |= begin < end && end - begin + kCommon >= spaced.end - spaced.begin;
  });
  return found;
}

}  // namespace

void Finder::search_runs(std::string_view text, int depth, Budget& budget, Edits& edits) const {
  const std::size_t known = edits.size();
  std::optional<Overlaps> before;  // of what was known
  for (auto run = next_run(text, 0); run && !budget.exhausted(); run = next_run(text, run->end)) {
    const std::size_t first = edits.size();
    for (const Reading& reading : readings_of(text, *run)) {
      if (!budget.spend(reading.plain.size())) return;
      if (depth >= kMaxDepth) {
        if (is_encoded_again(reading.plain)) budget.exhaust(kTooDeep);
        continue;
      }
      Edits found;
      without_expressions().explore(reading.plain, depth + 1, budget, found);
      if (first_change(found) == nullptr) continue;
      if (!before) before.emplace(std::span(edits).first(known), 0, is_coded);
      const Overlaps same_run(edits, first, is_coded);
      rewrite(text, reading, found, {&*before, &same_run}, budget, edits);
    }
  }
}

// The reading with its edits, spelled again.
void Finder::rewrite(std::string_view text, const Reading& reading, Edits& found,
                     std::initializer_list<const Overlaps*> coded, Budget& budget, Edits& edits) const {
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
    for (const Overlaps* some : coded) take_over(edits, *some, budget, d, spelled);
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

// Base64 and hex broken by white space, evenly or not.  Words of a text look like that too, so only the ledger
// is asked, and only what is known is replaced, character by character.
void Finder::search_spaced(std::string_view text, Budget& budget, Edits& edits) const {
  std::size_t shortest = kMaxLedgerValue + 1;
  for (const Ledger* ledger : ledgers_)
    shortest = std::min(shortest, ledger == nullptr ? shortest : ledger->shortest());
  const std::size_t least = least_spaced(shortest);
  if (text.size() < least) return;
  std::optional<Overlaps> replaced;
  std::string plain;
  std::vector<std::size_t> gaps;  // in `plain`
  std::vector<LedgerHit> hits;
  std::size_t from = 0;  // where the last stretch ended
  for (std::size_t at = next_sign(text, 0, View::kSpaced); at < text.size() && !budget.exhausted();
       at = next_sign(text, std::max(at + 1, from), View::kSpaced)) {
    std::size_t begin = at;
    while (begin > from && is_base64_char(text[begin - 1])) --begin;
    std::size_t end = at;
    for (Unit gap = unit_at(text, end, View::kSpaced); gap.is_empty; gap = unit_at(text, end, View::kSpaced)) {
      for (end += gap.size; end < text.size() && is_base64_char(text[end]);) ++end;
      if (end == text.size()) break;
    }
    if (end == at) continue;
    from = end;
    if (end - begin < least) continue;
    if (!budget.spend(end - begin)) return;
    const std::string_view stretch = text.substr(begin, end - begin);
    plain.clear();
    gaps.clear();
    for (const char c : stretch) {
      if (is_base64_char(c)) {
        plain += c;
      } else if (gaps.empty() || gaps.back() != plain.size()) {
        gaps.push_back(plain.size());
      }
    }
    hits.clear();
    scan(plain, budget, hits);
    if (hits.empty()) continue;
    Edits found;
    for (const LedgerHit& hit : hits) {
      const bool hex = hit.variant == Variant::kHexLower || hit.variant == Variant::kHexUpper;
      if (hit.entry->foreign || !(hex || is_base64(hit.variant))) continue;
      const auto gap = std::ranges::upper_bound(gaps, hit.begin);
      if (gap == gaps.end() || *gap >= hit.end) continue;  // in one piece: found without this
      const std::size_t skip = hex ? 0 : skipped_by(alignment_of(hit.variant));
      const std::size_t first = hit.begin - std::min(hit.begin, skip);
      const std::size_t last = std::min(hit.end + (hex ? 0 : 1), plain.size());
      const std::string_view coded = std::string_view(plain).substr(first, last - first);
      found.push_back(
          {first, last, hit.entry->kind, hex ? "ledger.hex" : "ledger.base64", same_shape(coded, pseudonyms_)});
    }
    for (Edit& edit : lift(stretch, View::kSpaced, std::move(found))) {
      edit.begin += begin;
      edit.end += begin;
      if (!replaced) replaced.emplace(edits, 0, is_from_ledger);
      if (!is_spelled(edits, *replaced, budget, edit)) edits.push_back(std::move(edit));
    }
  }
}

}  // namespace cvr::redact
