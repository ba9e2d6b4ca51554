// G08: base URL, Host, API version or product header are not those of the success.
#include <algorithm>

#include "base/escape.h"
#include "diagnose/fields.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

// By what a probe's plan names itself where nobody has said what the application sends.
bool is_of_the_plan(const Call& call, std::string_view value, const profiles::Profile& profile) {
  return !call.step.empty() && std::ranges::any_of(profile.probe.variables, [&](const auto& variable) {
    return !variable.preset.empty() && variable.preset == value;
  });
}

// Names and values of the steady headers with which something has worked.
std::set<std::pair<std::string, std::string>> working_headers(const Facts& facts) {
  std::set<std::pair<std::string, std::string>> out;
  for (const Call* call : facts.after()) {
    if (!call->ok || !is_api_call(*call)) continue;
    for (const std::string& name : facts.vendor().steady_headers) {
      out.emplace(name, field_value(call->parts->request.fields, name));
    }
  }
  return out;
}

// The first steady header with a value of the plan's own with which nothing has worked; empty: none.
std::string untried_header(const Call& call, const std::set<std::pair<std::string, std::string>>& working,
                           const profiles::Profile& profile) {
  for (const std::string& name : profile.diagnosis.steady_headers) {
    const std::string value(field_value(call.parts->request.fields, name));
    if (is_of_the_plan(call, value, profile) && !working.contains({name, value})) return name;
  }
  return {};
}

std::string changed_header(const Call& call, const Call& good, const profiles::Profile& profile) {
  for (const std::string& name : profile.diagnosis.steady_headers) {
    const RedactedField* was = find_field(good.parts->request.fields, name);
    const RedactedField* is = find_field(call.parts->request.fields, name);
    if ((was == nullptr) != (is == nullptr)) return name + (is == nullptr ? " is gone" : " is new");
    if (was == nullptr || is_of_the_plan(call, is->value.text, profile)) continue;
    if (was->value.text != is->value.text) return name + " has another value";
  }
  return {};
}

// An operation that never succeeded is compared with the others: they share base and headers.  What is alike there
// still proves nothing for this one, which stays open.
const Call* good_for(const Call& call) {
  if (call.last_success != nullptr) return call.last_success;
  return call.base_success != nullptr ? call.base_success : call.any_success;
}

std::string change_of(const Call& call, const profiles::Profile& profile) {
  const std::string host = host_field(call);
  const bool as_ever = call.last_success != nullptr && host_field(*call.last_success) == host;
  // Behind a proxy in reverse it may be the proxy's.
  if (host != call.parts->request.origin.host && fits_host(profile.hosts, host) && !as_ever) {
    return "Host is " + printable(host);
  }
  if (good_for(call) == nullptr) return {};
  const Call& good = *good_for(call);
  if (call.operation.base != good.operation.base) {
    return "the base URL was " + good.operation.base + " and is " + call.operation.base;
  }
  // What the token endpoint is sent is no measure for the API, nor the reverse.
  return call.token_call == good.token_call ? changed_header(call, good, profile) : std::string();
}

}  // namespace

Finding g08(const Facts& facts, const Findings&) {
  Calls bad, open, untried;
  std::string what, header;
  const auto working = working_headers(facts);
  for (const Call* call : facts.failures()) {
    const std::string change = change_of(*call, facts.profile());
    const std::string own =
        good_for(*call) == nullptr ? std::string() : untried_header(*call, working, facts.profile());
    if (!change.empty()) {
      if (what.empty()) what = change;
      bad.push_back(call);
    } else if (!own.empty()) {
      header = own;
      untried.push_back(call);
    } else if (call->last_success == nullptr) {
      open.push_back(call);
    }
  }
  if (facts.after().empty()) return no_calls();
  if (!bad.empty()) {
    return fault(what + ": " + numbers(bad), bad, "go back to the base URL and headers that worked, then record again");
  }
  if (!untried.empty()) {
    return unknown(
        "nothing works on record with the probe's own " + header + ": " + numbers(untried),
        "run cvr probe again with the value that the application sends (cvr probe --help names the variable)", untried);
  }
  if (!open.empty() && open.size() == facts.failures().size()) {
    return unknown("no success is on record to compare the failing calls with",
                   "give a recording in which these calls worked: --before FILE", open);
  }
  return pass("base URL and headers are those of the success");
}

}  // namespace cvr::diagnose
