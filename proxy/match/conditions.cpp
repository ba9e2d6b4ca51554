#include "match/conditions.h"

#include <algorithm>

#include "cvr/matcher.h"

namespace cvr::match {

bool is_condition(std::string_view name) {
  switch (name.size()) {
    case 5:
      return http::equals_ignoring_case(name, "range");
    case 8:
      return http::equals_ignoring_case(name, "if-range");
    case 13:
      return http::equals_ignoring_case(name, "if-none-match");
    case 17:
      return http::equals_ignoring_case(name, "if-modified-since");
    default:
      return false;
  }
}

bool has_conditions(const RedactedRequest& request) {
  return (request.method == "GET" || request.method == "HEAD") &&
         std::ranges::any_of(request.fields, [](const RedactedField& field) { return is_condition(field.name.text); });
}

std::optional<RedactedRequest> without_conditions(const RedactedRequest& request) {
  if (!has_conditions(request)) return std::nullopt;
  RedactedRequest out = request;
  std::erase_if(out.fields, [](const RedactedField& field) { return is_condition(field.name.text); });
  return out;
}

}  // namespace cvr::match
