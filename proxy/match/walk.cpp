#include "match/walk.h"

#include <algorithm>

#include "match/conditions.h"
#include "match/json_walk.h"
#include "match/multipart.h"
#include "match/normal_text.h"
#include "match/pieces.h"
#include "match/value_rules.h"

namespace cvr::match {
namespace {

struct PairRules {
  const std::vector<std::string>& volatile_names;
  const std::vector<ValueRule>& named;
  How rest = How::kDefault;
};

// "a=1&b=2".  A name without '=' has an empty value and empty pairs are no pairs, as everywhere on
// the web (WHATWG URL section 5.1).
void walk_pairs(const RedactedText& text, const PairRules& rules, Visitor& visitor) {
  NormalText normal;
  std::string buffer;
  const std::string_view bytes = text.text;
  const bool ordered = rules.rest == How::kExact;
  visitor.begin(ordered ? Shape::kArray : Shape::kPairs);
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('&', at), bytes.size());
    const std::size_t equals = at + std::min(bytes.substr(at, end - at).find('='), end - at);
    if (end > at) {
      const Leaf name = normal.of(text, at, equals, kPairText);
      const Comparison* rule = rules.named.empty() ? nullptr : rule_for(rules.named, name.exact);
      const How how = rule != nullptr ? rule->how : rules.rest;
      if (how == How::kAny) {
        visitor.loosened();
      } else if (rule != nullptr || !is_listed(rules.volatile_names, name.exact)) {
        ordered ? visitor.leaf(name) : visitor.name(name);
        const Leaf value = normal.of(text, std::min(equals + 1, end), end, kPairText);
        visitor.leaf(rule != nullptr ? compared_by(*rule, value, buffer) : value);
        if (rule != nullptr && how != How::kExact) visitor.loosened();
      }
    }
    at = end + 1;
  }
  visitor.end();
}

std::string_view content_type(const RedactedRequest& request) {
  for (const RedactedField& field : request.fields) {
    if (http::equals_ignoring_case(field.name.text, "content-type")) return field.value.text;
  }
  return {};
}

std::string_view media_type(std::string_view content_type) {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
  return type;
}

bool is_json_type(std::string_view type) {
  constexpr std::string_view kSuffix = "+json";  // RFC 6839 section 3.1
  const bool suffixed =
      type.size() > kSuffix.size() && http::equals_ignoring_case(type.substr(type.size() - kSuffix.size()), kSuffix);
  return suffixed || http::equals_ignoring_case(type, "application/json") ||
         http::equals_ignoring_case(type, "text/json");
}

bool looks_like_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

// How a body counts by itself.
BodyAs sort_of(std::string_view content_type, std::string_view content) {
  const std::string_view type = media_type(content_type);
  if (type.empty() ? looks_like_json(content) : is_json_type(type)) return BodyAs::kJson;
  if (http::equals_ignoring_case(type, "application/x-www-form-urlencoded")) return BodyAs::kForm;
  return http::equals_ignoring_case(type.substr(0, 10), "multipart/") ? BodyAs::kMultipart : BodyAs::kExact;
}

void walk_bytes(const RedactedText& content, Visitor& visitor) {
  NormalText normal;
  visitor.leaf(normal.of(content, 0, content.text.size(), kAsIs));
}

bool takes_scheme(std::string_view name) { return name == "authorization" || name == "proxy-authorization"; }

// What counts of a credential by kind: the word before the first space of an Authorization, lower
// case, when there is one that is no pseudonym; else that it is there.
std::string kind_of_credential(std::string_view name, const RedactedText& value) {
  const std::size_t space = takes_scheme(name) ? value.text.find(' ') : std::string::npos;
  if (space == std::string::npos || has_pseudonym(value, 0, space)) return "present";
  return http::to_lower(std::string_view(value.text).substr(0, space));
}

}  // namespace

bool is_listed(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [name](const std::string& n) {
    return n.size() == name.size() && http::equals_ignoring_case(n, name);
  });
}

Leaf path_leaf(const RedactedRequest& request, NormalText& buffers) {
  return buffers.of(request.path, 0, request.path.text.size(), kPathText);
}

void walk_path(const Leaf& path, const PartRules& parts, Visitor& visitor) {
  if (parts.path.how == How::kAny) return visitor.loosened();
  std::string buffer;
  visitor.leaf(compared_by(parts.path, path, buffer));
  if (parts.path.how != How::kDefault) visitor.loosened();
}

void walk_query(const RedactedRequest& request, const MatchRules& rules, const PartRules& parts, Visitor& visitor) {
  walk_pairs(request.query, {rules.volatile_query, parts.query_names, parts.query.how}, visitor);
}

void walk_headers(const RedactedRequest& request, const PartRules& parts, Visitor& visitor) {
  const bool conditions = has_conditions(request);
  if (parts.headers.empty() && !conditions) return;
  std::string buffer;
  visitor.begin(Shape::kPairs);
  for (const RedactedField& field : request.fields) {
    if (!conditions || !is_condition(field.name.text)) continue;
    if (rule_for(parts.headers, field.name.text) != nullptr) continue;  // counts by that rule
    const std::string name = http::to_lower(field.name.text);
    visitor.name({name, name});
    const bool hidden = has_pseudonym(field.value, 0, field.value.text.size());
    visitor.leaf({field.value.text, hidden ? std::string_view("hidden") : std::string_view(field.value.text)});
  }
  for (const ValueRule& rule : parts.headers) {
    for (const RedactedField& field : request.fields) {
      if (field.name.text.size() != rule.name.size() || !http::equals_ignoring_case(field.name.text, rule.name))
        continue;
      if (is_condition(rule.name) && rule.comparison.how != How::kDefault && rule.comparison.how != How::kExact) {
        visitor.loosened();
      }
      if (rule.comparison.how == How::kAny) continue;
      visitor.name({rule.name, rule.name});
      visitor.leaf(compared_by(rule.comparison, {field.value.text, field.value.text}, buffer));
    }
  }
  visitor.end();
}

void walk_credentials(const RedactedRequest& request, const MatchRules& rules, const PartRules& parts,
                      Visitor& visitor) {
  if (parts.any_credentials) return visitor.loosened();
  visitor.begin(Shape::kPairs);
  for (const std::string& name : rules.credential_headers) {
    const Comparison* rule = parts.headers.empty() ? nullptr : rule_for(parts.headers, name);
    for (const RedactedField& field : request.fields) {
      if (field.name.text.size() != name.size() || !http::equals_ignoring_case(field.name.text, name)) continue;
      if (rule != nullptr) {  // counts by that rule
        if (rule->how != How::kDefault && rule->how != How::kExact) visitor.loosened();
        continue;
      }
      visitor.name({name, name});
      visitor.leaf({field.value.text, kind_of_credential(name, field.value)});
    }
  }
  visitor.end();
}

BodyForm walk_body(const RedactedRequest& request, const MatchRules& rules, const PartRules& parts, Visitor& visitor) {
  const RedactedBody& body = request.body;
  if (parts.body == BodyAs::kAny) {
    visitor.loosened();
    return BodyForm::kNone;
  }
  if (body.omitted) {
    const std::string identity = std::to_string(body.wire_size) + " bytes, digest " + body.digest;
    visitor.leaf({identity, identity});
    return BodyForm::kOmitted;
  }
  const RedactedText& content = body.content;
  if (content.text.empty()) return BodyForm::kNone;
  const std::string_view full_type = content_type(request);
  switch (parts.body == BodyAs::kAuto ? sort_of(full_type, content.text) : parts.body) {
    case BodyAs::kJson:
      if (walk_json(content, rules, parts, visitor)) return BodyForm::kJson;
      visitor.restart();
      break;
    case BodyAs::kForm:
      walk_pairs(content, {rules.volatile_form, parts.form_names}, visitor);
      return BodyForm::kForm;
    case BodyAs::kMultipart:
      if (const std::string_view boundary = boundary_of(full_type); !boundary.empty()) {
        walk_bytes(without_boundary(content, boundary), visitor);
        return BodyForm::kBytes;
      }
      break;
    default:
      break;
  }
  walk_bytes(content, visitor);
  return BodyForm::kBytes;
}

}  // namespace cvr::match
