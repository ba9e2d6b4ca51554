#include "sandbox/faults.h"

#include "sandbox/routes.h"

namespace cvr::sandbox {
namespace {

constexpr std::int64_t kOutageDelayMs = 2'000;

bool matches(const Forced& rule, const http::Request& request, std::string_view operation) {
  return (rule.operation.empty() || rule.operation == operation) &&
         (rule.method.empty() || rule.method == request.method) &&
         std::string_view(request.path).starts_with(rule.path);
}

Answer forced_answer(const Scenario& scenario, const Forced& rule) {
  if (rule.error) return error_answer(scenario.errors, *rule.error);
  Answer answer;
  answer.status = static_cast<int>(rule.status);
  answer.content_type = rule.content_type;
  answer.body =
      rule.body.empty() && !(rule.code.empty() && rule.title.empty()) ? error_body(rule.title, rule.code) : rule.body;
  return answer;
}

}  // namespace

Faults::Faults(const Scenario& scenario) : scenario_(scenario), hits_(scenario.forced.size()) {}

const Forced* Faults::active_rule(const http::Request& request) {
  if (scenario_.forced.empty()) return nullptr;
  const Routed routed = find_route(request.method, request.path, scenario_.undocumented);
  const std::string_view operation = routed.route == nullptr ? std::string_view() : routed.route->operation;
  const Forced* active = nullptr;
  for (std::size_t i = 0; i < hits_.size(); ++i) {
    const Forced& rule = scenario_.forced[i];
    if (!matches(rule, request, operation)) continue;
    const std::int64_t hit = ++hits_[i];
    const bool in_turn = hit > rule.after && (rule.times == 0 || hit <= rule.after + rule.times);
    if (in_turn && active == nullptr) active = &rule;
  }
  return active;
}

// Every kind of failure that a client may meet, in a fixed order.
Fault Faults::next_of_outage() {
  const std::uint64_t turn = refused_++ % 5;
  Fault fault;
  if (turn == 2) fault.action = Action::kReset;
  if (turn == 3) fault.action = Action::kClose;
  if (turn == 4) fault.delay_ms = kOutageDelayMs;
  if (fault.action == Action::kRespond) {
    fault.answer = error_answer(scenario_.errors, turn == 1 ? ErrorKind::kInternal : ErrorKind::kUnavailable);
  }
  return fault;
}

Fault Faults::next(const http::Request& request) {
  Fault fault;
  if (const Forced* rule = active_rule(request)) {
    fault.action = rule->action;
    fault.delay_ms = rule->delay_ms;
    if (rule->error || rule->status != 0) fault.answer = forced_answer(scenario_, *rule);
    if (fault.answer || fault.action != Action::kRespond) return fault;
  }
  return scenario_.outage ? next_of_outage() : fault;
}

}  // namespace cvr::sandbox
