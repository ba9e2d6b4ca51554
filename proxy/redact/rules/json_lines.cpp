#include <algorithm>
#include <utility>

#include "redact/rules.h"

namespace cvr::redact {
namespace {

constexpr char kRecordSeparator = '\x1e';

}  // namespace

// One JSON text a line, or after each record separator (RFC 7464).
Result<void> collect_json_lines(std::string_view text, const MediaType& type, Context& context, Edits& edits) {
  const bool outer = std::exchange(context.in_lines, true);
  const char border = text.starts_with(kRecordSeparator) ? kRecordSeparator : '\n';
  Result<void> done;
  for (std::size_t begin = 0; begin < text.size() && done;) {
    const std::size_t end = std::min(text.find(border, begin), text.size());
    const std::size_t before = edits.size();
    done = collect_json(text.substr(begin, end - begin), type, context, edits);
    move_on(edits, before, begin);
    begin = end + 1;
  }
  context.in_lines = outer;
  return done;
}

}  // namespace cvr::redact
