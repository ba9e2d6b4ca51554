// What is left of known values of which a net had taken a part (partials.h).
#include <algorithm>
#include <iterator>
#include <optional>

#include "base/base64.h"
#include "redact/check.h"
#include "redact/finder.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kClose = 16;  // bytes: a line break and the escapes of a piece that is too short to be found

// Drops what stands neither close to a span nor close to what does.  Both are in the order of their beginnings.
void keep_close(const std::vector<Span>& spans, Edits& edits) {
  std::vector<bool> counts(edits.size());
  std::size_t reach = 0;  // where what counts ends, so far
  auto span = spans.begin();
  for (std::size_t i = 0; i < edits.size(); ++i) {
    for (; span != spans.end() && span->begin <= edits[i].end + kClose; ++span) {
      reach = std::max(reach, std::size_t{span->begin} + span->size);
    }
    counts[i] = reach > 0 && edits[i].begin <= reach + kClose;
    if (counts[i]) reach = std::max(reach, edits[i].end);
  }
  bool any = false;
  std::size_t start = 0;  // where what counts begins, from behind
  for (std::size_t i = edits.size(); i-- > 0;) {
    counts[i] = counts[i] || (any && edits[i].end + kClose >= start);
    if (!counts[i]) continue;
    start = any ? std::min(start, edits[i].begin) : edits[i].begin;
    any = true;
  }
  std::size_t i = 0;
  std::erase_if(edits, [&](const Edit&) { return !counts[i++]; });
}

// In plain or in a coding of its own.
bool is_coded_pseudonym(const std::string& text) {
  const auto is_one = [](const std::optional<std::string>& plain) { return plain && is_pseudonym(*plain); };
  return is_pseudonym(text) || is_one(hex_decode(text)) || is_one(base64_decode(text)) ||
         is_one(decode(text, View::kAll));
}

// What a pseudonym keeps of a value (the header of a JWT, a prefix) is no rest of it.  Of what was spelled again around
// a pseudonym, everything counts.
std::string without_pseudonyms(std::string_view text, const std::vector<Span>& spans) {
  std::string out(text);
  for (const Span& span : spans) {
    std::string by(text.substr(span.begin, span.size));
    std::erase(by, '\0');  // of UTF-16
    const bool carries_check = by.size() >= kMinCheckedSize && !is_personal(span.kind);
    if (!carries_check || is_coded_pseudonym(by)) std::fill_n(out.begin() + span.begin, span.size, 'x');
  }
  return out;
}

// Pieces overlap: one edit a stretch.
void join(std::string_view text, const Pseudonyms& pseudonyms, Edits& edits) {
  Edits out;
  for (Edit& edit : edits) {
    if (out.empty() || edit.begin >= out.back().end) {
      out.push_back(std::move(edit));
    } else if (edit.end > out.back().end) {
      Edit& last = out.back();
      last.end = edit.end;
      last.text = pseudonyms.of(text.substr(last.begin, last.end - last.begin));
    }
  }
  edits = std::move(out);
}

}  // namespace

bool Finder::find_rests(std::string_view text, const std::vector<Span>& spans, Edits& edits) const {
  if (rests_ == nullptr || spans.empty()) return true;
  Edits found;
  if (!Finder(*rests_, nullptr, patterns_, pseudonyms_).find(without_pseudonyms(text, spans), found)) return false;
  std::erase_if(found, [](const Edit& edit) { return !edit.rule.starts_with("ledger"); });
  std::ranges::stable_sort(found, {}, &Edit::begin);
  keep_close(spans, found);
  join(text, pseudonyms_, found);
  std::ranges::move(found, std::back_inserter(edits));
  return true;
}

}  // namespace cvr::redact
