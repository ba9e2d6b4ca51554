// A request in which only credentials count by kind.
#include "cvr/matcher.h"
#include "match/pieces.h"

namespace cvr::match {
namespace {

bool is_value(const Span& span) { return class_of(span.kind) != class_of(Kind::kToken); }

bool has_values(const RedactedText& text) { return std::ranges::any_of(text.spans, is_value); }

void keep_values(RedactedText& text) { std::erase_if(text.spans, is_value); }

}  // namespace

std::optional<RedactedRequest> with_values(const RedactedRequest& request) {
  if (!has_values(request.path) && !has_values(request.query) && !has_values(request.body.content)) {
    return std::nullopt;
  }
  RedactedRequest out = request;
  keep_values(out.path);
  keep_values(out.query);
  keep_values(out.body.content);
  return out;
}

}  // namespace cvr::match
