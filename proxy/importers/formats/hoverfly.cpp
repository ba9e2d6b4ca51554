// Simulations of Hoverfly, schema 1 to 5: {"data": {"pairs": [...]}, "meta": {...}}.
#include "base/escape.h"
#include "importers/coded_body.h"
#include "importers/formats.h"
#include "importers/json_reader.h"
#include "importers/matchers.h"

namespace cvr::importers {
namespace {

// Schema 5 has lists of matchers, of which all hold; one that names the value is enough.
std::optional<Matched> value_of(const Node* matchers, const Place& place) {
  if (matchers == nullptr || matchers->is(Node::Type::kNull)) return Matched{{}, true};
  if (!matchers->is(Node::Type::kList)) return hoverfly_value(*matchers, place);
  if (matchers->items.empty()) return Matched{{}, true};
  for (const Node& matcher : matchers->items) {
    if (auto value = hoverfly_value(matcher, place); value && !value->anything) return value;
  }
  return hoverfly_value(matchers->items.front(), place);
}

// A query is one text (schema 1 to 4) or a map of parameters.
std::optional<std::string> query_of(const Node& request, const Place& place) {
  const Node* query = request.find("query");
  if (query == nullptr || !query->is(Node::Type::kMap) || query->find("exactMatch") != nullptr) {
    const auto value = value_of(query, place);
    return value ? std::optional(value->text) : std::nullopt;
  }
  std::string out;
  for (const Member& parameter : query->members) {
    const auto value = value_of(&parameter.node, place);
    if (!value) return std::nullopt;
    if (value->anything) continue;
    out += (out.empty() ? "" : "&") + percent_encode(parameter.name) + "=" + percent_encode(value->text);
  }
  return out;
}

void add_headers(const Node& request, http::Fields& fields, const Place& place) {
  const Node* headers = request.find("headers", Node::Type::kMap);
  if (headers == nullptr) return;
  for (const Member& header : headers->members) {
    const auto value = value_of(&header.node, place);
    if (!value) {
      place.lost("matchers of headers that name no value dropped");
    } else if (!value->anything) {
      add_field(header.name, value->text, fields, place);
    }
  }
}

bool read_request(const Node& request, const Place& place, Interaction& out) {
  const auto method = value_of(request.find("method"), place);
  const auto scheme = value_of(request.find("scheme"), place);
  const auto host = value_of(request.find("destination"), place);
  const auto path = value_of(request.find("path"), place);
  const auto query = query_of(request, place);
  const auto body = value_of(request.find("body"), place);
  if (!method || method->anything || !host || host->anything || !path || !query || !body) {
    place.lost("skipped: matchers that name no one request");
    return false;
  }
  const bool any_scheme = !scheme || scheme->anything || scheme->text.empty();
  if (any_scheme) place.lost("schemes that are not named were taken as https");
  std::string url = (any_scheme ? std::string("https") : scheme->text) + "://" + host->text;
  url += path->text.starts_with('/') ? path->text : "/" + path->text;
  if (!query->empty()) url += "?" + *query;
  if (!set_method(method->text, out.request, place) || !set_url(url, out.request, place)) return false;
  add_headers(request, out.request.fields, place);
  set_body(body->text, out.request.fields, out.request.body, out.request_over_limit, place);
  if (request.find("requiresState") != nullptr) place.lost("states dropped: the order of the file holds");
  return true;
}

bool read_response(const Node& response, const Source& source, const Place& place, Interaction& out) {
  http::Response& answer = out.response.emplace();
  if (!set_status(response.integer_of("status"), answer, place)) return false;
  add_fields(response.find("headers"), answer.fields, place);
  if (const std::string_view name = response.text_of("bodyFile"); !name.empty()) {
    auto bytes = source.file ? source.file(name) : fail(ErrorCode::kNotFound, "no files");
    if (bytes) {
      set_body(*std::move(bytes), answer.fields, answer.body, out.response_over_limit, place);
    } else {
      out.response_over_limit = missing_body(0, place);
    }
  } else if (const Node* body = response.find("body", Node::Type::kText)) {
    auto bytes = response.flag_of("encodedBody") ? bytes_of_base64(body->text) : std::optional(text_in(*body, place));
    if (bytes) {
      set_body(*std::move(bytes), answer.fields, answer.body, out.response_over_limit, place);
    } else {
      place.lost("bodies that say base64 and are none (omitted)");
      out.response_over_limit = missing_body(0, place);
    }
  }
  const auto delay = response.integer_of("fixedDelay").value_or(0);
  if (delay > 0 && delay < 3'600'000) out.timing.first_byte_us = out.timing.finished_us = delay * 1000;
  if (response.flag_of("templated")) place.lost("templates stand as they are written");
  if (response.find("transitionsState") != nullptr) place.lost("states dropped: the order of the file holds");
  return true;
}

}  // namespace

Result<void> read_hoverfly(const Source& source, const Taker& take, Losses& losses) {
  const auto each = [&](Node& pair, std::size_t number) -> Result<void> {
    const Place place{losses, "pair " + std::to_string(number)};
    const Node* request = pair.find("request", Node::Type::kMap);
    const Node* response = pair.find("response", Node::Type::kMap);
    if (request == nullptr || response == nullptr) {
      place.lost("skipped: pairs without a request or a response");
      return {};
    }
    Interaction out;
    out.arrival = Arrival::kImport;
    if (!read_request(*request, place, out) || !read_response(*response, source, place, out)) return {};
    set_framing_and_time(out, place);
    return take(std::move(out));
  };
  const auto document = read_json(source.text, {{"data", "pairs"}, each, skipping("pair", losses)});
  if (!document) return std::unexpected(document.error());
  const Node* data = document->find("data", Node::Type::kMap);
  if (data == nullptr || data->find("pairs", Node::Type::kList) == nullptr) {
    return fail(ErrorCode::kMalformed, "no simulation: there is no data with a list of pairs");
  }
  const Node* actions = data->find("globalActions", Node::Type::kMap);
  const Node* delays = actions == nullptr ? nullptr : actions->find("delays", Node::Type::kList);
  if (delays != nullptr && !delays->items.empty()) losses.add("global delays dropped", {});
  return {};
}

}  // namespace cvr::importers
