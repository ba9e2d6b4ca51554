#include "unit/engine/stage.h"

#include <filesystem>
#include <optional>

#include "base/size.h"
#include "http/head.h"
#include "http/target.h"
#include "support/random.h"

namespace cvr::engine {
namespace {

const LinkMap kReverseLinks{"https://sandbox.avinode.com", "http://127.0.0.1:8877"};

// The first word; the rest stays.
std::string_view take_word(std::string_view& text) {
  const std::size_t space = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, space);
  text.remove_prefix(std::min(space + 1, text.size()));
  return word;
}

// What stands behind `mark`, which goes from the text with it.
std::optional<std::string_view> take_behind(std::string_view& text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view behind = text.substr(at + mark.size());
  text = text.substr(0, at);
  return behind;
}

bool is_json(std::string_view body) { return body.starts_with('{') || body.starts_with('['); }

std::optional<OnEnd> on_end_from(std::string_view word) {
  if (word.empty()) return OnEnd::kDefault;
  if (word == "fail") return OnEnd::kFail;
  if (word == "last") return OnEnd::kLast;
  if (word == "loop") return OnEnd::kLoop;
  return std::nullopt;
}

std::string told(const Playback& playback, std::string_view method) {
  std::size_t scanned = 0;
  http::ResponseHead head;
  const auto parsed = http::parse_response_head(playback.wire, scanned, {}, method, head);
  if (parsed.kind != http::HeadResult::Kind::kDone) return "hit that is no HTTP: " + playback.wire;
  constexpr std::string_view kFailure = "upstream-error; kind=";
  const std::string mark(http::value_of(http::to_fields(head.fields), "x-cvr"));
  if (mark.starts_with(kFailure)) return "hit failure " + mark.substr(kFailure.size());
  return "hit " + std::to_string(head.status) + ' ' + playback.body;
}

}  // namespace

std::string Stage::play(std::string_view line) {
  const auto expected = take_behind(line, " => ");
  if (!expected) return obey(line);
  const std::string seen = observed(line);
  return seen == *expected ? "" : "expected " + std::string(*expected) + "\n     got " + seen;
}

std::string Stage::obey(std::string_view line) {
  std::string_view rest = line;
  const std::string_view word = take_word(rest);
  if (word == "mode") {
    const auto max_age = take_behind(rest, " max-age ");
    const auto on_end = take_behind(rest, " on-end ");
    return begin(rest, on_end.value_or(""), max_age.value_or(""));
  }
  if (word == "fault") {
    auto fault = parse_fault(rest);
    if (!fault) return fault.error().text;
    faults_.push_back(std::move(*fault));
    return "";
  }
  if (line == "no faults") {
    faults_.clear();
    return "";
  }
  if (word == "match") {
    const std::string_view part = take_word(rest), name = take_word(rest);
    return add_rule(part, name, rest);
  }
  if (line == "stateful") {
    stateful_ = true;
    return "";
  }
  if (word == "later") {
    clock_.advance_us(parse_duration_ms(rest).value_or(0) * 1000);
    return "";
  }
  if (word == "record") {
    const auto answer = take_behind(rest, " -> ");
    if (!answer) return "a recording needs an answer: record REQUEST -> ANSWER";
    if (session_ != nullptr && session_->mode().mode != Mode::kAll) end();
    if (session_ == nullptr) begin("all", "");
    asked_ = parse_request(rest);
    answer_from_upstream(*answer, true);
    return "";
  }
  if (line == "another machine") {
    end();
    redactor_ = make_redactor({}, ++machine_);
    return "";
  }
  if (session_ == nullptr) return "no session yet: mode WORD begins one";
  if (line == "discard") {
    EXPECT_TRUE(session_->discard());
    session_.reset();
    return "";
  }
  if (word != "upstream") return "not a line of a playbook (unit/engine/stage.h says what is)";
  answer_from_upstream(rest, record_);
  return "";
}

std::string Stage::observed(std::string_view question) {
  if (question == "cassette") return cassette();
  if (session_ == nullptr) return "no session yet: mode WORD begins one";
  if (question == "nearest") return nearest();
  if (question == "differs") return differs();
  if (question == "summary") return summary();
  if (question == "unused") return unused();
  if (question == "faults") return faults();
  if (question == "stale") return stale();
  return decide(question);
}

std::string Stage::begin(std::string_view mode_word, std::string_view on_end_word, std::string_view max_age) {
  end();
  const auto wanted = mode_from(mode_word);
  const auto on_end = on_end_from(on_end_word);
  if (!wanted || !on_end) return "no such mode or end";
  const bool present = std::filesystem::exists(tape_.path());
  SessionParts parts;
  parts.mode = resolve(*wanted, present);
  parts.redactor = redactor_;
  if (facts_of(parts.mode).looks_up) {
    std::vector<std::unique_ptr<cassette::Reader>> readers;
    if (present) readers.push_back(tape_.reader());
    parts.player = std::make_unique<Player>(std::move(readers), rules_, *on_end, stateful_);
  }
  if (!faults_.empty()) parts.faults = std::make_unique<Faults>(faults_, 1);
  if (!max_age.empty()) {
    const auto age_ms = parse_duration_ms(take_word(max_age));
    const auto action = on_stale_from(max_age);
    if (!age_ms || !action) return "max-age takes an age and warn, fail or record";
    parts.staleness = std::make_unique<Staleness>(AgeRules{*age_ms * 1000, *action, {}}, clock_);
  }
  if (facts_of(parts.mode).records) parts.recorder = tape_.recorder(redactor_);
  session_ = std::make_unique<Session>(std::move(parts));
  return "";
}

std::string Stage::add_rule(std::string_view part, std::string_view name, std::string_view comparison) {
  auto how = match::parse_comparison(comparison);
  if (!how) return how.error().text;
  if (part != "query" && part != "json") return "match takes query or json, a name and a comparison";
  (part == "query" ? rules_.parts.query_names : rules_.parts.json_values).push_back({std::string(name), *how});
  match::finish_rules(rules_);
  return "";
}

void Stage::end() {
  if (session_ == nullptr) return;
  EXPECT_TRUE(session_->close());
  session_.reset();
}

Stage::Asked Stage::parse_request(std::string_view text) {
  Asked asked;
  const auto body = take_behind(text, " with ");
  const auto name = take_behind(text, " as ");
  std::string_view form = text.substr(0, text.find(' '));
  if (form == "tunnel" || form == "absolute" || form == "reverse") {
    take_word(text);
  } else {
    form = "tunnel";
  }
  asked.arrival = form == "absolute" ? Arrival::kAbsolute : form == "reverse" ? Arrival::kReverse : Arrival::kConnect;
  const std::string_view method = take_word(text);
  const auto target = http::parse_target(text, false);
  EXPECT_TRUE(target) << text;
  if (!target) return asked;
  EXPECT_EQ(target->origin.has_value(), form == "absolute") << text;
  asked.request = request(method, target->path);
  if (target->origin) asked.request.origin = *target->origin;
  asked.request.query = target->query;
  asked.request.has_query = target->has_query;
  if (name) {
    std::string& token = credentials_[std::string(*name)];
    if (token.empty()) token = test::random_base64url(40);
    asked.request.fields.push_back({"Authorization", "Bearer " + token});
  }
  if (body) {
    asked.request.fields.push_back(
        {"Content-Type", is_json(*body) ? "application/json" : "application/x-www-form-urlencoded"});
    asked.request.body = *body;
  }
  return asked;
}

void Stage::answer_from_upstream(std::string_view answer, bool record) {
  const std::string_view status = take_word(answer);
  Interaction raw;
  if (status == "failure") {
    raw = failed(asked_.request, failure_kind_from(answer).value(), "what the dialer said");
  } else {
    raw = exchange(asked_.request, std::string(answer), is_json(answer) ? "application/json" : "text/plain");
    raw.response->status = std::stoi(std::string(status));
    if (answer == "too large") {
      raw.response->body.clear();
      raw.response_over_limit = BodyDigest{1u << 30, {}};
    }
  }
  raw.arrival = asked_.arrival;
  raw.timing.started_utc_us = clock_.utc_us();
  // As forwarding does: on record, links lead to the upstream.
  if (raw.arrival == Arrival::kReverse) {
    raw.request.body = map_links(raw.request.body, {kReverseLinks.to, kReverseLinks.from});
  }
  session_->finished(raw, record);
}

std::string Stage::decide(std::string_view text) {
  asked_ = parse_request(text);
  const LinkMap* links = asked_.arrival == Arrival::kReverse ? &kReverseLinks : nullptr;
  Decision decision = session_->decide(asked_.request, links);
  if (const auto* hit = std::get_if<Hit>(&decision)) {
    const Mishap& mishap = hit->mishap;
    return told(*hit->playback, asked_.request.method) +
           (mishap.delay_ms > 0 ? ", " + std::to_string(mishap.delay_ms) + " ms late" : "") +
           (mishap.truncate_bytes ? ", cut after " + std::to_string(*mishap.truncate_bytes) : "");
  }
  if (const auto* fault = std::get_if<Faulted>(&decision)) {
    return "fault " + (fault->status == 0 ? "reset" : std::to_string(fault->status));
  }
  if (const auto* forward = std::get_if<Forward>(&decision)) {
    record_ = forward->record;
    return record_ ? "forward, record" : "forward";
  }
  miss_ = std::get<Miss>(decision).report;
  return "miss: " + miss_.reason;
}

std::string Stage::nearest() const {
  std::string out;
  for (const match::Nearest& near : miss_.nearest) {
    out += (out.empty() ? "#" : ", #") + std::to_string(near.n) + ' ' + near.difference.rule;
  }
  return out.empty() ? "none" : out;
}

std::string Stage::differs() const {
  if (miss_.nearest.empty()) return "none";
  const match::Difference& difference = miss_.nearest.front().difference;
  return difference.rule + ": asked " + difference.asked + ", recorded " + difference.recorded;
}

std::string Stage::summary() const {
  const Summary s = session_->summary();
  std::string out;
  const auto add = [&](std::uint64_t n, const char* what) {
    out += (out.empty() ? "" : ", ") + std::to_string(n) + ' ' + what;
  };
  if (session_->mode().looks_up) {
    add(s.hits, "hits");
    add(s.misses, "misses");
    add(s.unused, "unused");
  }
  if (session_->mode().forwards) add(s.forwarded, "forwarded");
  if (session_->mode().records) add(s.recorded, "recorded");
  if (s.failures > 0) add(s.failures, "failures");
  return out;
}

std::string Stage::unused() const {
  std::string out;
  for (const Player::Unused& unused : session_->summary().unused_list) {
    out += (out.empty() ? "#" : ", #") + std::to_string(unused.n) + ' ' + unused.method + ' ' + unused.url;
  }
  return out.empty() ? "none" : out;
}

std::string Stage::faults() const {
  std::string out;
  for (const FaultCount& fault : session_->summary().faults) {
    out += (out.empty() ? "" : ", ") + std::to_string(fault.fired) + " of " + std::to_string(fault.matched);
  }
  return out.empty() ? "none" : out;
}

std::string Stage::stale() const {
  const auto ages = session_->summary().ages;
  if (!ages || ages->stale == 0) return "none";
  return std::to_string(ages->stale) + ", oldest #" + std::to_string(ages->oldest_n);
}

std::string Stage::cassette() const {
  if (!std::filesystem::exists(tape_.path())) return "absent";
  const std::uint64_t size = tape_.reader()->size();
  return std::to_string(size) + (size == 1 ? " interaction" : " interactions");
}

}  // namespace cvr::engine
