#include "diagnose/facts.h"

#include <algorithm>
#include <map>
#include <ranges>
#include <set>
#include <tuple>
#include <unordered_map>

#include "diagnose/answer.h"
#include "diagnose/fields.h"
#include "diagnose/named_ids.h"
#include "diagnose/sightings.h"

namespace cvr::diagnose {
namespace {

// Steps of a probe that are meant to fail, or to show nothing of the API: as the plan says, or by a name of EVIDENCE's.
bool is_control(const RedactedParts& parts) {
  constexpr std::string_view kControls[] = {kUnauthenticated, "wrong-", "negative-", "clock", "dns", "tls"};
  return has_flag(parts, kFlagControl) ||
         std::ranges::any_of(kControls, [&](std::string_view name) { return parts.step.starts_with(name); });
}

bool is_token_call(const Call& call, const profiles::Diagnosis& vendor) {
  return !vendor.token_path.empty() && call.operation.name == "POST " + vendor.token_path;
}

using FormKey = std::tuple<std::string, std::uint64_t, std::string>;
FormKey form_key(const Call& call) { return {call.operation.name, call.form.digest, call.act_as}; }

// A refused try of a probe is a control beside the one that gave a token.  Where all are refused, one of them is what
// the application sends.
void judge_trials(std::vector<Call>& calls) {
  std::vector<std::int64_t> issued;
  for (const Call& call : calls) {
    if (call.token_call && call.ok) issued.push_back(call.sent_us);
  }
  std::ranges::sort(issued);
  for (Call& call : calls) {
    if (!call.control || !call.token_call || call.ok || !call.step.starts_with("token-")) continue;
    const auto near = std::ranges::lower_bound(issued, call.sent_us - kNear);
    call.trial = near == issued.end() || *near > call.sent_us + kNear;
    call.control = !call.trial;
  }
}

// How far the vendor's clock is ahead of the recorder's: the middle of what the Dates say.
std::int64_t clock_offset(const std::vector<Call>& calls) {
  std::vector<std::int64_t> offsets;
  for (const Call& call : calls) {
    if (call.date_us && call.vendors) offsets.push_back(*call.date_us - call.sent_us);
  }
  if (offsets.empty()) return 0;
  const auto middle = offsets.begin() + static_cast<std::ptrdiff_t>(offsets.size() / 2);
  std::ranges::nth_element(offsets, middle);
  return *middle;
}

Call read_call(const RedactedParts& parts, std::uint64_t n, In in, const profiles::Profile& profile) {
  Call call;
  call.in = in;
  call.n = n;
  call.parts = &parts;
  call.vendors = fits_host(profile.hosts, parts.request.origin.host);
  call.operation = name_operation(parts.request, profile);
  call.environment = environment_of(parts.request.origin.host, profile);
  call.step = parts.step;
  call.control = is_control(parts);
  call.sent_us = parts.timing.started_utc_us;
  if (parts.response) call.date_us = parse_http_date(field_value(parts.response->fields, "date"));
  if (call.vendors) {
    AnswerErrors errors = read_errors(parts, profile.diagnosis);
    call.codes = std::move(errors.codes);
    call.title = std::move(errors.title);
  }
  call.status = parts.response ? parts.response->status : 0;
  const bool success = (call.status >= 200 && call.status < 300) || call.status == 304;
  const bool whole = !parts.failure && !has_flag(parts, kFlagIncomplete);
  call.ok = success && whole && call.codes.empty();
  call.failed = call.status >= 400 || call.status == 0 || (success && !call.ok);
  call.token_call = is_token_call(call, profile.diagnosis);
  call.credential = read_credential(parts, profile.diagnosis);
  call.form = normal_form(parts.request, call.credential, profile);
  call.act_as = field_value(parts.request.fields, profile.diagnosis.act_as_header);
  return call;
}

}  // namespace

std::string_view to_string(In in) { return in == In::kBefore ? "before" : "after"; }

bool Call::has_code(const std::vector<std::string>& wanted) const {
  return std::ranges::any_of(codes, [&](const std::string& code) { return is_listed(wanted, code); });
}

Facts::Facts(const Recording& after, const Recording* before, const profiles::Profile& profile, const Account* account)
    : profile_(profile),
      account_(account),
      has_before_(before != nullptr),
      comparable_(before == nullptr || before->key.empty() || after.key.empty() || before->key == after.key) {
  calls_.reserve(after.interactions.size() + (before == nullptr ? 0 : before->interactions.size()));
  if (before != nullptr) add(*before, In::kBefore);
  add(after, In::kAfter);
  // Records stand in the order in which answers ended; and a recording of "before" may be a later one.
  std::ranges::stable_sort(calls_, {}, &Call::order_us);
  imported_ = std::ranges::all_of(after.interactions, [](const auto& i) { return i->arrival == Arrival::kImport; });
  for (const cassette::Refusal& refusal : after.refusals) {
    if (refusal.host.empty() || fits_host(profile.hosts, refusal.host)) refusals_.push_back(&refusal);
  }
  link();
  link_later();
  link_others();
  find_accepted();
  find_reproduced();
  for (const Call& call : calls_) {
    if (!call.vendors) {
      if (call.in == In::kAfter) strangers_.push_back(&call);
    } else if (call.control) {
      if (call.in == In::kAfter) controls_.push_back(&call);
    } else {
      subjects_.push_back(&call);
      if (call.in != In::kAfter) continue;
      after_.push_back(&call);
      if (call.failed) failures_.push_back(&call);
    }
  }
  find_stale();
}

void Facts::add(const Recording& recording, In in) {
  std::vector<Call> calls;
  calls.reserve(recording.interactions.size());
  for (std::size_t i = 0; i < recording.interactions.size(); ++i) {
    calls.push_back(read_call(*recording.interactions[i], i + 1, in, profile_));
  }
  const std::int64_t offset = clock_offset(calls);
  judge_trials(calls);
  std::set<std::tuple<std::int64_t, std::int64_t, std::uint64_t, int>> seen;
  for (Call& call : calls) {
    call.order_us = call.sent_us + offset;
    call.at_us = call.date_us && call.vendors ? *call.date_us : call.order_us;
    if (!comparable_) call.act_as.clear();
    // A file that is given twice, or merged with itself, shows nothing twice.  Where no times are known none can be
    // told.
    const bool again = !seen.emplace(call.sent_us, call.parts->timing.finished_us, call.form.exact, call.status).second;
    if (again && call.sent_us != 0) continue;
    calls_.push_back(std::move(call));
  }
  gaps_ += recording.gaps;
}

void Facts::link() {
  std::unordered_map<std::string, const Call*> last;
  std::map<FormKey, const Call*> same;
  const Call* last_token = nullptr;
  for (Call& call : calls_) {
    if (!call.vendors || call.control) continue;
    const FormKey key = form_key(call);
    if (const auto found = last.find(call.operation.name); found != last.end()) call.last_success = found->second;
    if (const auto found = same.find(key); found != same.end()) call.same_success = found->second;
    call.last_token_success = last_token;
    if (!call.ok) continue;
    last[call.operation.name] = &call;
    same[key] = &call;
    if (!call.credential.claims.empty()) last_token = &call;
  }
}

void Facts::link_later() {
  std::unordered_map<std::string, const Call*> next;
  std::set<FormKey> worked;
  for (Call& call : std::views::reverse(calls_)) {
    if (!call.vendors || call.control) continue;
    if (const auto found = next.find(call.operation.name); call.last_success == nullptr && found != next.end()) {
      call.later_success = found->second;
    }
    call.works_later = worked.contains(form_key(call));
    if (!call.ok) continue;
    next[call.operation.name] = &call;
    worked.insert(form_key(call));
  }
}

void Facts::link_others() {
  std::unordered_map<std::string_view, const Call*> by_base;
  const Call* any = nullptr;
  const auto visit = [&](Call& call) {
    if (!call.vendors || call.control) return;
    const auto same = by_base.find(call.operation.base);
    if (call.base_success == nullptr && same != by_base.end()) call.base_success = same->second;
    if (call.any_success == nullptr) call.any_success = any;
    if (call.ok && !call.token_call) by_base[call.operation.base] = any = &call;
  };
  for (Call& call : calls_) visit(call);
  by_base.clear();
  any = nullptr;
  for (Call& call : std::views::reverse(calls_)) visit(call);
}

void Facts::find_accepted() {
  std::set<std::string> subjects, open;  // credentials of subjects; operations that answer somebody else's, too
  for (const Call& call : calls_) {
    if (call.vendors && !call.control) subjects.insert(call.credential.identity());
  }
  subjects.erase("");
  for (const Call& call : calls_) {
    if (call.control && call.ok && call.vendors && !subjects.contains(call.credential.identity())) {
      open.insert(call.operation.name);
    }
  }
  std::unordered_map<std::string, std::vector<std::int64_t>> accepted;
  for (Call& call : calls_) {
    call.accepted = call.ok && call.vendors && !call.control && !call.token_call &&
                    !open.contains(call.operation.name) && !holds_markup(*call.parts->response);
    if (call.accepted) accepted[call.credential.identity()].push_back(call.at_us);
  }
  for (auto& [identity, times] : accepted) std::ranges::sort(times);
  for (Call& call : calls_) {
    const std::string identity = call.credential.identity();
    const auto found = accepted.find(identity);
    if (identity.empty() || found == accepted.end()) continue;
    const auto near = std::ranges::lower_bound(found->second, call.at_us - kNear);
    call.accepted_near = near != found->second.end() && *near <= call.at_us + kNear;
  }
}

// Three of one operation, status and code, whatever the credential, the first and the last at least ten minutes apart.
void Facts::find_reproduced() {
  std::unordered_map<std::string, std::vector<Call*>> alike;
  for (Call& call : calls_) {
    if (call.in != In::kAfter || !call.failed || !call.vendors || call.control) continue;
    std::string key = call.operation.name + "\n" + std::to_string(call.status) + "\n" + call.code() + "\n";
    if (call.parts->failure) key += to_string(call.parts->failure->kind);
    alike[key].push_back(&call);
  }
  for (auto& [key, calls] : alike) {
    const auto [first, last] = std::ranges::minmax(calls, {}, [](const Call* c) { return c->at_us; });
    if (calls.size() < 3 || last->at_us - first->at_us < 10 * kMinute) continue;
    for (Call* call : calls) call->reproduced = true;
  }
}

void Facts::find_stale() {
  std::vector<std::pair<Call*, std::vector<std::string>>> asked;
  std::set<std::string> ids;
  for (Call& call : calls_) {
    if (call.in != In::kAfter || !call.failed || !call.vendors || call.control || !rebuild_before(call)) continue;
    std::vector<std::string> named = named_ids(call, profile_);
    if (named.empty()) continue;
    ids.insert(named.begin(), named.end());
    asked.emplace_back(&call, std::move(named));
  }
  const auto seen = sightings(subjects_, ids);
  for (auto& [call, named] : asked) {
    const std::int64_t rebuilt = rebuild_before(*call)->from;
    call->stale_id = std::ranges::any_of(named, [&](const std::string& id) {
      const auto found = seen.find(id);
      return found != seen.end() && found->second.first_us < rebuilt && found->second.last_ok_us < rebuilt;
    });
    if (call->stale_id) call->same_success = nullptr;
  }
}

std::optional<Window> Facts::rebuild_before(const Call& call) const {
  if (!profile_.rebuild || !fits_host(profile_.rebuild->hosts, call.parts->request.origin.host)) return std::nullopt;
  return last_rebuild(*profile_.rebuild, call.at_us);
}

const Call* Facts::control(std::string_view step) const {
  const auto found = std::ranges::find_if(controls_, [&](const Call* c) { return c->step == step; });
  return found == controls_.end() ? nullptr : *found;
}

std::vector<const Call*> Facts::wrong_credentials() const {
  std::vector<const Call*> out;
  std::ranges::copy_if(controls_, std::back_inserter(out), [](const Call* c) {
    return (c->step.starts_with("wrong-") || c->step.starts_with("negative-")) && !c->ok;
  });
  return out;
}

Comparison Facts::difference(const Call& before, const Call& after) const {
  Comparison out = compare(before.form, after.form);
  // One that is absent is a difference of the forms already.
  if (before.act_as == after.act_as || before.act_as.empty() || after.act_as.empty()) return out;
  out.sameness = Sameness::kDifferent;
  ++out.count;
  if (out.differences.size() == kMostDifferences) out.differences.pop_back();
  out.differences.push_back(
      {"header " + http::to_lower(profile_.diagnosis.act_as_header), "<present>", "<another value>"});
  return out;
}

}  // namespace cvr::diagnose
