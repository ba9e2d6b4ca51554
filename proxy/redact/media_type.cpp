#include "redact/media_type.h"

#include <algorithm>
#include <cstdint>

#include "cvr/http.h"

namespace cvr::redact {
namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool looks_like_text(std::string_view bytes) {
  const std::string_view sample = bytes.substr(0, 4096);
  return std::ranges::none_of(sample, [](char c) {
    const auto byte = static_cast<std::uint8_t>(c);
    return byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte != 0x1b);
  });
}

bool looks_like_markup(std::string_view bytes) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = bytes.find_first_not_of(kSpace);
  if (first == bytes.npos || bytes[first] != '<' || !looks_like_text(bytes)) return false;
  return bytes[bytes.find_last_not_of(kSpace)] == '>';
}

// name=value&..., of characters that need no escape.
bool looks_like_form(std::string_view bytes) {
  const std::size_t equals = bytes.find('=');
  const bool named = equals != bytes.npos && equals > 0 && bytes.find('&') > equals;
  return named && std::ranges::all_of(bytes, [](char c) { return c > 0x20 && c < 0x7f && c != '"' && c != '<'; });
}

bool is_generic(std::string_view essence) {
  return essence.empty() || essence.starts_with("text/plain") || essence == "application/octet-stream" ||
         essence == "application/unknown" || essence == "binary/octet-stream";
}

}  // namespace

MediaType parse_media_type(std::string_view value) {
  MediaType type;
  const std::size_t semicolon = std::min(value.find(';'), value.size());
  type.essence = http::to_lower(trim(value.substr(0, semicolon)));
  if (type.essence.find('/') == std::string::npos) type.essence.clear();
  for (std::size_t at = semicolon; at < value.size();) {
    ++at;
    const std::size_t equals = value.find('=', at);
    if (equals == value.npos) break;
    const std::string name = http::to_lower(trim(value.substr(at, equals - at)));
    std::string parameter;
    at = equals + 1;
    if (at < value.size() && value[at] == '"') {
      for (++at; at < value.size() && value[at] != '"'; ++at) {
        if (value[at] == '\\' && at + 1 < value.size()) ++at;
        parameter += value[at];
      }
      at = std::min(value.find(';', std::min(at, value.size())), value.size());
    } else {
      const std::size_t end = std::min(value.find(';', at), value.size());
      parameter = trim(value.substr(at, end - at));
      at = end;
    }
    if (name == "charset" && type.charset.empty()) type.charset = http::to_lower(parameter);
    if (name == "boundary" && type.boundary.empty()) type.boundary = parameter;
  }
  return type;
}

bool looks_like_json(std::string_view bytes) {
  constexpr std::string_view kSpace = " \t\r\n";
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  const std::size_t first = bytes.find_first_not_of(kSpace);
  if (first == bytes.npos) return false;
  const char open = bytes[first];
  const char close = bytes[bytes.find_last_not_of(kSpace)];
  return (open == '{' && close == '}') || (open == '[' && close == ']');
}

BodyForm form_of_body(const MediaType& type, std::string_view bytes) {
  const std::string_view e = type.essence;
  if (e == "application/json" || e.ends_with("+json") || e == "text/json" || e == "application/x-json")
    return BodyForm::kJson;
  if (e == "application/x-ndjson" || e == "application/ndjson" || e == "application/jsonl" ||
      e == "application/x-jsonlines" || e == "application/json-seq" || e.ends_with("+json-seq")) {
    return BodyForm::kJsonLines;
  }
  if (e == "text/event-stream") return BodyForm::kEvents;
  if (e == "application/x-www-form-urlencoded") return BodyForm::kForm;
  if (e.starts_with("multipart/")) return BodyForm::kMultipart;
  if (is_generic(e)) {
    if (looks_like_json(bytes)) return BodyForm::kJson;
    if (bytes.starts_with("\x1e{") || bytes.starts_with("\x1e[")) return BodyForm::kJsonLines;
    if (looks_like_markup(bytes)) return BodyForm::kMarkup;
    if (e.empty() && looks_like_form(bytes)) return BodyForm::kForm;
    return looks_like_text(bytes) ? BodyForm::kText : BodyForm::kBinary;
  }
  if (e == "text/html" || e == "application/xml" || e == "text/xml" || e.ends_with("+xml")) return BodyForm::kMarkup;
  if (e.starts_with("text/") || e == "application/javascript" || e == "application/x-javascript" ||
      e == "application/graphql" || e == "application/jwt" || e.ends_with("yaml") || e.ends_with("toml")) {
    return BodyForm::kText;
  }
  if (e.starts_with("image/") || e.starts_with("audio/") || e.starts_with("video/") || e.starts_with("font/")) {
    return looks_like_json(bytes) && looks_like_text(bytes) ? BodyForm::kJson : BodyForm::kBinary;
  }
  if (looks_like_json(bytes)) return BodyForm::kJson;
  return looks_like_text(bytes) ? BodyForm::kText : BodyForm::kBinary;
}

}  // namespace cvr::redact
