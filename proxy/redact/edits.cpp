#include "redact/edits.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "redact/pseudonym.h"

namespace cvr::redact {
namespace {

bool overlaps(const Edit& a, const Edit& b) { return a.begin < b.end && b.begin < a.end; }

// Sorted, without overlaps, empty stretches dropped.
void resolve(std::string_view source, Edits& edits, const Pseudonyms& pseudonyms) {
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) {
    const bool keep_a = a.action == Edit::Action::kKeep;
    const bool keep_b = b.action == Edit::Action::kKeep;
    if (keep_a != keep_b) return keep_b;
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  Edits out;
  out.reserve(edits.size());
  std::size_t replaced = 0;  // edits of `out` that are no kKeep
  for (Edit& edit : edits) {
    if (edit.begin >= edit.end) continue;
    if (edit.action == Edit::Action::kKeep) {
      const auto last = out.begin() + static_cast<std::ptrdiff_t>(replaced);
      const auto after =
          std::lower_bound(out.begin(), last, edit.begin, [](const Edit& e, std::size_t at) { return e.end <= at; });
      if (after != last && overlaps(*after, edit)) continue;
      if (out.size() > replaced && overlaps(out.back(), edit)) continue;
      out.push_back(std::move(edit));
      continue;
    }
    if (!out.empty() && edit.begin < out.back().end) {
      if (edit.end <= out.back().end) continue;
      edit.begin = out.back().end;
      // Where user information ends: it stays, or two pseudonyms would read as one that nobody knows.
      if (source[edit.begin] == '@' && ++edit.begin == edit.end) continue;
      edit.text = pseudonyms.of(source.substr(edit.begin, edit.end - edit.begin));
      edit.action = Edit::Action::kReplace;
    }
    out.push_back(std::move(edit));
    ++replaced;
  }
  const auto middle = out.begin() + static_cast<std::ptrdiff_t>(replaced);
  std::inplace_merge(out.begin(), middle, out.end(), [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
  edits = std::move(out);
}

bool is_kept(const Edit& edit) { return edit.action == Edit::Action::kKeep && edit.rule == kKeptRule; }

bool is_net(const Edit& edit) {
  constexpr std::string_view kNets[] = {"pattern.email", "pattern.phone", "pattern.iban", "pattern.id", "entropy"};
  return std::ranges::find(kNets, edit.rule) != std::end(kNets);
}

}  // namespace

void drop_in_kept(Edits& edits) {
  std::vector<std::pair<std::size_t, std::size_t>> kept;
  for (const Edit& edit : edits) {
    if (is_kept(edit)) kept.emplace_back(edit.begin, edit.end);
  }
  if (kept.empty()) return;
  std::ranges::sort(kept);
  for (std::size_t i = 1; i < kept.size(); ++i) kept[i].second = std::max(kept[i].second, kept[i - 1].second);
  std::erase_if(edits, [&](const Edit& edit) {
    if (is_kept(edit)) return true;
    if (!is_net(edit)) return false;
    const auto after = std::ranges::upper_bound(kept, edit.begin, {}, [](const auto& k) { return k.first; });
    return after != kept.begin() && edit.end <= std::prev(after)->second;
  });
}

void drop_repeated(Edits& edits, std::size_t first) {
  const auto begin = edits.begin() + static_cast<std::ptrdiff_t>(first);
  const auto place = [](const Edit& edit) { return std::tuple(edit.begin, edit.end, edit.action); };
  std::stable_sort(begin, edits.end(), [&](const Edit& a, const Edit& b) { return place(a) < place(b); });
  const auto rest = std::unique(begin, edits.end(), [&](const Edit& a, const Edit& b) { return place(a) == place(b); });
  edits.erase(rest, edits.end());
  edits.shrink_to_fit();
}

void append_moved(Edits found, std::size_t by, Edits& edits) {
  for (Edit& edit : found) {
    edit.begin += by;
    edit.end += by;
    edits.push_back(std::move(edit));
  }
}

void move_on(Edits& edits, std::size_t first, std::size_t by) {
  for (std::size_t i = first; by > 0 && i < edits.size(); ++i) {
    edits[i].begin += by;
    edits[i].end += by;
  }
}

RedactedText apply(std::string_view source, Edits edits, const Pseudonyms& pseudonyms) {
  RedactedText out;
  drop_in_kept(edits);
  if (edits.empty()) {
    out.text = source;
    return out;
  }
  if (edits.size() > 1) resolve(source, edits, pseudonyms);
  std::size_t copied = 0;
  for (const Edit& edit : edits) {
    out.text += source.substr(copied, edit.begin - copied);
    copied = edit.end;
    if (edit.action == Edit::Action::kRemove || edit.begin == edit.end) continue;
    const std::string_view by =
        edit.action == Edit::Action::kKeep ? source.substr(edit.begin, edit.end - edit.begin) : edit.text;
    out.spans.push_back({static_cast<std::uint32_t>(out.text.size()), static_cast<std::uint32_t>(by.size()), edit.kind,
                         std::string(edit.rule)});
    out.text += by;
  }
  out.text += source.substr(copied);
  return out;
}

std::string covered(std::string_view text, const std::vector<Span>& spans) {
  std::string out(text);
  for (const Span& span : spans) std::fill_n(out.begin() + span.begin, span.size, 'x');
  return out;
}

std::string apply_plain(std::string_view source, Edits edits, const Pseudonyms& pseudonyms) {
  return apply(source, std::move(edits), pseudonyms).text;
}

}  // namespace cvr::redact
