// WireMock stub mappings: {"mappings": [...]}.  A request that was recorded several times becomes a scenario,
// whose last answer repeats.  Headers are no part of a request's pattern; they stand in the metadata.
#include <xxhash.h>

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

using Identity = std::pair<std::uint64_t, std::uint64_t>;

struct Turns {
  std::size_t number = 0;  // of the scenario
  std::size_t count = 0;   // of its answers
  std::size_t told = 0;    // of them, those that were added
};

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

// Two requests of one identity are one to a client without headers.  A digest, since bodies may be large.
Identity identity_of(const RedactedRequest& request) {
  const std::string text = request.method + "\n" + url_of(request) + "\n" + request.body.content.text;
  const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
  return {hash.high64, hash.low64};
}

class WireMock : public Exporter {
 public:
  bool looks_ahead() const override { return true; }
  void look(const RedactedInteraction& interaction) override {
    ++turns_.try_emplace(identity_of(interaction->request), Turns{turns_.size() + 1}).first->second.count;
  }
  void begin(const TextSink& out) override { out("{\"mappings\":[\n"); }
  void add(std::uint64_t n, const RedactedInteraction& interaction, const TextSink& out) override {
    Turns& turns = turns_.try_emplace(identity_of(interaction->request), Turns{turns_.size() + 1, 1}).first->second;
    out((total_++ == 0 ? "" : ",\n") + scenario(turns, ++turns.told) + body_of(n, *interaction));
  }
  void add_gap(std::int64_t at_utc_us, std::uint64_t lost, std::string_view reason, const TextSink&) override {
    gaps_.push_back("gap at " + utc_text(at_utc_us) + ": " + std::to_string(lost) +
                    " not recorded: " + std::string(reason));
  }
  void end(const TextSink& out) override {
    json::Writer w;
    w.begin_object().member("total", total_);
    if (!gaps_.empty()) {
      w.key("cvr_gaps").begin_array();
      for (const std::string& gap : gaps_) w.value(gap);
      w.end_array();
    }
    w.end_object();
    out("\n],\"meta\":" + w.text() + "}\n");
  }

 private:
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

  static std::string scenario(const Turns& turns, std::size_t turn) {
    if (turns.count == 1) return "{";
    json::Writer w;
    w.begin_object().member("scenarioName", "repeated " + std::to_string(turns.number));
    w.member("requiredScenarioState", turn == 1 ? std::string("Started") : "answer " + std::to_string(turn));
    if (turn < turns.count) w.member("newScenarioState", "answer " + std::to_string(turn + 1));
    w.end_object();
    std::string text = w.take();
    text.back() = ',';
    return text;
  }

  std::map<Identity, Turns> turns_;
  std::uint64_t total_ = 0;
  std::vector<std::string> gaps_;
};

}  // namespace

std::unique_ptr<Exporter> make_wiremock() { return std::make_unique<WireMock>(); }

}  // namespace cvr::exporters
