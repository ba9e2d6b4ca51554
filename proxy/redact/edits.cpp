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

// The stretches of some edits, to ask whether one of them holds another edit.
class Stretches {
 public:
  template <class Is>
  Stretches(const Edits& edits, const Is& is) {
    for (const Edit& edit : edits) {
      if (is(edit)) all_.emplace_back(edit.begin, edit.end);
    }
    std::ranges::sort(all_);
    for (std::size_t i = 1; i < all_.size(); ++i) all_[i].second = std::max(all_[i].second, all_[i - 1].second);
  }
  bool empty() const { return all_.empty(); }
  bool hold(const Edit& edit) const {
    const auto after = std::ranges::upper_bound(all_, edit.begin, {}, [](const auto& one) { return one.first; });
    return after != all_.begin() && edit.end <= std::prev(after)->second;
  }

 private:
  std::vector<std::pair<std::size_t, std::size_t>> all_;  // sorted; each goes on to where any so far ends
};

}  // namespace

void drop_in_kept(Edits& edits) {
  const Stretches kept(edits, is_kept);
  if (kept.empty()) return;
  std::erase_if(edits, [&](const Edit& edit) { return is_kept(edit) || (is_net(edit) && kept.hold(edit)); });
}

void drop_in_pseudonyms(Edits& edits) {
  const Stretches pseudonyms(
      edits, [](const Edit& edit) { return edit.action == Edit::Action::kKeep && edit.rule != kKeptRule; });
  if (pseudonyms.empty()) return;
  std::erase_if(edits, [&](const Edit& edit) {
    const bool net = edit.rule.starts_with("pattern.") && edit.rule != "pattern.user";
    return net && edit.action == Edit::Action::kReplace && pseudonyms.hold(edit);
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
