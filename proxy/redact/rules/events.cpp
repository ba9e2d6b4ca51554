// Event streams (WHATWG HTML section 9.2): the data of each event, its lines joined as the client joins
// them, is read as JSON when it looks like JSON, else as text.
#include <algorithm>
#include <utility>

#include "redact/leaf.h"
#include "redact/rules.h"

namespace cvr::redact {
namespace {

struct Line {
  std::size_t begin = 0;  // of its payload
  std::size_t end = 0;
};

// The data of one event as one text, and where each of its lines came from.
class Event {
 public:
  void add(std::string_view text, Line line) {
    if (!lines_.empty()) data_ += '\n';
    lines_.push_back({line, data_.size()});
    data_ += text.substr(line.begin, line.end - line.begin);
  }
  void name(std::string_view name) { name_ = name; }

  Result<void> collect(const MediaType& type, Context& context, Edits& edits) {
    const std::string_view name = std::exchange(name_, {});
    if (lines_.empty()) return {};
    Edits found;
    Result<void> done = looks_like_json(data_) ? collect_json(data_, type, context, found) : Result<void>();
    // "event: token": its data is one, unless it is a word of a stream of words.
    const auto named = context.names.find_json(name, {});
    if (named && !is_oauth(named->guard) && !looks_like_json(data_) &&
        admits({named->kind, Guard::kMixed, named->general}, name, data_)) {
      collect_named(*named, name, data_, 0, {}, "event.name", Place::kText, context, found);
    } else if (!done || !looks_like_json(data_)) {
      found.clear();
      done = collect_text(data_, type, context, found);
    }
    for (Edit& edit : found) {
      // A value over several lines is replaced in the first; the others lose their part.
      bool first = true;
      for (const auto& [line, at] : lines_) {
        const std::size_t begin = std::max(edit.begin, at);
        const std::size_t end = std::min(edit.end, at + line.end - line.begin);
        if (begin >= end) continue;
        Edit part = edit;
        part.begin = line.begin + begin - at;
        part.end = line.begin + end - at;
        if (!first) part.text = "...";
        first = false;
        edits.push_back(std::move(part));
      }
    }
    data_.clear();
    lines_.clear();
    return done;
  }

 private:
  struct Placed {
    Line line;
    std::size_t at;  // in data_
  };
  std::string_view name_;
  std::string data_;
  std::vector<Placed> lines_;
};

}  // namespace

Result<void> collect_events(std::string_view text, const MediaType& type, Context& context, Edits& edits) {
  Event event;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    if (line.empty()) {
      if (auto done = event.collect(type, context, edits); !done) return done;
    } else if (line.starts_with("event:")) {
      event.name(line.substr(line.starts_with("event: ") ? 7 : 6));
    } else if (line.starts_with("data:")) {
      event.add(text, {begin + (line.starts_with("data: ") ? 6 : 5), end});
    }
    begin = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
  }
  return event.collect(type, context, edits);
}

}  // namespace cvr::redact
