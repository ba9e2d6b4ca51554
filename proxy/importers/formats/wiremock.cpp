// Stub mappings of WireMock: {"mappings": [...]} or one mapping.  A mapping describes requests, a cassette holds one:
// what a matcher names exactly, or an example of it, or the mapping is skipped.
#include <algorithm>

#include "base/escape.h"
#include "http/target.h"
#include "importers/coded_body.h"
#include "importers/formats.h"
#include "importers/json_reader.h"
#include "importers/matchers.h"
#include "importers/own.h"

namespace cvr::importers {
namespace {

// "/trips/{id}" with what `pathParameters` names for each; nullopt: one of them names no value.
std::optional<std::string> filled(std::string_view path, const Node& request, const Place& place) {
  const Node* parameters = request.find("pathParameters", Node::Type::kMap);
  std::string out;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t open = std::min(path.find('{', at), path.size());
    out += path.substr(at, open - at);
    if (open == path.size()) break;
    const std::size_t close = path.find('}', open);
    if (close == path.npos) return std::nullopt;
    const Node* matcher = parameters == nullptr ? nullptr : parameters->find(path.substr(open + 1, close - open - 1));
    const auto value = matcher == nullptr ? std::nullopt : wiremock_value(*matcher, place);
    if (!value || value->anything || value->text.empty()) return std::nullopt;
    out += percent_encode(value->text);
    at = close + 1;
  }
  return out;
}

std::optional<std::string> target_of(const Node& request, const Place& place) {
  for (const std::string_view name : {"url", "urlPath"}) {
    if (const Node* url = request.find(name, Node::Type::kText)) return text_in(*url, place);
  }
  for (const std::string_view name : {"urlPattern", "urlPathPattern"}) {
    if (const Node* pattern = request.find(name, Node::Type::kText)) return value_of_pattern(pattern->text, place);
  }
  const Node* path = request.find("urlPathTemplate", Node::Type::kText);
  return path == nullptr ? std::nullopt : filled(path->text, request, place);
}

// Adds what queryParameters name; false: they name no one query.
bool add_query(const Node& request, std::string& target, const Place& place) {
  const Node* query = request.find("queryParameters", Node::Type::kMap);
  if (query == nullptr) return true;
  for (const Member& parameter : query->members) {
    const auto value = wiremock_value(parameter.node, place);
    if (!value) return false;
    if (value->anything) continue;
    target += (target.contains('?') ? "&" : "?") + percent_encode(parameter.name) + "=" + percent_encode(value->text);
  }
  return true;
}

void add_headers(const Node& request, http::Fields& fields, const Place& place) {
  const Node* headers = request.find("headers", Node::Type::kMap);
  if (headers == nullptr) return;
  for (const Member& header : headers->members) {
    const auto value = wiremock_value(header.node, place);
    if (!value) {
      place.lost("matchers of headers that name no value dropped");
    } else if (!value->anything) {
      add_field(header.name, value->text, fields, place);
    }
  }
}

bool set_request_body(const Node& request, const Node* asked, Interaction& out, const Place& place) {
  if (auto body = own_body(asked)) {
    set_body(*std::move(body), out.request.fields, out.request.body, out.request_over_limit, place);
    return true;
  }
  out.request_over_limit = own_omission(asked, place);
  if (out.request_over_limit) return true;
  const Node* patterns = request.find("bodyPatterns", Node::Type::kList);
  if (patterns == nullptr || patterns->items.empty()) return true;
  std::optional<Matched> value;
  if (patterns->items.size() == 1) value = wiremock_value(patterns->items.front(), place);
  if (!value) {
    place.lost("skipped: matchers of bodies that name no one body");
    return false;
  }
  set_body(std::move(value->text), out.request.fields, out.request.body, out.request_over_limit, place);
  return true;
}

const Node* own_of(const Node& mapping) {
  const Node* metadata = mapping.find("metadata", Node::Type::kMap);
  return metadata == nullptr ? nullptr : metadata->find("cvr", Node::Type::kMap);
}

// What cvr export keeps, what the mapping says, or what the caller gave.
std::optional<http::Origin> origin_of(const Node& mapping, const Node& request, const Source& source,
                                      const Place& place) {
  if (const Node* own = own_of(mapping)) {
    const auto origin = http::parse_origin(own->text_of("origin"));
    if (origin) return *origin;
  }
  const Node* host = request.find("host", Node::Type::kMap);
  const auto name = host == nullptr ? std::nullopt : wiremock_value(*host, place);
  if (!name || name->anything) return source.origin;
  const std::string_view scheme = request.text_of("scheme");
  std::string url = std::string(scheme.empty() ? "https" : scheme) + "://" + name->text;
  if (const auto port = request.integer_of("port")) url += ":" + std::to_string(*port);
  if (scheme.empty()) place.lost("schemes that are not named were taken as https");
  const auto origin = http::parse_origin(url);
  return origin ? std::optional(*origin) : source.origin;
}

FailureKind failure_of(std::string_view fault) {
  return fault == "CONNECTION_RESET_BY_PEER" || fault == "EMPTY_RESPONSE" ? FailureKind::kReset
                                                                          : FailureKind::kProtocol;
}

void set_response_body(const Node& response, const Node* answered, const Source& source, const Place& place,
                       Interaction& out) {
  http::Response& answer = *out.response;
  const auto set = [&](std::string body) {
    set_body(std::move(body), answer.fields, answer.body, out.response_over_limit, place);
  };
  if (const Node* json = response.find("jsonBody"); json != nullptr && !json->is(Node::Type::kNull)) {
    return set(compact_json(json->raw));
  }
  if (const Node* coded = response.find("base64Body", Node::Type::kText)) {
    if (auto bytes = bytes_of_base64(coded->text)) return set(*std::move(bytes));
    place.lost("bodies that say base64 and are none (omitted)");
    out.response_over_limit = missing_body(0, place);
    return;
  }
  if (const Node* name = response.find("bodyFileName", Node::Type::kText)) {
    auto bytes = source.file ? source.file(name->text) : fail(ErrorCode::kNotFound, "no files");
    if (bytes) return set(*std::move(bytes));
    out.response_over_limit = missing_body(0, place);
    return;
  }
  if (const Node* body = response.find("body", Node::Type::kText)) return set(text_in(*body, place));
  out.response_over_limit = own_omission(answered, place);
}

// The half of an answer that stood beside a failure, which the mapping shows as a fault.
bool set_half(const Node& answered, const Place& place, Interaction& out) {
  if (answered.find("status") == nullptr) return true;
  http::Response& answer = out.response.emplace();
  if (!set_status(answered.integer_of("status"), answer, place)) return false;
  set_reason(answered.text_of("reason"), answer, place);
  take_own_fields(&answered, answer.fields, place);
  out.response_over_limit = own_omission(&answered, place);
  if (auto body = own_body(&answered)) {
    set_body(*std::move(body), answer.fields, answer.body, out.response_over_limit, place);
  }
  return true;
}

bool set_response(const Node& response, const Node* answered, const Source& source, const Place& place,
                  Interaction& out) {
  if (response.find("proxyBaseUrl") != nullptr) {
    place.lost("skipped: mappings that forward to a server");
    return false;
  }
  if (const std::string_view fault = response.text_of("fault"); !fault.empty()) {
    out.failure = Failure{failure_of(fault), "a fault of a stub"};
    return answered == nullptr || set_half(*answered, place, out);
  }
  out.response.emplace();
  if (!set_status(response.find("status") == nullptr ? 200 : response.integer_of("status"), *out.response, place))
    return false;
  set_reason(response.text_of("statusMessage"), *out.response, place);
  add_fields(response.find("headers"), out.response->fields, place);
  take_own_fields(answered, out.response->fields, place);
  set_response_body(response, answered, source, place, out);
  const auto delay = response.integer_of("fixedDelayMilliseconds").value_or(0);
  if (delay > 0 && delay < 3'600'000) out.timing.first_byte_us = out.timing.finished_us = delay * 1000;
  if (response.find("delayDistribution") != nullptr) place.lost("random delays dropped");
  if (response.find("transformers") != nullptr)
    place.lost("templates stand as they are written (transformers dropped)");
  return true;
}

void note_rest(const Node& mapping, const Node& request, const Place& place) {
  if (mapping.find("priority") != nullptr) place.lost("priorities dropped: the order of the file holds");
  if (mapping.find("scenarioName") != nullptr) place.lost("states of scenarios dropped: the order of the file holds");
  for (const std::string_view name :
       {"cookies", "basicAuthCredentials", "multipartPatterns", "customMatcher", "formParameters"}) {
    if (request.find(name) != nullptr) {
      place.lost("matchers of cookies, passwords, forms, multipart and custom ones dropped");
    }
  }
}

Result<std::optional<Interaction>> interaction_of(const Node& mapping, const Source& source, const Place& place) {
  const Node* request = mapping.find("request", Node::Type::kMap);
  const Node* response = mapping.find("response", Node::Type::kMap);
  if (request == nullptr || response == nullptr) {
    place.lost("skipped: mappings without a request or a response");
    return std::nullopt;
  }
  if (request->text_of("method").empty() || request->text_of("method") == "ANY") {
    place.lost("skipped: mappings for any method");
    return std::nullopt;
  }
  Interaction out;
  out.arrival = Arrival::kImport;
  auto target = target_of(*request, place);
  if (!target || !add_query(*request, *target, place)) {
    place.lost("skipped: matchers of URLs that name no one URL");
    return std::nullopt;
  }
  const auto origin = origin_of(mapping, *request, source, place);
  if (!origin) {
    return fail(ErrorCode::kUsage,
                place.where + ": the mapping names no host; give it: --origin https://api.example.com");
  }
  out.request.origin = *origin;
  if (!set_method(request->text_of("method"), out.request, place) || !set_target(*target, out.request, place)) {
    return std::nullopt;
  }
  const Node* own = own_of(mapping);
  const Node* asked = own_side(own, "request");
  add_headers(*request, out.request.fields, place);
  take_own_fields(asked, out.request.fields, place);
  if (!set_request_body(*request, asked, out, place)) return std::nullopt;
  if (!set_response(*response, own_side(own, "response"), source, place, out)) return std::nullopt;
  if (own == nullptr) note_rest(mapping, *request, place);
  finish_with_own(own, place, out);
  return out;
}

std::string where_of(const Node& mapping, std::size_t number) {
  const std::string_view name = mapping.text_of("name");
  return "mapping " + std::to_string(number) + (name.empty() ? "" : " (" + shortened(printable(name), 60) + ")");
}

}  // namespace

Result<void> read_wiremock(const Source& source, const Taker& take, Losses& losses) {
  std::size_t count = 0;
  const auto each = [&](Node& mapping, std::size_t number) -> Result<void> {
    count = number;
    auto interaction = interaction_of(mapping, source, {losses, where_of(mapping, number)});
    if (!interaction) return std::unexpected(interaction.error());
    return *interaction ? take(**std::move(interaction)) : Result<void>();
  };
  const Streamed streamed = {{"mappings"}, each, skipping("mapping", losses)};
  auto document = read_json(source.text, streamed);
  if (!document) return std::unexpected(document.error());
  if (document->find("mappings", Node::Type::kList) != nullptr) return {};
  if (document->find("request") == nullptr) return fail(ErrorCode::kMalformed, "neither mappings nor a mapping");
  return each(*document, 1);
}

}  // namespace cvr::importers
