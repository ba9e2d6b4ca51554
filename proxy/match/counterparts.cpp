#include "match/counterparts.h"

#include <algorithm>
#include <set>
#include <vector>

#include "base/escape.h"
#include "match/pieces.h"

namespace cvr::match {
namespace {

struct Slice {
  std::size_t begin, end;
};

std::vector<Slice> slices(const RedactedText& text, char between) {
  std::vector<Slice> out;
  for (std::size_t at = 0; at <= text.text.size();) {
    const std::size_t end = std::min(text.text.find(between, at), text.text.size());
    out.push_back({at, end});
    at = end + 1;
  }
  return out;
}

bool has_plain(const RedactedText& text, Slice slice) {
  bool plain = false;
  for_each_piece(text, slice.begin, slice.end, [&](std::string_view) { plain = true; }, [](std::string_view, Kind) {});
  return plain;
}

bool is_hidden(const RedactedText& text, Slice slice) { return has_pseudonym(text, slice.begin, slice.end); }

// `hidden`: in order, apart from one another.
void leave_out(RedactedText& text, const std::vector<Slice>& hidden) {
  if (hidden.empty()) return;
  RedactedText out;
  std::size_t at = 0;
  const auto copy = [&](std::size_t end) {
    for (auto span = first_span(text, at); span != text.spans.end() && span->begin < end; ++span) {
      if (span->begin < at || std::size_t{span->begin} + span->size > end) continue;
      Span moved = *span;
      moved.begin = static_cast<std::uint32_t>(out.text.size() + span->begin - at);
      out.spans.push_back(std::move(moved));
    }
    out.text.append(text.text, at, end - at);
    at = end;
  };
  for (const Slice& slice : hidden) {
    copy(slice.begin);
    out.text += kNotShown;
    at = slice.end;
  }
  copy(text.text.size());
  text = std::move(out);
}

void hide_segments(RedactedText& asked, const RedactedText& recorded) {
  if (recorded.spans.empty()) return;
  const std::vector<Slice> mine = slices(asked, '/');
  const std::vector<Slice> theirs = slices(recorded, '/');
  std::vector<Slice> hidden;
  for (std::size_t i = 0; i < mine.size(); ++i) {
    const std::size_t back = mine.size() - i;  // from the end
    const bool beside = (i < theirs.size() && is_hidden(recorded, theirs[i])) ||
                        (back <= theirs.size() && is_hidden(recorded, theirs[theirs.size() - back]));
    if (beside && has_plain(asked, mine[i])) hidden.push_back(mine[i]);
  }
  leave_out(asked, hidden);
}

std::string name_of(const RedactedText& text, Slice& pair) {
  const std::size_t equals = std::min(text.text.find('=', pair.begin), pair.end);
  std::string name = percent_decode(std::string_view(text.text).substr(pair.begin, equals - pair.begin), true);
  pair.begin = std::min(equals + 1, pair.end);
  return name;
}

void hide_values(RedactedText& asked, const RedactedText& recorded) {
  if (recorded.spans.empty()) return;
  std::set<std::string> names;
  for (Slice pair : slices(recorded, '&')) {
    std::string name = name_of(recorded, pair);
    if (is_hidden(recorded, pair)) names.insert(std::move(name));
  }
  std::vector<Slice> hidden;
  for (Slice pair : slices(asked, '&')) {
    if (names.contains(name_of(asked, pair)) && has_plain(asked, pair)) hidden.push_back(pair);
  }
  leave_out(asked, hidden);
}

}  // namespace

RedactedRequest shown_beside(RedactedRequest asked, const RedactedRequest& recorded) {
  hide_segments(asked.path, recorded.path);
  hide_values(asked.query, recorded.query);
  return asked;
}

}  // namespace cvr::match
