#include "redact/guesses.h"

#include <algorithm>

#include "redact/meaning.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMostPlaces = 8;

struct Stretch {
  bool query = false;
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool is_marked(const RedactedText& text, std::size_t begin, std::size_t end) {
  return std::ranges::any_of(
      text.spans, [&](const Span& span) { return span.begin < end && begin < span.begin + std::size_t{span.size}; });
}

void find_stretches(const RedactedText& text, std::string_view separators, bool query, std::vector<Stretch>& found) {
  for (std::size_t begin = 0; begin < text.text.size();) {
    const std::size_t end = std::min(text.text.find_first_of(separators, begin), text.text.size());
    const std::string_view all = std::string_view(text.text).substr(begin, end - begin);
    const std::size_t name = query ? all.find('=') : all.npos;
    const std::size_t from = begin + (name == all.npos ? 0 : name + 1);
    const std::string_view value = std::string_view(text.text).substr(from, end - from);
    if (is_token_shaped(value) && !is_marked(text, from, end)) found.push_back({query, from, end});
    begin = end + 1;
  }
}

// Replaced from the back, so that offsets before stay.
RedactedRequest marked(const RedactedRequest& live, std::vector<Stretch> stretches, const Pseudonyms& pseudonyms) {
  RedactedRequest out = live;
  std::ranges::reverse(stretches);
  for (const Stretch& stretch : stretches) {
    RedactedText& text = stretch.query ? out.query : out.path;
    const std::string by =
        pseudonyms.of(std::string_view(text.text).substr(stretch.begin, stretch.end - stretch.begin));
    text.text.replace(stretch.begin, stretch.end - stretch.begin, by);
    const auto grown = static_cast<std::uint32_t>(by.size() - (stretch.end - stretch.begin));
    const auto next = std::ranges::find_if(text.spans, [&](const Span& span) { return span.begin > stretch.begin; });
    for (auto span = next; span != text.spans.end(); ++span) span->begin += grown;
    text.spans.insert(next, {static_cast<std::uint32_t>(stretch.begin), static_cast<std::uint32_t>(by.size()),
                             Kind::kToken, "guess"});
  }
  return out;
}

}  // namespace

std::vector<RedactedRequest> guesses(const RedactedRequest& live, const Pseudonyms& pseudonyms) {
  std::vector<Stretch> all;
  find_stretches(live.path, "/;", false, all);
  find_stretches(live.query, "&;", true, all);
  if (all.size() > kMostPlaces) all.resize(kMostPlaces);
  std::vector<RedactedRequest> out;
  for (const Stretch& one : all) out.push_back(marked(live, {one}, pseudonyms));
  if (all.size() > 1) out.push_back(marked(live, all, pseudonyms));
  return out;
}

}  // namespace cvr::redact
