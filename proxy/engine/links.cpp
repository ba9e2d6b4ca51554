#include "engine/links.h"

#include <algorithm>

namespace cvr::engine {
namespace {

bool ends_origin(std::string_view rest) {
  if (rest.empty()) return true;
  const char c = rest.front();
  const bool continues = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
                         c == '-' || c == '_' || c == ':' || c == '@' || c == '%';
  return !continues;
}

// The same where an origin is percent-coded: "%3a" begins a port, "%2e" goes on with the host ...
bool ends_coded_origin(std::string_view rest) {
  if (!rest.starts_with('%')) return ends_origin(rest);
  const std::string code = http::to_lower(rest.substr(1, 2));
  return code == "2f" || code == "3f" || code == "23" || code == "22" || code == "26" || code == "5c" || code == "20";
}

std::string replace_origin(std::string_view text, std::string_view from, std::string_view to,
                           bool (*ends)(std::string_view) = ends_origin) {
  std::string out;
  for (;;) {
    const auto found = std::search(text.begin(), text.end(), from.begin(), from.end(), [](char a, char b) {
      return a == b || (a >= 'A' && a <= 'Z' && a + 32 == b);  // scheme and host have no case
    });
    if (found == text.end()) break;
    const std::size_t at = static_cast<std::size_t>(found - text.begin());
    const std::string_view rest = text.substr(at + from.size());
    out += text.substr(0, at);
    out += ends(rest) ? to : text.substr(at, from.size());
    text = rest;
  }
  out += text;
  return out;
}

std::string json_escaped(std::string_view origin) {
  std::string out;
  for (const char c : origin) {
    if (c == '/') out += '\\';
    out += c;
  }
  return out;
}

// "https%3A%2F%2Fhost" (RFC 3986 section 2.1: in upper case).
std::string percent_coded(std::string_view origin) {
  std::string out;
  for (const char c : origin) {
    if (c == ':') {
      out += "%3A";
    } else if (c == '/') {
      out += "%2F";
    } else {
      out += c;
    }
  }
  return out;
}

// Of a query or a form.
std::string map_pairs(std::string_view text, const LinkMap& map) {
  return replace_origin(replace_origin(text, map.from, map.to), http::to_lower(percent_coded(map.from)),
                        percent_coded(map.to), ends_coded_origin);
}

bool names_a_page(std::string_view name) {
  for (const std::string_view known : {"referer", "origin", "destination"}) {
    if (http::equals_ignoring_case(name, known)) return true;
  }
  return false;
}

bool is_form(std::string_view content_type) {
  return http::to_lower(content_type).starts_with("application/x-www-form-urlencoded");
}

}  // namespace

void map_back(http::Request& request, const LinkMap& links) {
  const LinkMap back{links.to, links.from};
  const std::string_view type = http::value_of(request.fields, "content-type");
  if (has_mappable_body(type)) {
    request.body = map_links(request.body, back);
  } else if (is_form(type)) {
    request.body = map_pairs(request.body, back);
  }
  if (!request.query.empty()) request.query = map_pairs(request.query, back);
  for (http::Field& field : request.fields) {
    if (names_a_page(field.name)) field.value = map_links(field.value, back);
  }
}

std::string map_links(std::string_view text, const LinkMap& map) {
  return replace_origin(replace_origin(text, map.from, map.to), json_escaped(map.from), json_escaped(map.to));
}

bool has_mappable_body(std::string_view content_type) {
  const std::string type = http::to_lower(content_type.substr(0, content_type.find(';')));
  // Lines that come one by one are not held back.
  for (const std::string_view streamed : {"ndjson", "jsonl", "json-seq", "json-lines", "stream+json"}) {
    if (type.find(streamed) != std::string::npos) return false;
  }
  return type.find("json") != std::string::npos;
}

bool is_link_header(std::string_view name) {
  for (const std::string_view known : {"location", "content-location", "link", "refresh"}) {
    if (http::equals_ignoring_case(name, known)) return true;
  }
  return false;
}

}  // namespace cvr::engine
