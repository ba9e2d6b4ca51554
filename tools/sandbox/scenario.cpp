#include "sandbox/scenario.h"

namespace cvr::sandbox {
namespace {

void working(Scenario&) {}

void after_reset(Scenario& scenario) { scenario.hand_out_old_credentials = true; }

void expired_token(Scenario& scenario) { scenario.static_token_expired = true; }

void wrong_oauth_method(Scenario& scenario) {
  scenario.oauth.method = "client_secret_basic";
  scenario.oauth.told_method = "client_secret_post";
}

// What a buyer needs is gone; reference data still answers, as the control call that works.
void permission_lost(Scenario& scenario) {
  for (const std::string_view operation :
       {"trips.create",  "trips.search",  "trips.read",      "trips.update",     "trips.cancel",
        "rfqs.create",   "rfqs.list",     "rfqs.read",       "rfqs.cancel",      "quotes.read",
        "tripmsgs.read", "tripmsgs.chat", "tripmsgs.book",   "emptylegs.search", "emptylegs.read",
        "leads.create",  "leads.read",    "webhooks.create", "webhooks.list",    "webhooks.update"}) {
    scenario.denied.emplace_back(operation);
  }
}

// The hour's calls are used up, and come free a minute after the start.
void rate_limited(Scenario& scenario) {
  scenario.rate_limit.used_at_start = scenario.rate_limit.per_hour;
  scenario.rate_limit.used_seconds_ago = 3'540;
}

void outage(Scenario& scenario) { scenario.outage = true; }

struct Entry {
  ScenarioLine line;
  void (*apply)(Scenario&);
};

constexpr Entry kEntries[] = {
    {{"working", "everything works"}, working},
    {{"after-reset", "the client holds credentials and trips of before the weekly rebuild"}, after_reset},
    {{"expired-token", "the static authentication token has expired; OAuth works"}, expired_token},
    {{"wrong-oauth-method", "the OAuth secret is of another client-auth method than the client was told"},
     wrong_oauth_method},
    {{"permission-lost", "the connection may read reference data and nothing else"}, permission_lost},
    {{"rate-limited", "the calls of this hour are used up for another minute"}, rate_limited},
    {{"outage", "503, 500, a reset, a close and a late 503, in turn"}, outage},
};

}  // namespace

const std::vector<ScenarioLine>& built_in_scenarios() {
  static const std::vector<ScenarioLine> lines = [] {
    std::vector<ScenarioLine> all;
    for (const Entry& entry : kEntries) all.push_back(entry.line);
    return all;
  }();
  return lines;
}

std::optional<Scenario> find_scenario(std::string_view name) {
  for (const Entry& entry : kEntries) {
    if (entry.line.name != name) continue;
    Scenario scenario;
    scenario.name = name;
    scenario.description = entry.line.description;
    entry.apply(scenario);
    return scenario;
  }
  return std::nullopt;
}

}  // namespace cvr::sandbox
