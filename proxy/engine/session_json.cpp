#include "engine/session_json.h"

#include "base/json_scan.h"
#include "exporters/common.h"

namespace cvr::engine {
namespace {

void add_replay_notes(json::Writer& w, const Summary& s) {
  if (s.discarded) w.member("discarded", s.recorded);
  if (!s.faults.empty()) {
    w.key("faults").begin_array();
    for (const FaultCount& fault : s.faults) {
      w.begin_object().member("fault", fault.text).member("fired", fault.fired).member("matched", fault.matched);
      w.end_object();
    }
    w.end_array().member("fault_seed", s.fault_seed);
  }
  if (s.ages && s.ages->stale > 0) {
    w.key("stale").begin_object().member("count", s.ages->stale).member("action", to_string(s.ages->on_stale));
    w.member("max_age_s", s.ages->max_age_us / 1'000'000).member("oldest", s.ages->oldest_n);
    w.member("oldest_age_s", s.ages->oldest_age_us / 1'000'000).end_object();
  }
  if (s.ages && s.ages->before_rebuild > 0) {
    w.key("before_rebuild").begin_object().member("answers", s.ages->before_rebuild);
    w.member("rebuild_utc", exporters::utc_text(s.ages->rebuild_utc_us)).end_object();
  }
}

void add_loosened(json::Writer& w, const Summary& s) {
  w.member("loosened", s.loosened).key("loosened_interactions").begin_array();
  for (const match::Nearest& hit : s.loosened_list) {
    w.begin_object().member("n", hit.n).member("method", hit.method).member("url", hit.url);
    w.member("rule", hit.difference.rule).member("asked", hit.difference.asked);
    w.member("recorded", hit.difference.recorded).end_object();
  }
  w.end_array();
}

void write_members(json::Writer& w, const Summary& s, std::string_view cassette) {
  w.member("name", s.name).member("mode", s.asked.empty() ? s.mode : s.asked).member("resolved", s.mode);
  w.member("cassette", cassette);
  w.member("hits", s.hits).member("misses", s.misses).member("unused", s.unused);
  w.member("forwarded", s.forwarded).member("recorded", s.recorded).member("failures", s.failures);
  w.member("refused", s.refused).member("lost", s.lost);
  if (s.cut > 0) w.member("cut", s.cut);
  if (s.purged > 0) w.member("purged", s.purged);
  if (!s.left_out.empty()) {
    w.key("bodies_left_out").begin_object();
    for (const auto& [reason, count] : s.left_out) w.member(reason, count);
    w.end_object();
  }
  if (!s.lost_reason.empty()) w.member("lost_reason", s.lost_reason);
  add_replay_notes(w, s);
}

constexpr const char* kWishForm = R"({"mode": MODE, "cassette": NAME}, both optional)";
constexpr const char* kEjectForm = R"({"discard": true or false})";

std::unexpected<Error> malformed(const std::string& what, const char* form) {
  return fail(ErrorCode::kMalformed, what + "; the body is " + form);
}

std::unexpected<Error> bad(const std::string& what) { return malformed(what, kWishForm); }

// One flat object, or nothing at all: `take(key, value, scanner)` for each member.
template <class Take>
Result<void> read_members(std::string_view body, const char* form, const Take& take) {
  if (body.empty()) return {};
  json::Scanner scanner(body, 2);
  const auto first = scanner.next();
  if (!first || *first != json::Token::kBeginObject) return malformed("a JSON object is needed", form);
  for (;;) {
    const auto token = scanner.next();
    if (!token) return malformed("no JSON: " + token.error().text, form);
    if (*token == json::Token::kEndObject) break;
    const std::string key = json::unescape(scanner.raw());
    const auto value = scanner.next();
    if (!value) return malformed("no JSON: " + value.error().text, form);
    if (auto taken = take(key, *value, scanner); !taken) return taken;
  }
  if (const auto end = scanner.next(); !end || *end != json::Token::kEnd)
    return malformed("something stands behind the object", form);
  return {};
}

Result<void> take(Wish& wish, const std::string& key, const std::string& value) {
  if (key == "cassette") {
    if (!wish.cassette.empty() || value.empty()) return bad("cassette is given twice, or empty");
    wish.cassette = value;
    return {};
  }
  if (wish.mode) return bad("mode is given twice");
  wish.mode = mode_from(value);
  if (!wish.mode) return bad("the mode is not one of once, new_episodes, none, all, passthrough");
  return {};
}

}  // namespace

void write_counts(json::Writer& w, const Summary& summary, std::string_view cassette) {
  w.begin_object();
  write_members(w, summary, cassette);
  w.end_object();
}

std::string full_json(const Summary& s, std::string_view cassette) {
  json::Writer w;
  w.begin_object();
  write_members(w, s, cassette);
  if (s.loosened > 0) add_loosened(w, s);
  w.key("miss_reports").begin_array();
  for (const auto& report : s.miss_reports) {
    std::string text = match::to_json(report);
    while (text.ends_with('\n')) text.pop_back();
    w.raw(text);
  }
  w.end_array().key("unused_interactions").begin_array();
  for (const auto& unused : s.unused_list) {
    w.begin_object().member("n", unused.n).member("method", unused.method).member("url", unused.url).end_object();
  }
  w.end_array().key("warnings").begin_array();
  for (const std::string& warning : s.warnings) w.value(warning);
  w.end_array().end_object();
  return w.take() + "\n";
}

// What the client sent is not repeated: it may hold anything.
Result<Wish> parse_wish(std::string_view body) {
  Wish wish;
  const auto take_member = [&](const std::string& key, json::Token value, const json::Scanner& at) -> Result<void> {
    if (key != "mode" && key != "cassette") return bad("a member is unknown");
    if (value != json::Token::kString) return bad(key + " must be a text");
    return take(wish, key, json::unescape(at.raw()));
  };
  if (auto done = read_members(body, kWishForm, take_member); !done) return std::unexpected(done.error());
  return wish;
}

Result<Keep> parse_eject(std::string_view body) {
  std::optional<Keep> keep;
  const auto take_member = [&](const std::string& key, json::Token value, const json::Scanner&) -> Result<void> {
    if (key != "discard") return malformed("a member is unknown", kEjectForm);
    if (value != json::Token::kTrue && value != json::Token::kFalse)
      return malformed("discard must be true or false", kEjectForm);
    if (keep) return malformed("discard is given twice", kEjectForm);
    keep = value == json::Token::kTrue ? Keep::kNothing : Keep::kAll;
    return {};
  };
  if (auto done = read_members(body, kEjectForm, take_member); !done) return std::unexpected(done.error());
  return keep.value_or(Keep::kAll);
}

}  // namespace cvr::engine
