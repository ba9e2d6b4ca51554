#include "diagnose/rules/support.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "diagnose/fields.h"
#include "diagnose/named_ids.h"

namespace cvr::diagnose {

std::string numbers(const Calls& calls) {
  constexpr std::size_t kShown = 4;
  std::string out;
  for (std::size_t i = 0; i < std::min(calls.size(), kShown); ++i) {
    out += out.empty() ? "" : ", ";
    if (calls[i]->in == In::kBefore) out += "before ";
    out += "#" + std::to_string(calls[i]->n);
  }
  if (calls.size() > kShown) out += " and " + std::to_string(calls.size() - kShown) + " more";
  return out;
}

std::string count_text(std::size_t count, std::string_view word) {
  return std::to_string(count) + " " + std::string(word) + (count == 1 ? "" : "s");
}

bool is_redacted_at(const RedactedText& text, std::size_t offset) {
  const auto span =
      std::ranges::partition_point(text.spans, [&](const Span& s) { return std::size_t{s.begin} + s.size <= offset; });
  return span != text.spans.end() && span->begin <= offset;
}

std::ptrdiff_t count_fields(const Call& call, std::string_view name) {
  return std::ranges::count_if(call.parts->request.fields,
                               [&](const auto& field) { return http::equals_ignoring_case(field.name.text, name); });
}

std::string host_field(const Call& call) {
  const std::string_view value = field_value(call.parts->request.fields, "host");
  return http::to_lower(value.ends_with(']') ? value : value.substr(0, value.rfind(':')));
}

bool is_api_call(const Call& call) { return !call.token_call; }

bool is_forbidden(const Call& call, const profiles::Diagnosis& vendor) {
  return call.failed && call.status != 429 &&
         (call.status == 403 || call.has_code(vendor.not_authorized_codes) || call.has_code(vendor.permission_codes) ||
          call.has_code(vendor.company_access_codes));
}

bool is_refusal(const Call& call, const profiles::Diagnosis& vendor) {
  return call.failed && (call.status == 401 || is_forbidden(call, vendor));
}

namespace {

// Another release of the application is a change of the client.
bool are_of_one_release(const Call& a, const Call& b, const profiles::Diagnosis& vendor) {
  const auto same = [&](std::string_view name) {
    return field_value(a.parts->request.fields, name) == field_value(b.parts->request.fields, name);
  };
  return same("user-agent") && std::ranges::all_of(vendor.steady_headers, same);
}

bool are_alike(const Call& a, const Call& b) {
  if (a.form.values != b.form.values || a.form.dates.size() != b.form.dates.size()) return false;
  const std::int64_t later = b.at_us - a.at_us;
  for (std::size_t i = 0; i < a.form.dates.size(); ++i) {
    const std::int64_t moved = b.form.dates[i] - a.form.dates[i];
    if (moved != 0 && std::abs(moved - later) > kDay) return false;
  }
  return true;
}

std::string credential_of(const Call& call) {
  if (!call.token_call) return call.credential.identity();
  const TokenRequest request = read_token_request(*call.parts);
  return request.client + "\n" + request.secret;
}

Recovery recovery_of(const Call& failed, const Call& success, const profiles::Diagnosis& vendor) {
  return {&failed, &success, failed.form.digest == success.form.digest && failed.act_as == success.act_as,
          credential_of(failed) == credential_of(success),
          are_alike(failed, success) && are_of_one_release(failed, success, vendor)};
}

}  // namespace

std::vector<Recovery> recoveries(const Facts& facts) {
  struct State {
    const Call* failed = nullptr;  // the last one
    std::optional<Recovery> by_itself, changed;
    bool ended_ok = false;
  };
  std::map<std::string, State> states;
  for (const Call* call : facts.after()) {
    State& state = states[call->operation.name];
    state.ended_ok = call->ok;
    if (call->failed) state.failed = call;
    if (!call->ok || state.failed == nullptr) continue;
    const Recovery one = recovery_of(*state.failed, *call, facts.vendor());
    (one.by_itself() ? state.by_itself : state.changed) = one;
  }
  std::vector<Recovery> out;
  for (const auto& [operation, state] : states) {
    if (!state.ended_ok || state.failed == nullptr) continue;
    if (state.changed) {
      out.push_back(*state.changed);
    } else if (state.by_itself) {
      out.push_back(*state.by_itself);
    }
  }
  return out;
}

std::unordered_map<std::string, Issue> issued_tokens(const Facts& facts) {
  std::unordered_map<std::string, Issue> out;
  for (const Call* call : facts.subjects()) {
    if (!call->token_call) continue;
    if (const auto issued = read_issued_token(*call->parts)) {
      out[issued->token] = {call, call->at_us, issued->lifetime_us};
    }
  }
  return out;
}

std::unordered_map<std::string, std::int64_t> first_seen_credentials(const Facts& facts) {
  std::unordered_map<std::string, std::int64_t> out;
  const auto note = [&](const std::string& text, std::int64_t at) {
    if (text.empty()) return;
    const auto [found, added] = out.try_emplace(text, at);
    if (!added) found->second = std::min(found->second, at);
  };
  for (const Call* call : facts.subjects()) {
    if (call->token_call) {
      note(read_token_request(*call->parts).secret, call->at_us);
      if (const auto issued = read_issued_token(*call->parts)) note(issued->token, call->at_us);
      continue;
    }
    note(call->credential.token, call->at_us);
    for (const std::string& one : call->credential.pair) note(one, call->at_us);
  }
  return out;
}

std::int64_t first_of(const std::unordered_map<std::string, std::int64_t>& first_seen) {
  std::int64_t out = std::numeric_limits<std::int64_t>::max();
  for (const auto& [text, at] : first_seen) out = std::min(out, at);
  return out;
}

std::set<std::string> missing_ids(const Facts& facts) {
  std::set<std::string> out;
  for (const Call* call : facts.failures()) {
    if (call->status != 404 && call->status != 410) continue;
    for (std::string& id : named_ids(*call, facts.profile())) out.insert(std::move(id));
  }
  return out;
}

Finding passed_by_credentials(const Facts& facts, bool earlier, std::string message) {
  if (!facts.comparable()) {
    return redacted_away("the recordings were made with different pseudonym keys", "record both on one machine");
  }
  if (!earlier) {
    return unknown("no credential of before the rebuild is on record",
                   "give a recording of before the rebuild: --before FILE");
  }
  return pass(std::move(message));
}

Finding no_calls() { return unknown("no call to the vendor is on record", "record the failing calls with cvr record"); }

}  // namespace cvr::diagnose
