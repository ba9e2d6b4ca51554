// mitmproxy's flow files (mitmdump -w): HTTP flows of state versions 20 and 21.
#include <array>
#include <cmath>

#include "base/escape.h"
#include "http/target.h"
#include "importers/coded_body.h"
#include "importers/error_words.h"
#include "importers/flow_reader.h"
#include "importers/formats.h"
#include "importers/message.h"

namespace cvr::importers {
namespace {

std::optional<std::int64_t> microseconds(const Node& message, std::string_view name) {
  const auto seconds = message.number_of(name);
  if (!seconds || *seconds <= 0 || *seconds > 1e11) return std::nullopt;
  return std::llround(*seconds * 1e6);
}

// [[name, value], ...]
void add_pairs(const Node* list, http::Fields& fields, const Place& place) {
  if (list == nullptr || !list->is(Node::Type::kList)) return;
  for (const Node& pair : list->items) {
    if (pair.items.size() == 2) {
      add_field(pair.items[0].text, pair.items[1].text, fields, place);
    } else {
      place.lost("headers that are no pair dropped");
    }
  }
}

template <class Message>
void read_message(const Node& node, Message& message, std::optional<BodyDigest>& missing, const Place& place) {
  message.minor_version = minor_version_of(node.text_of("http_version"), place);
  add_pairs(node.find("headers"), message.fields, place);
  add_pairs(node.find("trailers"), message.trailers, place);
  const Node* content = node.find("content", Node::Type::kText);
  if (content == nullptr) {
    missing = missing_body(0, place);  // it was streamed
  } else {
    set_body(content->text, message.fields, message.body, missing, place);
  }
}

bool read_request(const Node& node, const Place& place, Interaction& out) {
  http::Request& request = out.request;
  if (!set_method(node.text_of("method"), request, place)) return false;
  read_message(node, request, out.request_over_limit, place);
  std::string host(node.text_of("host"));
  if (http::is_ip_literal(http::to_lower(host))) {
    // Transparent mode knows the address only.
    const auto named = http::parse_authority(http::value_of(request.fields, "host"), 443);
    if (named && !http::is_ip_literal(named->host)) {
      host = named->host;
      place.lost("hosts that were addresses were taken from Host");
    }
  }
  if (host.contains(':')) host = "[" + host + "]";
  const auto port = node.integer_of("port");
  const std::string url = std::string(node.text_of("scheme")) + "://" + host + ":" + std::to_string(port.value_or(0));
  const std::string_view path = node.text_of("path");
  return set_url(url + (path == "*" ? "/" : std::string(path)), request, place);
}

constexpr std::array kErrorWords = {
    ErrorWord{"Name or service", FailureKind::kDns},
    ErrorWord{"getaddrinfo", FailureKind::kDns},
    ErrorWord{"refused", FailureKind::kConnect},
    ErrorWord{"Connect call failed", FailureKind::kConnect},
    ErrorWord{"unreachable", FailureKind::kConnect},
    ErrorWord{"timed out", FailureKind::kTimeout},
    ErrorWord{"timeout", FailureKind::kTimeout},
    ErrorWord{"certificate", FailureKind::kTls},
    ErrorWord{"TLS", FailureKind::kTls},
    ErrorWord{"reset", FailureKind::kReset},
    ErrorWord{"disconnected", FailureKind::kReset},
    ErrorWord{"closed", FailureKind::kReset},
    ErrorWord{"HTTP/2 protocol", FailureKind::kProtocol},
    ErrorWord{"Invalid HTTP", FailureKind::kProtocol},
};

std::optional<Failure> failure_of(const Node& flow) {
  const Node* error = flow.find("error", Node::Type::kMap);
  if (error == nullptr) return std::nullopt;
  const std::string_view message = error->text_of("msg");
  const auto kind = kind_of_error(message, kErrorWords);
  return kind ? std::optional(Failure{*kind, shortened(printable(message), 120)}) : std::nullopt;
}

void read_timing(const Node& request, const Node* response, Timing& timing) {
  const auto started = microseconds(request, "timestamp_start");
  if (!started) return;
  timing.started_utc_us = *started;
  const auto since = [&](std::optional<std::int64_t> at, std::int64_t least) {
    return at ? std::max(*at - *started, least) : least;
  };
  timing.request_us = since(microseconds(request, "timestamp_end"), 0);
  if (response == nullptr) {
    timing.finished_us = timing.request_us;
    return;
  }
  timing.first_byte_us = since(microseconds(*response, "timestamp_start"), timing.request_us);
  timing.finished_us = since(microseconds(*response, "timestamp_end"), timing.first_byte_us);
}

std::optional<Interaction> interaction_of(const Node& flow, const Place& place) {
  const Node* request = flow.find("request", Node::Type::kMap);
  if (flow.text_of("type") != "http" || request == nullptr) {
    place.lost("skipped: flows that are no HTTP");
    return std::nullopt;
  }
  Interaction out;
  out.arrival = Arrival::kImport;
  if (!read_request(*request, place, out)) return std::nullopt;
  const Node* response = flow.find("response", Node::Type::kMap);
  out.failure = failure_of(flow);
  if (response == nullptr && !out.failure) {
    place.lost("skipped: no answer, and no reason that is known");
    return std::nullopt;
  }
  if (response != nullptr) {
    out.response.emplace();
    if (!set_status(response->integer_of("status_code"), *out.response, place)) return std::nullopt;
    set_reason(response->text_of("reason"), *out.response, place);
    read_message(*response, *out.response, out.response_over_limit, place);
    if (out.failure || flow.find("error", Node::Type::kMap) != nullptr) out.flags.emplace_back(kFlagIncomplete);
  }
  if (flow.find("websocket", Node::Type::kMap) != nullptr) place.lost("WebSocket messages dropped");
  read_timing(*request, response, out.timing);
  set_framing_and_time(out, place);
  return out;
}

}  // namespace

Result<void> read_mitmproxy(const Source& source, const Taker& take, Losses& losses) {
  const auto each = [&](Node& flow, std::size_t number) -> Result<void> {
    const Place place{losses, "flow " + std::to_string(number)};
    const auto version = flow.integer_of("version");
    if (!version || *version < 20 || *version > 21) {
      place.lost(
          "skipped: only versions 20 and 21 are read; let mitmproxy 10 or 11 write it anew: mitmdump -nr OLD -w NEW");
      return {};
    }
    auto interaction = interaction_of(flow, place);
    return interaction ? take(*std::move(interaction)) : Result<void>();
  };
  const auto bad = [&](const Error& why, std::size_t number, bool rest) {
    losses.add(rest ? "skipped: the file is cut or broken, and what follows is lost" : "skipped: flows that are broken",
               "flow " + std::to_string(number) + ": " + why.text);
  };
  return read_flows(source.text, each, bad);
}

}  // namespace cvr::importers
