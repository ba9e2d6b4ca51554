#include "redact/cookies.h"

#include <algorithm>

namespace cvr::redact {
namespace {

// One "name=value", or a bare value, in [begin, end) of `text`.
void collect_pair(std::string_view text, std::size_t begin, std::size_t end, std::string_view rule, Context& context,
                  Edits& edits) {
  while (begin < end && (text[begin] == ' ' || text[begin] == '\t')) ++begin;
  while (end > begin && (text[end - 1] == ' ' || text[end - 1] == '\t')) --end;
  const std::size_t equals = text.substr(0, end).find('=', begin);
  std::size_t from = equals == text.npos ? begin : equals + 1;
  const auto kind = context.names.in_cookie(text.substr(begin, equals == text.npos ? 0 : equals - begin));
  if (!kind) return;
  if (end - from >= 2 && text[from] == '"' && text[end - 1] == '"') {
    ++from;
    --end;
  }
  context.masker.add_credential(
      edits, from, text.substr(from, end - from),
      has_view(text.substr(from, end - from), View::kPercent) ? std::optional(View::kPercent) : std::nullopt, *kind,
      rule, Place::kCookie);
}

}  // namespace

void collect_cookie(std::string_view value, Context& context, Edits& edits) {
  for (std::size_t begin = 0; begin < value.size();) {
    const std::size_t end = std::min(value.find(';', begin), value.size());
    collect_pair(value, begin, end, "cookie", context, edits);
    begin = end + 1;
  }
}

void collect_set_cookie(std::string_view value, Context& context, Edits& edits) {
  collect_pair(value, 0, std::min(value.find(';'), value.size()), "set-cookie", context, edits);
}

}  // namespace cvr::redact
