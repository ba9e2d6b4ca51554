#include "importers/formats/har_entry.h"
#include "importers/coded_body.h"

#include <algorithm>
#include <cmath>

#include "base/escape.h"
#include "http/head.h"
#include "importers/formats/har_body.h"
#include "importers/formats/har_error.h"
#include "importers/formats/har_notes.h"
#include "importers/own.h"
#include "importers/times.h"
#include "model/credential_notes.h"

namespace cvr::importers {
namespace {

constexpr double kLongestMs = 1e9;  // eleven days

std::int64_t microseconds(std::optional<double> ms) {
  return ms && *ms > 0 && *ms < kLongestMs ? std::llround(*ms * 1000) : 0;
}

// [{"name": ..., "value": ...}]
void add_list(const Node* list, http::Fields& fields, const Place& place) {
  if (list == nullptr || !list->is(Node::Type::kList)) return;
  for (const Node& pair : list->items) {
    const Node* value = pair.find("value", Node::Type::kText);
    add_field(pair.text_of("name"), value == nullptr ? std::string_view() : std::string_view(text_in(*value, place)),
              fields, place);
  }
}

// Lists that repeat what headers and the URL say, and count where these do not.
void add_cookies(const Node& request, http::Fields& fields, const Place& place) {
  const Node* cookies = request.find("cookies", Node::Type::kList);
  if (cookies == nullptr || cookies->items.empty() || http::find(fields, "cookie") != nullptr) return;
  std::string line;
  for (const Node& cookie : cookies->items) {
    line +=
        (line.empty() ? "" : "; ") + std::string(cookie.text_of("name")) + "=" + std::string(cookie.text_of("value"));
  }
  place.lost("cookies that no header holds were put into one");
  add_field("Cookie", line, fields, place);
}

// Browsers that keep Set-Cookie to themselves tell of what it set here.  Attributes are not read: names and values are
// what a client sends back.
void add_set_cookies(const Node& response, http::Fields& fields, const Place& place) {
  const Node* cookies = response.find("cookies", Node::Type::kList);
  if (cookies == nullptr || cookies->items.empty() || http::find(fields, "set-cookie") != nullptr) return;
  place.lost("cookies that no header holds were put into one");
  for (const Node& cookie : cookies->items) {
    const std::string_view name = cookie.text_of("name");
    const std::string_view value = cookie.text_of("value");
    if (name.empty() && value.empty()) continue;
    add_field("Set-Cookie", std::string(name) + "=" + std::string(value), fields, place);
  }
}

void add_query(const Node& list, http::Request& request, const Place& place) {
  const Node* pairs = list.find("queryString", Node::Type::kList);
  if (pairs == nullptr || pairs->items.empty() || request.has_query) return;
  for (const Node& pair : pairs->items) {
    request.query += (request.query.empty() ? "" : "&") + percent_encode(pair.text_of("name")) + "=" +
                     percent_encode(pair.text_of("value"));
  }
  request.has_query = true;
  place.lost("queries that no URL holds were put into it");
}

bool read_request(const Node& request, const Node* side, const Source& source, const Place& place, Interaction& out) {
  if (!set_method(request.text_of("method"), out.request, place)) return false;
  if (!set_url(request.text_of("url"), out.request, place)) return false;
  add_query(request, out.request, place);
  out.request.minor_version = minor_version_of(request.text_of("httpVersion"), place);
  add_list(request.find("headers"), out.request.fields, place);
  take_own_fields(side, out.request.fields, place);
  add_cookies(request, out.request.fields, place);
  HarBody body = har_body(request.find("postData"), request.integer_of("bodySize"), source, place);
  out.request_over_limit = std::move(body.missing);
  out.request_type = body.type;
  if (body.rebuilt) out.flags.emplace_back(kFlagRebuiltForm);
  set_body(std::move(body.bytes), out.request.fields, out.request.body, out.request_over_limit, place);
  return true;
}

std::optional<Failure> failure_of(const Node& entry, const Node* response) {
  for (const Node* holder : {response, &entry}) {
    if (holder == nullptr) continue;
    if (auto failure = failure_of_text(holder->text_of("_error"))) return failure;
  }
  return std::nullopt;
}

void read_response(const Node& response, const Node* side, const Source& source, const Place& place, Interaction& out) {
  http::Response& answer = *out.response;
  set_reason(response.text_of("statusText"), answer, place);
  answer.minor_version = minor_version_of(response.text_of("httpVersion"), place);
  add_list(response.find("headers"), answer.fields, place);
  take_own_fields(side, answer.fields, place);
  add_set_cookies(response, answer.fields, place);
  const bool bodiless = out.request.method == "HEAD" || answer.status == 204 || answer.status == 304;
  if (bodiless) return;
  HarBody body = har_body(response.find("content"), std::nullopt, source, place);
  out.response_over_limit = std::move(body.missing);
  out.response_type = body.type;
  set_body(std::move(body.bytes), answer.fields, answer.body, out.response_over_limit, place);
}

// False: skipped.
bool read_answer(const Node& entry, const Node* own, const Source& source, const Place& place, Interaction& out) {
  const Node* response = entry.find("response", Node::Type::kMap);
  out.failure = failure_of(entry, response);
  const auto status = response == nullptr ? std::nullopt : response->integer_of("status");
  if (!status || *status <= 0) {
    if (out.failure) return true;
    place.lost("skipped: no answer, and no reason that is known (blocked, aborted, or from a cache)");
    return false;
  }
  out.response.emplace();
  if (!set_status(status, *out.response, place)) return false;
  read_response(*response, own_side(own, "response"), source, place, out);
  const bool broken = !response->text_of("_error").empty() || !entry.text_of("_error").empty();
  if (broken && !out.failure) {
    place.lost("answers that stopped half way for a reason that is not known are marked incomplete");
    out.flags.emplace_back(kFlagIncomplete);
  }
  return true;
}

void read_timing(const Node& entry, const Place& place, Timing& timing) {
  const auto started = utc_from_iso(entry.text_of("startedDateTime"));
  if (started) timing.started_utc_us = *started;
  // Milliseconds since 1970, as JavaScript has them.
  const auto since_1970 = started ? std::nullopt : entry.number_of("startedDateTime");
  if (since_1970 && *since_1970 > 0 && *since_1970 < 4e12) timing.started_utc_us = std::llround(*since_1970 * 1000);
  const Node* phases = entry.find("timings", Node::Type::kMap);
  const auto phase = [&](std::string_view name) {
    return phases == nullptr ? 0 : microseconds(phases->number_of(name));
  };
  timing.request_us = phase("blocked") + phase("dns") + phase("connect") + phase("send");
  timing.first_byte_us = timing.request_us + phase("wait");
  timing.finished_us = std::max(timing.first_byte_us + phase("receive"), microseconds(entry.number_of("time")));
  if (phases == nullptr && entry.find("time") == nullptr) place.lost("durations are not in the file");
}

void note_details(const Node& entry, const Place& place) {
  for (const Member& member : entry.members) {
    if (member.name == "_webSocketMessages") place.lost("WebSocket messages dropped");
    if (member.name == "_fromCache" || member.name == "_fromDiskCache") {
      place.lost("answers from the browser's cache were taken as answers");
    }
    for (const std::string_view known : {"serverIPAddress", "connection", "pageref", "_initiator", "_priority"}) {
      if (member.name == known)
        place.lost("details dropped: serverIPAddress, connection, pageref, _initiator, _priority");
    }
  }
}

}  // namespace

std::optional<Interaction> interaction_of(const Node& entry, const Source& source, const Place& place) {
  const Node* request = entry.find("request", Node::Type::kMap);
  if (request == nullptr) {
    place.lost("skipped: entries without a request");
    return std::nullopt;
  }
  Interaction out;
  out.arrival = Arrival::kImport;
  const Node* own = entry.find("_cvr", Node::Type::kMap);
  if (!read_request(*request, own_side(own, "request"), source, place, out)) return std::nullopt;
  if (!read_answer(entry, own, source, place, out)) return std::nullopt;
  add_padding_flags(*request, out.flags);
  add_certificate_flags(entry, out.flags);
  read_timing(entry, place, out.timing);
  if (!out.response) out.timing.first_byte_us = 0;
  note_details(entry, place);
  // As cvr export wrote it once.
  if (out.response && own != nullptr) add_list(own->find("trailers"), out.response->trailers, place);
  finish_with_own(own, place, out);
  return out;
}

}  // namespace cvr::importers
