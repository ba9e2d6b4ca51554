// Fixtures of nock's recorder (output_objects): a JSON list of definitions.  JSON bodies stand as values, which nock
// sends as compact JSON; binary ones in hex, compressed ones as a list of hex chunks.
#include <algorithm>

#include "base/base64.h"
#include "importers/coded_body.h"
#include "importers/formats.h"
#include "importers/json_reader.h"
#include "importers/message.h"

namespace cvr::importers {
namespace {

bool is_value(const Node& node) { return node.is(Node::Type::kMap) || node.is(Node::Type::kList); }

// ["Name", "value", ...] or a map.
void add_headers(const Node* headers, http::Fields& fields, const Place& place) {
  if (headers == nullptr || !headers->is(Node::Type::kList)) return add_fields(headers, fields, place);
  for (std::size_t i = 0; i + 1 < headers->items.size(); i += 2) {
    add_field(headers->items[i].text, headers->items[i + 1].text, fields, place);
  }
}

std::optional<std::string> hex_chunks(const Node& node) {
  if (node.is(Node::Type::kText)) return hex_decode(node.text);
  std::string out;
  for (const Node& chunk : node.items) {
    const auto bytes = chunk.is(Node::Type::kText) ? hex_decode(chunk.text) : std::nullopt;
    if (!bytes) return std::nullopt;
    out += *bytes;
  }
  return out;
}

void read_response(const Node& definition, const Place& place, Interaction& out) {
  http::Response& answer = *out.response;
  const Node* raw = definition.find("rawHeaders");
  add_headers(raw != nullptr ? raw : definition.find("headers"), answer.fields, place);
  const Node* body = definition.find("response");
  if (body == nullptr || body->is(Node::Type::kNull)) return;
  const bool binary = definition.flag_of("responseIsBinary");
  const bool coded = http::find(answer.fields, "content-encoding") != nullptr;
  const bool may_be_hex = (binary && body->is(Node::Type::kText)) || (coded && !body->is(Node::Type::kMap));
  if (may_be_hex) {
    if (auto bytes = hex_chunks(*body))
      return set_body(*std::move(bytes), answer.fields, answer.body, out.response_over_limit, place);
    if (binary) {
      place.lost("bodies that say hex and are none (omitted)");
      out.response_over_limit = missing_body(0, place);
      return;
    }
  }
  set_body(is_value(*body) ? compact_json(body->raw) : text_in(*body, place), answer.fields, answer.body,
           out.response_over_limit, place);
}

bool read_request(const Node& definition, const Place& place, Interaction& out) {
  std::string method(definition.text_of("method"));
  std::ranges::transform(method, method.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  if (!set_method(method, out.request, place)) return false;
  const Node* path = definition.find("path");
  if (path == nullptr || !path->is(Node::Type::kText)) {
    place.lost("skipped: definitions without a path that is text");
    return false;
  }
  std::string scope(definition.text_of("scope"));
  if (scope.ends_with('/')) scope.pop_back();
  if (!set_url(scope + path->text, out.request, place)) return false;
  add_headers(definition.find("reqheaders"), out.request.fields, place);
  const Node* body = definition.find("body");
  if (body == nullptr || body->is(Node::Type::kNull)) return true;
  if (body->text == "*" && body->is(Node::Type::kText)) {
    place.lost("request bodies of any kind (\"*\") dropped");
    return true;
  }
  set_body(is_value(*body) ? compact_json(body->raw) : text_in(*body, place), out.request.fields, out.request.body,
           out.request_over_limit, place);
  return true;
}

std::optional<Interaction> interaction_of(const Node& definition, const Place& place) {
  Interaction out;
  out.arrival = Arrival::kImport;
  if (!read_request(definition, place, out)) return std::nullopt;
  out.response.emplace();
  if (!set_status(definition.integer_of("status"), *out.response, place)) return std::nullopt;
  read_response(definition, place, out);
  for (const std::string_view name : {"options", "badheaders", "filteringRequestBody", "delay"}) {
    if (definition.find(name) != nullptr) place.lost("options of the scope dropped");
  }
  set_framing_and_time(out, place);
  return out;
}

}  // namespace

Result<void> read_nock(const Source& source, const Taker& take, Losses& losses) {
  const auto each = [&](Node& definition, std::size_t number) -> Result<void> {
    auto interaction = interaction_of(definition, {losses, "definition " + std::to_string(number)});
    return interaction ? take(*std::move(interaction)) : Result<void>();
  };
  const auto document = read_json(source.text, {{}, each, skipping("definition", losses)});
  if (!document) return std::unexpected(document.error());
  if (!document->is(Node::Type::kList)) return fail(ErrorCode::kMalformed, "no list of definitions");
  losses.add("durations are not in the file", {});
  return {};
}

}  // namespace cvr::importers
