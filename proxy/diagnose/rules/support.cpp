#include "diagnose/rules/support.h"

#include <algorithm>
#include <limits>

#include "diagnose/named_ids.h"

namespace cvr::diagnose {
namespace {

bool is_id_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

// Calls `visit` with each run of characters that ids are made of.
template <class Visit>
void for_each_run(std::string_view text, Visit visit) {
  for (std::size_t begin = 0; begin < text.size();) {
    if (!is_id_char(text[begin])) {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    while (end < text.size() && is_id_char(text[end])) ++end;
    visit(text.substr(begin, end - begin));
    begin = end;
  }
}

}  // namespace

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

bool is_api_call(const Call& call) { return !call.token_call; }

bool is_forbidden(const Call& call, const profiles::Diagnosis& vendor) {
  return call.failed && call.status != 429 &&
         (call.status == 403 || call.has_code(vendor.not_authorized_codes) || call.has_code(vendor.permission_codes) ||
          call.has_code(vendor.company_access_codes));
}

bool is_refusal(const Call& call, const profiles::Diagnosis& vendor) {
  return call.failed && (call.status == 401 || is_forbidden(call, vendor));
}

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
    const Recovery one{state.failed, call, state.failed->form.digest == call->form.digest,
                       state.failed->credential.identity() == call->credential.identity()};
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

std::unordered_map<std::string, Sighting> sightings(const Facts& facts, const std::set<std::string>& ids) {
  std::unordered_map<std::string, Sighting> out;
  const std::unordered_map<std::string_view, bool> wanted = [&] {
    std::unordered_map<std::string_view, bool> all;
    for (const std::string& id : ids) all.emplace(id, true);
    return all;
  }();
  if (wanted.empty()) return out;
  for (const Call* call : facts.subjects()) {
    // A call that was not answered with the thing shows only that somebody asked for it.
    if (call->status == 404) continue;
    const auto look = [&](std::string_view text) {
      for_each_run(text, [&](std::string_view run) {
        if (!wanted.contains(run)) return;
        const auto [found, added] = out.try_emplace(std::string(run));
        Sighting& sighting = found->second;
        sighting.first_us = added ? call->at_us : std::min(sighting.first_us, call->at_us);
        sighting.environments.insert(call->environment);
      });
    };
    look(call->parts->request.path.text);
    look(call->parts->request.body.content.text);
    if (call->parts->response) look(call->parts->response->body.content.text);
  }
  return out;
}

std::set<std::string> missing_ids(const Facts& facts) {
  std::set<std::string> out;
  for (const Call* call : facts.failures()) {
    if (call->status != 404) continue;
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
