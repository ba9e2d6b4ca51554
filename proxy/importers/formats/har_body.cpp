#include "importers/formats/har_body.h"

#include <algorithm>

#include "base/base64.h"
#include "base/escape.h"
#include "cvr/http.h"
#include "importers/json_reader.h"

namespace cvr::importers {
namespace {

constexpr std::size_t kMostType = 256;

std::uint64_t known_size(std::optional<std::int64_t> size) {
  return size && *size > 0 ? static_cast<std::uint64_t>(*size) : 0;
}

// Polly keeps a compressed or binary body as a JSON list of base64 or hex chunks.
std::optional<std::string> joined_chunks(const std::string& text, bool hex) {
  if (!text.starts_with('[')) return std::nullopt;
  const auto list = read_json(text);
  if (!list || !list->is(Node::Type::kList) || list->items.empty()) return std::nullopt;
  std::string out;
  for (const Node& item : list->items) {
    if (!item.is(Node::Type::kText)) return std::nullopt;
    const auto bytes = hex ? hex_decode(item.text) : base64_decode(item.text);
    if (!bytes) return std::nullopt;
    out += *bytes;
  }
  return out;
}

// Playwright names them by their digest; nothing else is opened.
bool is_attached_name(std::string_view name) {
  constexpr std::size_t kLeast = 4;
  constexpr std::size_t kMost = 64;
  const std::size_t dot = std::min(name.find('.'), name.size());
  const std::string_view digest = name.substr(0, dot);
  const std::string_view end = name.substr(dot);
  const bool hex = digest.find_first_not_of("0123456789abcdef") == digest.npos;
  if (!hex || digest.size() < kLeast || digest.size() > kMost || end.size() > 16) return false;
  return end.substr(std::min<std::size_t>(1, end.size())).find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") ==
         end.npos;
}

HarBody attached(std::string_view name, std::uint64_t size, const Source& source, const Place& place) {
  if (!is_attached_name(name) || !source.file) return {{}, missing_body(size, place)};
  auto bytes = source.file(name);
  if (!bytes) return {{}, missing_body(size, place)};
  return {*std::move(bytes), std::nullopt};
}

// name=value&...; nullopt: there are files among them, or the body is no form.
std::optional<std::string> form_of(const Node& params, std::string_view type) {
  if (!type.starts_with("application/x-www-form-urlencoded")) return std::nullopt;
  std::string out;
  for (const Node& param : params.items) {
    if (param.find("fileName") != nullptr) return std::nullopt;
    out +=
        (out.empty() ? "" : "&") + percent_encode(param.text_of("name")) + "=" + percent_encode(param.text_of("value"));
  }
  return out;
}

// In a head's quotes, as browsers write it (WHATWG HTML, "multipart/form-data encoding algorithm").
std::string quoted_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    c == '"' ? out += "%22" : c == '\r' ? out += "%0D" : c == '\n' ? out += "%0A" : out += c;
  }
  return out;
}

// nullopt: there is no boundary, or a file whose bytes are not there.
std::optional<std::string> multipart_of(const Node& params, std::string_view type) {
  constexpr std::string_view kName = "boundary=";
  const std::size_t at = http::to_lower(type).find(kName);
  if (!http::to_lower(type).starts_with("multipart/form-data") || at == std::string::npos) return std::nullopt;
  std::string_view boundary = type.substr(at + kName.size());
  boundary = boundary.starts_with('"') ? boundary.substr(1, std::min(boundary.find('"', 1), boundary.size()) - 1)
                                       : boundary.substr(0, boundary.find_first_of("; \t"));
  if (boundary.empty()) return std::nullopt;
  std::string out;
  for (const Node& param : params.items) {
    const Node* value = param.find("value", Node::Type::kText);
    const std::string_view file = param.text_of("fileName");
    if (!file.empty() && (value == nullptr || value->text.empty())) return std::nullopt;
    out += "--" + std::string(boundary) + "\r\nContent-Disposition: form-data; name=\"" +
           quoted_name(param.text_of("name")) + "\"";
    if (!file.empty()) out += "; filename=\"" + quoted_name(file) + "\"";
    const std::string_view own = param.text_of("contentType");
    if (!own.empty() && own.find_first_of("\r\n") == own.npos) out += "\r\nContent-Type: " + std::string(own);
    out += "\r\n\r\n" + (value == nullptr ? std::string() : value->text) + "\r\n";
  }
  return out + "--" + std::string(boundary) + "--\r\n";
}

HarBody decoded(const Node& content, const Node& text, std::uint64_t size, const Place& place) {
  std::string_view encoding = content.text_of("encoding");
  if (encoding.empty()) encoding = content.text_of("_encoding");
  const bool binary = content.flag_of("_isBinary");
  if (encoding == "base64") {
    if (auto chunks = joined_chunks(text.text, false)) return {*std::move(chunks), std::nullopt};
    if (auto bytes = bytes_of_base64(text.text)) return {*std::move(bytes), std::nullopt};
    place.lost("bodies that say base64 and are none (omitted)");
    return {{}, missing_body(size, place)};
  }
  if (binary) {
    if (auto chunks = joined_chunks(text.text, true)) return {*std::move(chunks), std::nullopt};
  }
  if (!encoding.empty()) {
    place.lost("bodies in an encoding that is not read (omitted)");
    return {{}, missing_body(size, place)};
  }
  if (size > 0 && text.text.size() != size)
    place.lost("bodies whose length is not the one that is said (charset, or cut)");
  return {text_in(text, place), std::nullopt};
}

HarBody bytes_of(const Node* content, std::optional<std::int64_t> size, const Source& source, const Place& place) {
  if (content == nullptr || !content->is(Node::Type::kMap)) {
    if (known_size(size) == 0) return {};
    return {{}, missing_body(known_size(size), place)};
  }
  if (const auto own = content->integer_of("size")) size = own;
  const std::uint64_t known = known_size(size);
  // What cvr export says of a body that it did not have.
  if (content->text_of("comment").starts_with("omitted: ")) return {{}, missing_body(known, place)};
  const Node* text = content->find("text");
  const bool is_text = text != nullptr && (text->is(Node::Type::kText) || text->is(Node::Type::kNumber) ||
                                           text->is(Node::Type::kFlag));  // JSON bodies that are 7 or true
  if (is_text && !text->text.empty()) return decoded(*content, *text, known, place);
  if (const std::string_view name = content->text_of("_file"); !name.empty())
    return attached(name, known, source, place);
  const Node* params = content->find("params", Node::Type::kList);
  if (params != nullptr && !params->items.empty()) {
    auto form = form_of(*params, content->text_of("mimeType"));
    const bool coded = form.has_value();  // multipart has no coding of its own
    if (!form) form = multipart_of(*params, content->text_of("mimeType"));
    if (!form) return {{}, missing_body(known, place)};
    place.lost("forms that are given as parameters only were put together anew");
    return {*std::move(form), std::nullopt, {}, coded};
  }
  if (known == 0) return {};
  return {{}, missing_body(known, place)};
}

}  // namespace

HarBody har_body(const Node* content, std::optional<std::int64_t> size, const Source& source, const Place& place) {
  HarBody body = bytes_of(content, size, source, place);
  if (content != nullptr) body.type = shortened(content->text_of("mimeType"), kMostType);
  return body;
}

}  // namespace cvr::importers
