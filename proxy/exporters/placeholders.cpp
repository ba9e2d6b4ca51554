#include "exporters/placeholders.h"

namespace cvr::exporters {
namespace {

constexpr std::size_t kMostNames = 100'000;
constexpr std::size_t kLongestName = 60;

bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// A name that every shell takes.
std::string variable_name(std::string_view name) {
  std::string out;
  for (const char c : name.substr(0, kLongestName)) {
    out += !is_alphanumeric(c) ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  }
  if (out.empty() || (out[0] >= '0' && out[0] <= '9')) out.insert(0, "_");
  return out;
}

// The name in front of a value: `client_secret=`, `"apiToken": "`.  Empty: none.
std::string_view name_before(std::string_view text, bool colons) {
  const auto drop = [&text](std::string_view set) {
    while (!text.empty() && set.contains(text.back())) text.remove_suffix(1);
  };
  drop(colons ? "\" \t\r\n" : "\"");
  if (!text.ends_with('=') && !(colons && text.ends_with(':'))) return {};
  text.remove_suffix(1);
  drop("\" \t");
  std::size_t begin = text.size();
  while (begin > 0 && (is_alphanumeric(text[begin - 1]) || text[begin - 1] == '_' || text[begin - 1] == '-')) --begin;
  return text.substr(begin);
}

}  // namespace

bool is_credential(Kind kind) {
  switch (kind) {
    case Kind::kToken:
    case Kind::kJwt:
    case Kind::kUuid:
    case Kind::kPassword:
    case Kind::kUser:
    case Kind::kCookie:
    case Kind::kSignature:
      return true;
    default:
      return false;
  }
}

std::string Placeholders::name_of(std::string_view base, std::string_view pseudonym) {
  if (const auto known = names_.find(pseudonym); known != names_.end()) return known->second;
  std::string name = variable_name(base);
  if (names_.size() >= kMostNames) return name;
  if (const int times = ++taken_[name]; times > 1) name += "_" + std::to_string(times);
  names_.emplace(pseudonym, name);
  return name;
}

std::vector<Placeholders::Part> Placeholders::split(const RedactedText& text, From from, std::string_view source) {
  std::vector<Part> parts;
  const std::string_view bytes = text.text;
  std::size_t at = 0;
  for (const Span& span : text.spans) {
    if (!is_credential(span.kind)) continue;
    if (span.begin > at) parts.push_back({bytes.substr(at, span.begin - at), {}});
    const std::string_view near = name_before(bytes.substr(0, span.begin), from == From::kBody);
    std::string base(source);
    if (!near.empty()) base = from == From::kHeader ? base + "_" + std::string(near) : std::string(near);
    parts.push_back({{}, name_of(base, bytes.substr(span.begin, span.size))});
    at = std::size_t{span.begin} + span.size;
  }
  if (at < bytes.size()) parts.push_back({bytes.substr(at), {}});
  return parts;
}

}  // namespace cvr::exporters
