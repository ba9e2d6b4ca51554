#include <algorithm>

#include "cvr/http.h"

namespace cvr::http {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

std::string_view to_string(Scheme scheme) { return scheme == Scheme::kHttp ? "http" : "https"; }
std::uint16_t default_port(Scheme scheme) { return scheme == Scheme::kHttp ? 80 : 443; }

bool is_safe(std::string_view method) {
  return method == "GET" || method == "HEAD" || method == "OPTIONS" || method == "TRACE";
}

std::string to_string(const Origin& origin) {
  std::string text(to_string(origin.scheme));
  text += "://";
  const bool v6 = origin.host.find(':') != std::string::npos;
  if (v6) text += '[';
  text += origin.host;
  if (v6) text += ']';
  if (origin.port != default_port(origin.scheme)) text += ':' + std::to_string(origin.port);
  return text;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string to_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower(c);
  return out;
}

const Field* find(const Fields& fields, std::string_view name) {
  for (const Field& field : fields) {
    if (equals_ignoring_case(field.name, name)) return &field;
  }
  return nullptr;
}

std::string_view value_of(const Fields& fields, std::string_view name) {
  const Field* field = find(fields, name);
  return field == nullptr ? std::string_view() : std::string_view(field->value);
}

std::string target_of(const Request& request) {
  return request.has_query ? request.path + '?' + request.query : request.path;
}

std::string url_of(const Request& request) {
  return to_string(request.origin) + (request.path == "*" ? "/*" : target_of(request));
}

}  // namespace cvr::http
