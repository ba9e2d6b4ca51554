#include "importers/interactions.h"

#include <algorithm>

#include "importers/json_reader.h"
#include "importers/times.h"
#include "importers/yaml_reader.h"

namespace cvr::importers {
namespace {

struct Body {
  std::string bytes;
  bool missing = false;
};

Body body_of(const Node* node, const Place& place) {
  if (node == nullptr || node->is(Node::Type::kNull)) return {};
  if (node->is(Node::Type::kMap)) {
    if (const Node* coded = node->find("base64_string"); coded != nullptr && !coded->is(Node::Type::kNull)) {
      auto bytes = bytes_of_base64(coded->text);
      if (bytes) return {*std::move(bytes)};
      place.lost("bodies that say base64 and are none (omitted)");
      return {{}, true};
    }
    return body_of(node->find("string"), place);
  }
  if (node->is(Node::Type::kList)) {
    place.lost("bodies that are lists are not read (omitted)");
    return {{}, true};
  }
  return {text_in(*node, place)};
}

// Ruby's symbols and lower-case names: get, :get.
std::string method_of(std::string_view text, Family family) {
  std::string method(text);
  if (family != Family::kVcr) return method;
  if (method.starts_with(':')) method.erase(0, 1);
  std::ranges::transform(method, method.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return method;
}

void read_status(const Node& response, http::Response& answer, std::optional<std::int64_t>& code, const Place& place) {
  const Node* status = response.find("status", Node::Type::kMap);
  if (status == nullptr) {  // vcrpy for httpx, in its first versions
    code = response.integer_of("status_code");
    if (!code) code = response.integer_of("status");
    return;
  }
  code = status->integer_of("code");
  set_reason(status->text_of("message"), answer, place);
}

void fill_body(const Node* node, http::Fields& fields, std::string& out, std::optional<BodyDigest>& missing,
               const Place& place) {
  Body body = body_of(node, place);
  if (body.missing) {
    missing = missing_body(0, place);
  } else {
    set_body(std::move(body.bytes), fields, out, place);
  }
}

}  // namespace

std::optional<Interaction> recorded_interaction(const Node& recorded, Family family, const Place& place) {
  const Node* request = recorded.find("request", Node::Type::kMap);
  const Node* response = recorded.find("response", Node::Type::kMap);
  if (request == nullptr || response == nullptr) {
    place.lost("skipped: interactions without a request or a response");
    return std::nullopt;
  }
  Interaction out;
  out.arrival = Arrival::kImport;
  if (!set_method(method_of(request->text_of("method"), family), out.request, place) ||
      !set_url(request->text_of("uri"), out.request, place)) {
    return std::nullopt;
  }
  add_fields(request->find("headers"), out.request.fields, place);
  fill_body(request->find("body"), out.request.fields, out.request.body, out.request_over_limit, place);

  out.response.emplace();
  std::optional<std::int64_t> code;
  read_status(*response, *out.response, code, place);
  if (!set_status(code, *out.response, place)) return std::nullopt;
  out.response->minor_version = minor_version_of(response->text_of("http_version"), place);
  add_fields(response->find("headers"), out.response->fields, place);
  const Node* body = response->find("body");
  if (body == nullptr) body = response->find("content");
  fill_body(body, out.response->fields, out.response->body, out.response_over_limit, place);

  if (const std::string_view at = recorded.text_of("recorded_at"); !at.empty()) {
    const auto time = utc_from_date(at);
    const auto started = time ? time : utc_from_iso(at);
    if (started) out.timing.started_utc_us = *started;
  }
  set_framing_and_time(out, place);
  return out;
}

Result<void> read_recorded(const Source& source, std::string_view name, Family family, const Taker& take,
                           Losses& losses) {
  const auto each = [&](Node& recorded, std::size_t number) -> Result<void> {
    auto interaction = recorded_interaction(recorded, family, {losses, "interaction " + std::to_string(number)});
    return interaction ? take(*std::move(interaction)) : Result<void>();
  };
  const std::size_t first = source.text.find_first_not_of(" \t\r\n");
  const bool json = first != source.text.npos && source.text[first] == '{';
  const Streamed streamed = {{name}, each};
  const auto document = json ? read_json(source.text, streamed) : read_yaml(source.text, streamed);
  if (!document) return std::unexpected(document.error());
  if (document->find(name, Node::Type::kList) == nullptr) {
    return fail(ErrorCode::kMalformed, "there is no list " + std::string(name));
  }
  if (family == Family::kVcrpy) {
    const auto version = document->integer_of("version");
    if (version && *version != 1) losses.add("a cassette version that is not 1: read as 1", {});
  }
  losses.add("durations are not in the file", {});
  return {};
}

}  // namespace cvr::importers
