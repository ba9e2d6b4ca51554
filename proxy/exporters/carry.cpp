#include "exporters/carry.h"

#include <algorithm>
#include <deque>
#include <map>
#include <string_view>

namespace cvr::exporters {
namespace {

constexpr std::size_t kShortest = 6;
constexpr std::size_t kMostLookedFor = 200;  // different pseudonyms in changed lines

struct Line {
  std::size_t begin = 0, size = 0;
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out.push_back({at, end - at});
    at = end + 1;
  }
  return out;
}

class Carrier {
 public:
  Carrier(const RedactedText& old, std::string text) : old_(old) {
    out_.text = std::move(text);
    for (const Line& line : lines_of(old_.text)) {
      places_[std::string_view(old_.text).substr(line.begin, line.size)].push_back(line);
    }
    for (const Span& span : old_.spans) {
      if (span.size < kShortest || known_.size() >= kMostLookedFor) continue;
      known_.emplace(std::string_view(old_.text).substr(span.begin, span.size), &span);
    }
  }

  RedactedText run() {
    for (const Line& line : lines_of(out_.text)) {
      if (!as_it_was(line)) search(line);
    }
    return std::move(out_);
  }

 private:
  // Equal lines go together in their order.
  bool as_it_was(const Line& line) {
    const auto found = places_.find(std::string_view(out_.text).substr(line.begin, line.size));
    if (found == places_.end() || found->second.empty()) return false;
    const Line place = found->second.front();
    found->second.pop_front();
    const auto is_before = [](const Span& span, std::size_t at) { return span.begin < at; };
    auto span = std::lower_bound(old_.spans.begin(), old_.spans.end(), place.begin, is_before);
    for (; span != old_.spans.end() && std::size_t{span->begin} + span->size <= place.begin + place.size; ++span) {
      add(line.begin + span->begin - place.begin, *span);
    }
    return true;
  }

  void search(const Line& line) {
    const std::string_view text = std::string_view(out_.text).substr(line.begin, line.size);
    std::vector<std::pair<std::size_t, const Span*>> found;
    for (const auto& [pseudonym, span] : known_) {
      for (std::size_t at = text.find(pseudonym); at != text.npos; at = text.find(pseudonym, at + pseudonym.size())) {
        found.emplace_back(at, span);
      }
    }
    std::ranges::sort(found, [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : a.second->size > b.second->size;
    });
    std::size_t end = 0;
    for (const auto& [at, span] : found) {
      if (at < end) continue;
      add(line.begin + at, *span);
      end = at + span->size;
    }
  }

  void add(std::size_t at, const Span& like) {
    Span span = like;
    span.begin = static_cast<std::uint32_t>(at);
    out_.spans.push_back(std::move(span));
  }

  const RedactedText& old_;
  RedactedText out_;
  std::map<std::string_view, std::deque<Line>> places_;
  std::map<std::string_view, const Span*> known_;
};

}  // namespace

RedactedText carry_spans(const RedactedText& old, std::string text) {
  if (old.text == text) return old;
  return Carrier(old, std::move(text)).run();
}

}  // namespace cvr::exporters
