// WireMock stub mappings: {"mappings": [...]}.  A request that was recorded several times becomes a scenario,
// whose last answer repeats.  Headers are no part of a request's pattern; they stand in the metadata.
#include <map>

#include "base/base64.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "exporters/common.h"
#include "exporters/formats.h"
#include "exporters/formats/wiremock_pattern.h"
#include "exporters/own.h"
#include "http/head.h"

namespace cvr::exporters {
namespace {

bool is_of_the_wire(std::string_view name) {
  return http::is_hop_by_hop(name) || http::equals_ignoring_case(name, "content-length") ||
         http::equals_ignoring_case(name, "content-encoding");
}

void write_headers(json::Writer& w, const std::vector<RedactedField>& fields) {
  std::map<std::string, std::vector<const RedactedField*>> by_name;
  for (const RedactedField& field : fields) {
    if (!is_of_the_wire(field.name.text)) by_name[http::to_lower(field.name.text)].push_back(&field);
  }
  w.key("headers").begin_object();
  for (const auto& [name, values] : by_name) {
    w.key(values.front()->name.text);
    if (values.size() == 1) {
      w.value(values.front()->value.text);
      continue;
    }
    w.begin_array();
    for (const RedactedField* field : values) w.value(field->value.text);
    w.end_array();
  }
  w.end_object();
}

void write_answer(json::Writer& w, const RedactedParts& parts) {
  w.key("response").begin_object();
  if (!parts.response || parts.failure) {
    const bool reset = parts.failure && parts.failure->kind == FailureKind::kReset;
    w.member("fault", reset ? "CONNECTION_RESET_BY_PEER" : "EMPTY_RESPONSE").end_object();
    return;
  }
  const RedactedResponse& response = *parts.response;
  w.member("status", response.status).member("statusMessage", response.reason.text);
  write_headers(w, response.fields);
  const std::string& body = response.body.content.text;
  if (!body.empty()) is_text(body) ? w.member("body", body) : w.member("base64Body", base64_encode(body));
  w.end_object();
}

void write_metadata(json::Writer& w, std::uint64_t n, const RedactedParts& parts) {
  OwnScope scope{.origin = true, .headers = true, .request = true, .failure = true};
  scope.response = parts.failure.has_value();
  w.key("metadata").begin_object().key("cvr");
  write_own(w, n, parts, scope);
  w.end_object();
}

class WireMock : public Exporter {
 public:
  void add(std::uint64_t n, const RedactedInteraction& interaction, const TextSink&) override {
    const RedactedRequest& request = interaction->request;
    const std::string identity = request.method + "\n" + url_of(request) + "\n" + request.body.content.text;
    const auto place = turns_.try_emplace(identity, Turns{turns_.size() + 1, 0}).first;
    stubs_.push_back({body_of(n, *interaction), &place->second, ++place->second.count});
  }
  void add_gap(std::int64_t at_utc_us, std::uint64_t lost, std::string_view reason, const TextSink&) override {
    gaps_.push_back("gap at " + utc_text(at_utc_us) + ": " + std::to_string(lost) +
                    " not recorded: " + std::string(reason));
  }
  void end(const TextSink& out) override {
    out("{\"mappings\":[\n");
    for (std::size_t i = 0; i < stubs_.size(); ++i) {
      out((i == 0 ? "" : ",\n") + scenario(stubs_[i]) + stubs_[i].text);
    }
    json::Writer w;
    w.begin_object().member("total", static_cast<std::uint64_t>(stubs_.size()));
    if (!gaps_.empty()) {
      w.key("cvr_gaps").begin_array();
      for (const std::string& gap : gaps_) w.value(gap);
      w.end_array();
    }
    w.end_object();
    out("\n],\"meta\":" + w.text() + "}\n");
  }

 private:
  struct Turns {
    std::size_t number = 0;  // of the scenario
    std::size_t count = 0;
  };
  struct Stub {
    std::string text;
    const Turns* turns;
    std::size_t turn;  // from 1
  };

  // All members but those of the scenario, with the closing brace.
  static std::string body_of(std::uint64_t n, const RedactedParts& parts) {
    const RedactedRequest& request = parts.request;
    json::Writer w;
    w.begin_object().member("name", request.method + " " + request.path.text).key("request").begin_object();
    w.member("method", request.method);
    w.member("url", request.path.text + (request.has_query ? "?" + request.query.text : std::string()));
    write_body_pattern(w, request);
    w.end_object();
    write_answer(w, parts);
    write_metadata(w, n, parts);
    w.end_object();
    return w.take().substr(1);
  }

  static std::string scenario(const Stub& stub) {
    if (stub.turns->count == 1) return "{";
    json::Writer w;
    w.begin_object().member("scenarioName", "repeated " + std::to_string(stub.turns->number));
    w.member("requiredScenarioState", stub.turn == 1 ? std::string("Started") : "answer " + std::to_string(stub.turn));
    if (stub.turn < stub.turns->count) w.member("newScenarioState", "answer " + std::to_string(stub.turn + 1));
    w.end_object();
    std::string text = w.take();
    text.back() = ',';
    return text;
  }

  std::map<std::string, Turns> turns_;
  std::vector<Stub> stubs_;
  std::vector<std::string> gaps_;
};

}  // namespace

std::unique_ptr<Exporter> make_wiremock() { return std::make_unique<WireMock>(); }

}  // namespace cvr::exporters
