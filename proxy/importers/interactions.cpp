#include "importers/interactions.h"
#include "importers/coded_body.h"

#include <algorithm>

#include "importers/json_reader.h"
#include "importers/own.h"
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

void fill_body(const Node* node, const Node* side, http::Fields& fields, std::string& out,
               std::optional<BodyDigest>& missing, const Place& place) {
  Body body = body_of(node, place);
  if (body.bytes.empty() && !body.missing) missing = own_omission(side, place);
  if (missing) return;
  if (body.missing) {
    missing = missing_body(0, place);
  } else {
    set_body(std::move(body.bytes), fields, out, missing, place);
  }
}

// A line at the very left begins an element before any name stands there.
bool is_old_list(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (line.starts_with("- ")) return true;
    if (!line.empty() && line[0] != '#' && line[0] != ' ' && line[0] != '\r' && !line.starts_with("---")) return false;
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return false;
}

// vcrpy before its version 1: pairs, lists of pairs (a frozenset's), or lines "Name: value".
void add_old_headers(const Node& list, int depth, http::Fields& fields, const Place& place) {
  for (const Node& item : list.items) {
    if (item.is(Node::Type::kText)) {
      const std::size_t colon = item.text.find(':');
      std::string_view value = std::string_view(item.text).substr(std::min(colon + 1, item.text.size()));
      while (value.ends_with('\n') || value.ends_with('\r')) value.remove_suffix(1);
      if (colon == item.text.npos) value = {};
      add_field(std::string_view(item.text).substr(0, colon), value, fields, place);
    } else if (item.items.size() == 2 && item.items[0].is(Node::Type::kText) && item.items[1].is(Node::Type::kText)) {
      add_field(item.items[0].text, item.items[1].text, fields, place);
    } else if (depth > 0) {
      add_old_headers(item, depth - 1, fields, place);
    } else {
      place.lost("headers that are no pair dropped");
    }
  }
}

void add_headers(const Node& message, http::Fields& fields, const Place& place) {
  const Node* headers = message.find("headers");
  if (headers == nullptr || !headers->is(Node::Type::kList)) return add_fields(headers, fields, place);
  add_old_headers(*headers, 2, fields, place);
}

// vcrpy before its version 1 wrote it in parts.
std::string url_of(const Node& request) {
  const std::string_view host = request.text_of("host");
  if (request.find("uri") != nullptr || host.empty()) return std::string(request.text_of("uri"));
  std::string url = std::string(request.text_of("protocol")) + "://" + std::string(host);
  if (const auto port = request.integer_of("port")) url += ":" + std::to_string(*port);
  return url + std::string(request.text_of("path"));
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
      !set_url(url_of(*request), out.request, place)) {
    return std::nullopt;
  }
  const Node* own = recorded.find("cvr", Node::Type::kMap);
  const Node* asked = own_side(own, "request");
  const Node* answered = own_side(own, "response");
  add_headers(*request, out.request.fields, place);
  take_own_fields(asked, out.request.fields, place);
  fill_body(request->find("body"), asked, out.request.fields, out.request.body, out.request_over_limit, place);

  out.response.emplace();
  std::optional<std::int64_t> code;
  read_status(*response, *out.response, code, place);
  if (!set_status(code, *out.response, place)) return std::nullopt;
  out.response->minor_version = minor_version_of(response->text_of("http_version"), place);
  add_headers(*response, out.response->fields, place);
  take_own_fields(answered, out.response->fields, place);
  const Node* body = response->find("body");
  if (body == nullptr) body = response->find("content");
  fill_body(body, answered, out.response->fields, out.response->body, out.response_over_limit, place);

  if (const std::string_view at = recorded.text_of("recorded_at"); !at.empty()) {
    const auto time = utc_from_date(at);
    const auto started = time ? time : utc_from_iso(at);
    if (started) out.timing.started_utc_us = *started;
  }
  finish_with_own(own, place, out);
  return out;
}

Result<void> read_recorded(const Source& source, std::string_view name, Family family, const Taker& take,
                           Losses& losses) {
  bool has_durations = true;
  const auto each = [&](Node& recorded, std::size_t number) -> Result<void> {
    has_durations = has_durations && recorded.find("cvr") != nullptr;
    auto interaction = recorded_interaction(recorded, family, {losses, "interaction " + std::to_string(number)});
    return interaction ? take(*std::move(interaction)) : Result<void>();
  };
  const std::size_t first = source.text.find_first_not_of(" \t\r\n");
  const bool json = first != source.text.npos && (source.text[first] == '{' || source.text[first] == '[');
  // The first versions of VCR and vcrpy had a list and nothing around it.
  const bool old = json ? source.text[first] == '[' : is_old_list(source.text);
  Streamed streamed = {{name}, each, skipping("interaction", losses)};
  if (old) streamed.path.clear();
  const auto document = json ? read_json(source.text, streamed) : read_yaml(source.text, streamed);
  if (!document) return std::unexpected(document.error());
  if (!(old ? document->is(Node::Type::kList) : document->find(name, Node::Type::kList) != nullptr)) {
    return fail(ErrorCode::kMalformed, "there is no list " + std::string(name));
  }
  if (family == Family::kVcrpy) {
    const auto version = document->integer_of("version");
    if (version && *version != 1) losses.add("a cassette version that is not 1: read as 1", {});
  }
  if (!has_durations) losses.add("durations are not in the file", {});
  return {};
}

}  // namespace cvr::importers
