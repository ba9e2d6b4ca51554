#include "importers/formats/har_body.h"

#include <algorithm>

#include "base/base64.h"
#include "base/escape.h"
#include "importers/json_reader.h"

namespace cvr::importers {
namespace {

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
  const std::size_t dot = std::min(name.find('.'), name.size());
  const std::string_view digest = name.substr(0, dot);
  const std::string_view end = name.substr(dot);
  if (digest.size() != 40 || digest.find_first_not_of("0123456789abcdef") != digest.npos || end.size() > 16)
    return false;
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

}  // namespace

HarBody har_body(const Node* content, std::optional<std::int64_t> size, const Source& source, const Place& place) {
  if (content == nullptr || !content->is(Node::Type::kMap)) {
    if (known_size(size) == 0) return {};
    return {{}, missing_body(known_size(size), place)};
  }
  if (const auto own = content->integer_of("size")) size = own;
  const std::uint64_t known = known_size(size);
  // What cvr export says of a body that it did not have.
  if (content->text_of("comment").starts_with("omitted: ")) return {{}, missing_body(known, place)};
  if (const Node* text = content->find("text", Node::Type::kText); text != nullptr && !text->text.empty()) {
    return decoded(*content, *text, known, place);
  }
  if (const std::string_view name = content->text_of("_file"); !name.empty())
    return attached(name, known, source, place);
  const Node* params = content->find("params", Node::Type::kList);
  if (params != nullptr && !params->items.empty()) {
    auto form = form_of(*params, content->text_of("mimeType"));
    if (!form) return {{}, missing_body(known, place)};
    place.lost("forms that are given as parameters only were put together anew");
    return {*std::move(form), std::nullopt};
  }
  if (known == 0) return {};
  return {{}, missing_body(known, place)};
}

}  // namespace cvr::importers
