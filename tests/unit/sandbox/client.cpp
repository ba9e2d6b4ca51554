#include "unit/sandbox/client.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "sandbox/json_body.h"
#include "sandbox/scenario_file.h"
#include "sandbox/timestamps.h"

namespace cvr::sandbox::test {
namespace {

Options options_of(Scenario scenario, std::uint64_t seed) {
  Options options;
  options.scenario = std::move(scenario);
  options.seed = seed;
  options.started_utc_us = tuesday();
  return options;
}

const boost::json::value* find(const boost::json::value& json, std::string_view pointer) {
  boost::json::error_code error;
  return json.find_pointer({pointer.data(), pointer.size()}, error);
}

}  // namespace

std::int64_t at(std::string_view timestamp) { return parse_timestamp(timestamp).value(); }
std::int64_t tuesday() { return at("2026-03-17T10:00:00Z"); }

std::string Outcome::text(std::string_view pointer) const {
  const auto* found = find(json, pointer);
  if (found == nullptr) return "(none)";
  return found->is_string() ? std::string(found->get_string()) : boost::json::serialize(*found);
}

std::size_t Outcome::size(std::string_view pointer) const {
  const auto* found = find(json, pointer);
  return found != nullptr && found->is_array() ? found->get_array().size() : 0;
}

bool Outcome::has(std::string_view pointer) const { return find(json, pointer) != nullptr; }

std::string Outcome::header(std::string_view name) const {
  return std::string(http::value_of(reply.response.fields, name));
}

Scenario scenario(std::string_view toml_text) {
  auto parsed = parse_scenario(toml_text, "test.toml");
  EXPECT_TRUE(parsed.has_value()) << (parsed ? "" : parsed.error().text);
  return parsed.value_or(Scenario{});
}

Client::Client(Scenario scenario, std::uint64_t seed)
    : service(options_of(std::move(scenario), seed)), credentials(service.credentials()) {}

http::Request Client::request(std::string_view method, std::string_view target, std::string_view body) const {
  http::Request made;
  made.method = method;
  made.origin.host = "sandbox.avinode.com";
  const std::size_t question = target.find('?');
  made.path = target.substr(0, question);
  made.has_query = question != std::string_view::npos;
  if (made.has_query) made.query = target.substr(question + 1);
  made.body = body;
  made.fields = {{"Host", "sandbox.avinode.com"},
                 {"X-Avinode-ApiToken", credentials.api_token},
                 {"Authorization", "Bearer " + credentials.bearer_token},
                 {"X-Avinode-SentTimestamp", format_timestamp(now)},
                 {"X-Avinode-Product", "Test/1.0"},
                 {"Accept", "application/json"}};
  if (!body.empty()) made.fields.push_back({"Content-Type", "application/json"});
  return made;
}

Outcome Client::send(const http::Request& request) {
  Outcome outcome;
  outcome.reply = service.handle(request, now);
  outcome.json = parse_json(outcome.reply.response.body).value_or(nullptr);
  return outcome;
}

http::Request Client::token_request(std::string_view form) const {
  http::Request made;
  made.method = "POST";
  made.path = "/api/oauth/token";
  made.fields = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
  made.body = form;
  return made;
}

void drop_field(http::Request& request, std::string_view name) {
  std::erase_if(request.fields, [&](const http::Field& field) { return http::equals_ignoring_case(field.name, name); });
}

void set_field(http::Request& request, std::string_view name, std::string_view value) {
  drop_field(request, name);
  request.fields.push_back({std::string(name), std::string(value)});
}

std::string trip_body(std::string_view more) {
  return R"({"externalTripId":"EXT-1","sourcing":true,"segments":[{"startAirport":{"icao":"KTEB"},)"
         R"("endAirport":{"icao":"KVNY"},"dateTime":{"date":"2026-04-01","time":"10:00","departure":true,"local":true},)"
         R"("paxCount":"4","paxSegment":true}],"criteria":{})" +
         std::string(more) + "}";
}

}  // namespace cvr::sandbox::test
