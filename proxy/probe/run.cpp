#include "probe/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "diagnose/json_leaves.h"
#include "diagnose/times.h"
#include "probe/meaning.h"
#include "probe/requests.h"

namespace cvr::probe {
namespace {

using profiles::PlanMethod;
using profiles::PlanStep;
using Outcome = Row::Outcome;

constexpr std::int64_t kLongestWait = 24 * 3'600;

std::string expectation(const std::vector<std::int64_t>& statuses) {
  std::string out;
  for (const std::int64_t status : statuses) out += (out.empty() ? "" : " or ") + std::to_string(status);
  return out;
}

// What a step needs variables for.
std::vector<std::string_view> texts_of(const PlanStep& step) {
  if (step.auth == PlanStep::Auth::kMadeUp) return {};  // they are made up
  std::vector<std::string_view> out;
  for (const auto& [name, text] : step.headers) out.push_back(text);
  out.push_back(step.target);
  out.push_back(step.body);
  return out;
}

// Seconds of a text; nullopt: it has another form.
std::optional<std::int64_t> seconds_of(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return std::min(value, kLongestWait);
}

std::string text_at(const std::string& body, std::string_view pointer) {
  for (const diagnose::JsonLeaf& leaf : diagnose::read_json(body).leaves) {
    if (leaf.pointer == pointer) return leaf.text;
  }
  return {};
}

// A way to authenticate, and how far it has come in this run.
struct Method {
  const PlanMethod* plan = nullptr;
  std::string obstacle;
  bool trial = false;
  bool asked_for_token = false;
  std::string access_token;
  bool tried = false, accepted = false, refused = false;
};

class Run {
 public:
  Run(const Task& task, World& world)
      : task_(task), world_(world), made_up_(task.credentials.made_up(task.plan, world.entropy())) {
    for (const PlanMethod& method : task.plan.methods) {
      Method& added = methods_.emplace_back();
      added.plan = &method;
      added.obstacle = obstacle_of(method, task.credentials);
      added.trial = is_trial(method, task.credentials);
    }
  }

  Report run() {
    report_.needs_method = !methods_.empty();
    for (const PlanStep& step : task_.plan.steps) {
      if (!report_.stopped.empty()) {
        not_run(step);
      } else if (step.write && !task_.options.write) {
        skip(step.name, step, "it makes something: --write runs it");
      } else if (const std::string why = task_.credentials.obstacle(step.when, texts_of(step)); !why.empty()) {
        skip(step.name, step, why);
      } else {
        run_step(step);
      }
    }
    for (const Method& method : methods_) {
      if (method.accepted && report_.accepted.empty()) report_.accepted = method.plan->name;
    }
    return std::move(report_);
  }

 private:
  void add(Row row) {
    world_.show(row);
    report_.rows.push_back(std::move(row));
  }
  void skip(const std::string& name, const PlanStep& step, const std::string& why) {
    add({name, step.kind == PlanStep::Kind::kCall ? expectation(step.expect) : "", "skipped", "", why,
         Outcome::kSkipped});
  }
  void not_run(const PlanStep& step) {
    add({step.name, expectation(step.expect), "not run", "", report_.stopped, Outcome::kNotRun});
  }

  void run_step(const PlanStep& step) {
    switch (step.kind) {
      case PlanStep::Kind::kClock:
        return clock_step(step);
      case PlanStep::Kind::kDns:
      case PlanStep::Kind::kTls:
        return way_step(step);
      case PlanStep::Kind::kCall:
        break;
    }
    switch (step.auth) {
      case PlanStep::Auth::kNone:
        return call_step(step, step.name, nullptr, task_.credentials);
      case PlanStep::Auth::kMadeUp: {
        Method made;
        made.plan = &task_.plan.methods.front();
        made.access_token = made_up_token();
        return call_step(step, step.name, &made, made_up_);
      }
      case PlanStep::Auth::kEach:
        return each_step(step);
      case PlanStep::Auth::kAccepted:
        return accepted_step(step);
    }
  }

  // Any made-up secret does, where a method's header wants the token endpoint's.
  std::string made_up_token() const {
    return made_up_.secrets().empty() ? std::string("none") : made_up_.secrets().front();
  }

  void each_step(const PlanStep& step) {
    for (Method& method : methods_) {
      if (!report_.stopped.empty()) return;
      const std::string name = step.name + "-" + method.plan->name;
      if (!method.obstacle.empty()) {
        if (!std::exchange(method.tried, true)) skip(name, step, method.obstacle);
        continue;
      }
      const Method* known = method.trial && !method.tried ? known_trial() : nullptr;
      method.tried = true;
      if (known != nullptr) {
        method.obstacle = known->plan->name + " works, and a secret has one method";
        skip(name, step, method.obstacle);
      } else if (has_token(method)) {
        call_step(step, name, &method, task_.credentials);
      } else if (report_.stopped.empty()) {
        skip(name, step, "the token endpoint gave no token");
      }
    }
  }

  // A method that was refused is not tried again: that would look like an attack.  One that only met
  // errors of the server is: what fails elsewhere is worth knowing.
  void accepted_step(const PlanStep& step) {
    const auto works = [](const Method& m) { return m.obstacle.empty() && m.accepted; };
    auto method = std::ranges::find_if(methods_, works);
    for (auto other = methods_.begin(); method == methods_.end() && other != methods_.end(); ++other) {
      if (other->obstacle.empty() && !other->refused && has_token(*other)) method = other;
    }
    if (!report_.stopped.empty()) return not_run(step);
    if (method == methods_.end()) return skip(step.name, step, "no method was accepted");
    call_step(step, step.name, &*method, task_.credentials);
  }

  // The method that a secret has turned out to be of; nullptr: none yet.
  const Method* known_trial() const {
    const auto found =
        std::ranges::find_if(methods_, [](const Method& m) { return m.trial && !m.access_token.empty(); });
    return found == methods_.end() ? nullptr : &*found;
  }
  static bool is_refusal(const Answer& answer) { return answer.status == 400 || answer.status == 401; }
  bool is_another_left() const {
    return std::ranges::any_of(methods_,
                               [](const Method& m) { return m.trial && m.obstacle.empty() && !m.asked_for_token; });
  }

  bool has_token(Method& method) {
    if (method.plan->oauth.empty() || !method.access_token.empty()) return true;
    if (std::exchange(method.asked_for_token, true)) return false;
    PlanStep step;
    step.name = "token-" + method.plan->name;
    step.shows = "no token by " + method.plan->oauth;
    if (!pace()) return false;
    auto request = token_request(task_.plan, *method.plan, task_.credentials, moment());
    const Answer answer = world_.call(std::move(request), {step.name, false, method.trial});
    method.access_token = text_at(answer.body, "/access_token");
    judge(step, step.name, answer);
    if (method.trial && is_refusal(answer) && is_another_left()) {
      Row& row = report_.rows.back();
      row.outcome = Outcome::kSkipped;
      row.meaning = "tried, since nothing says which method this secret is of";
    }
    return !method.access_token.empty() && answer.status == 200;
  }

  void call_step(const PlanStep& step, const std::string& name, Method* method, const Credentials& credentials) {
    if (!pace()) return not_run(step);
    Saved saved = saved_;
    if (method != nullptr) saved["access_token"] = method->access_token;
    auto request =
        call_request(task_.plan, step, method == nullptr ? nullptr : method->plan, credentials, saved, moment());
    if (!request) {
      const bool missing = request.error().code == ErrorCode::kNotFound;
      return skip(name, step, missing ? "no earlier step has given " + request.error().text : request.error().text);
    }
    const Answer answer = world_.call(*std::move(request), {name, step.control});
    const bool as_expected = judge(step, name, answer);
    if (method != nullptr) {
      method->accepted |= as_expected && answer.status < 400;
      method->refused |= answer.status == 401 || (answer.status == 403 && step.auth == PlanStep::Auth::kEach);
    }
    if (!as_expected) return;
    for (const auto& [saved_name, pointer] : step.save) {
      if (std::string text = text_at(answer.body, pointer); !text.empty()) saved_[saved_name] = std::move(text);
    }
  }

  // Makes the row of a call.  True: as expected.
  bool judge(const PlanStep& step, const std::string& name, const Answer& answer) {
    if (answer.cut) {
      end();
      not_run(step);
      return false;
    }
    const bool ok = answer.status >= 200 && answer.status < 300;
    const bool as_expected = !answer.failure && answer.refused.empty() &&
                             std::ranges::find(step.expect, answer.status) != step.expect.end() &&
                             (!ok || answer.errors.codes.empty());
    Row row{name, expectation(step.expect), got(answer), "", meaning_of(step, answer, as_expected, task_.vendor)};
    if (!answer.errors.codes.empty()) row.code = answer.errors.codes.front();
    row.outcome = as_expected ? Outcome::kPass : Outcome::kFail;
    row.n = answer.n;
    add(std::move(row));
    look_at(answer);
    return as_expected;
  }

  static std::string got(const Answer& answer) {
    if (!answer.refused.empty()) return "not sent";
    if (answer.failure) return std::string(to_string(answer.failure->kind));
    return std::to_string(answer.status);
  }

  // What concerns the whole run.
  void look_at(const Answer& answer) {
    if (answer.status > 0) report_.reached = answer.status < 500;
    if (asks_to_wait(answer)) {
      report_.reached = false;
      report_.wait_s = asked_wait(answer);
      report_.stopped = report_.wait_s
                            ? fmt::format("{}: the vendor asks to wait {} seconds", answer.status, *report_.wait_s)
                            : fmt::format("{}: the vendor asks for fewer calls", answer.status);
    } else if (!answer.refused.empty()) {
      report_.stopped = answer.refused;
    } else if (answer.failure) {
      const FailureKind kind = answer.failure->kind;
      const bool closed = kind == FailureKind::kDns || kind == FailureKind::kConnect || kind == FailureKind::kTls;
      if (closed) report_.stopped = "the vendor can not be reached";
    }
  }

  static bool asks_to_wait(const Answer& answer) {
    return answer.status == 429 || (answer.status == 503 && !http::value_of(answer.fields, "retry-after").empty());
  }

  // RFC 9110 section 10.2.3: seconds, or a date.
  std::optional<std::int64_t> asked_wait(const Answer& answer) const {
    const std::string_view text = http::value_of(answer.fields, "retry-after");
    if (const auto seconds = seconds_of(text)) return seconds;
    if (const auto at = diagnose::parse_http_date(text)) {
      const auto now = diagnose::parse_http_date(http::value_of(answer.fields, "date"));
      const std::int64_t wait_us = *at - now.value_or(world_.clock().utc_us());
      return std::clamp<std::int64_t>(wait_us / diagnose::kSecond, 0, kLongestWait);
    }
    for (const std::string& name : task_.plan.wait_headers) {
      if (const auto seconds = seconds_of(http::value_of(answer.fields, name))) return seconds;
    }
    return std::nullopt;
  }

  void clock_step(const PlanStep& step) {
    if (!pace()) return not_run(step);
    const Answer answer = world_.call(bare_request(task_.plan), {step.name, true});
    if (answer.cut) {
      end();
      return not_run(step);
    }
    Row row{step.name, fmt::format("within {} s", task_.vendor.clock_skew_seconds), got(answer), "", ""};
    row.n = answer.n;
    const auto date = diagnose::parse_http_date(http::value_of(answer.fields, "date"));
    if (answer.failure || !answer.refused.empty()) {
      row.outcome = Outcome::kFail;
      row.meaning = meaning_of(step, answer, false, task_.vendor);
    } else if (!date) {
      row.outcome = Outcome::kSkipped;
      row.meaning = "the vendor names no time";
    } else {
      // A Date has whole seconds, of some moment while the call was under way.
      const std::int64_t offset_us = *date + diagnose::kSecond / 2 - (answer.sent_utc_us + answer.took_us / 2);
      const bool near = std::abs(offset_us) <= task_.vendor.clock_skew_seconds * diagnose::kSecond;
      row.got = fmt::format("{:+.0f} s", static_cast<double>(offset_us) / 1e6);
      row.outcome = near ? Outcome::kPass : Outcome::kFail;
      row.meaning = near ? "this clock agrees with the vendor's" : "this machine's clock is wrong, or the vendor's";
    }
    add(std::move(row));
    if (asks_to_wait(answer) || !answer.refused.empty()) look_at(answer);
  }

  void way_step(const PlanStep& step) {
    const bool dns = step.kind == PlanStep::Kind::kDns;
    if (!dns && !pace()) return not_run(step);
    const http::Origin origin = origin_of(task_.plan);
    const Way way = dns ? world_.look_up(origin, step.name) : world_.greet(origin, step.name);
    if (way.cut) {
      end();
      return not_run(step);
    }
    Row row{step.name, dns ? "an address" : "a valid chain", "", "", ""};
    row.n = way.n;
    if (way.failure || !way.refused.empty()) {
      Answer answer;
      answer.failure = way.failure;
      answer.refused = way.refused;
      row.got = got(answer);
      row.outcome = Outcome::kFail;
      row.meaning = meaning_of(step, answer, false, task_.vendor);
      report_.stopped = way.refused.empty() ? "the vendor can not be reached" : way.refused;
    } else if (dns) {
      row.got = way.addresses.empty() ? "none" : way.addresses.front();
      row.meaning =
          way.addresses.size() > 1 ? fmt::format("and {} more", way.addresses.size() - 1) : "the name is known";
    } else {
      row.got = way.version.empty() ? "no TLS" : way.version;
      row.meaning = way.issuer.empty() ? "" : "issued by " + way.issuer;
      if (way.not_after_utc_s > 0) {
        row.meaning += ", valid until " + diagnose::utc_text(way.not_after_utc_s * diagnose::kSecond).substr(0, 10);
      }
    }
    add(std::move(row));
  }

  // Waits until a second has passed since the last call began.  False: the run is over.
  bool pace() {
    const std::int64_t now = world_.clock().monotonic_us();
    if (last_us_) {
      const std::int64_t left_us = *last_us_ + kLeastPauseMs * 1'000 - now;
      if (left_us > 0 && !world_.wait_ms((left_us + 999) / 1'000)) {
        end();
        return false;
      }
    }
    last_us_ = world_.clock().monotonic_us();
    return true;
  }

  void end() {
    report_.ended = true;
    report_.stopped = "ended by a signal";
  }

  Moment moment() { return {world_.clock().utc_us(), world_.entropy()}; }

  const Task& task_;
  World& world_;
  const Credentials made_up_;
  std::vector<Method> methods_;
  Saved saved_;
  Report report_;
  std::optional<std::int64_t> last_us_;
};

}  // namespace

Report run(const Task& task, World& world) { return Run(task, world).run(); }

}  // namespace cvr::probe
