#include "match/walk.h"

#include <algorithm>

#include "base/escape.h"
#include "match/json_walk.h"
#include "match/normal_text.h"

namespace cvr::match {
namespace {

const RedactedField* find_field(const RedactedRequest& request, std::string_view name) {
  for (const RedactedField& field : request.fields) {
    if (http::equals_ignoring_case(field.name.text, name)) return &field;
  }
  return nullptr;
}

bool is_volatile(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& n) { return http::equals_ignoring_case(n, name); });
}

// "a=1&b=2": pairs in order.  A name without '=' has an empty value, as everywhere on the web.
void walk_pairs(const RedactedText& text, const std::vector<std::string>& volatile_names, Visitor& visitor) {
  NormalText normal;
  const std::string_view bytes = text.text;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('&', at), bytes.size());
    const std::size_t equals = std::min(bytes.find('=', at), end);
    if (end > at) {
      const std::string name = percent_decode(bytes.substr(at, equals - at), true);
      if (!is_volatile(volatile_names, name)) {
        visitor.enter_key(normal.of(text, at, equals, percent_decoded).by_kind);
        visitor.leaf(normal.of(text, std::min(equals + 1, end), end, percent_decoded));
        visitor.leave();
      }
    }
    at = end + 1;
  }
}

std::string media_type(const RedactedRequest& request) {
  const RedactedField* field = find_field(request, "content-type");
  if (field == nullptr) return {};
  std::string type = http::to_lower(std::string_view(field->value.text).substr(0, field->value.text.find(';')));
  while (type.ends_with(' ')) type.pop_back();
  return type;
}

bool looks_like_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

}  // namespace

void walk_path(const RedactedRequest& request, Visitor& visitor) {
  NormalText normal;
  visitor.leaf(normal.of(request.path, 0, request.path.text.size(), path_normalised));
}

void walk_query(const RedactedRequest& request, const MatchRules& rules, Visitor& visitor) {
  walk_pairs(request.query, rules.volatile_query, visitor);
}

void walk_credentials(const RedactedRequest& request, const MatchRules& rules, Visitor& visitor) {
  for (const std::string& name : rules.credential_headers) {
    const RedactedField* field = find_field(request, name);
    if (field == nullptr) continue;
    // By kind only the presence counts, and the scheme: a dummy credential need not look like one.
    const std::string_view value = field->value.text;
    const std::size_t space = value.find(' ');
    const bool has_scheme = (name == "authorization" || name == "proxy-authorization") && space != std::string_view::npos;
    const std::string scheme = has_scheme ? http::to_lower(value.substr(0, space)) : std::string();
    visitor.enter_key(name);
    visitor.leaf({value, scheme});
    visitor.leave();
  }
}

BodyForm walk_body(const RedactedRequest& request, const MatchRules& rules, Visitor& visitor) {
  const RedactedBody& body = request.body;
  if (body.omitted) {
    const std::string identity = std::to_string(body.wire_size) + ':' + body.digest;
    visitor.leaf({identity, identity});
    return BodyForm::kOmitted;
  }
  const RedactedText& content = body.content;
  if (content.text.empty()) return BodyForm::kNone;
  const std::string type = media_type(request);
  const bool json = type.empty() ? looks_like_json(content.text) : type.find("json") != std::string::npos;
  if (json && is_json(content.text)) {
    walk_json(content, rules, visitor);
    return BodyForm::kJson;
  }
  if (type == "application/x-www-form-urlencoded") {
    walk_pairs(content, rules.volatile_form, visitor);
    return BodyForm::kForm;
  }
  NormalText normal;
  visitor.leaf(normal.of(content, 0, content.text.size(), type.starts_with("multipart/") ? boundary_normalised : unchanged));
  return BodyForm::kBytes;
}

}  // namespace cvr::match
