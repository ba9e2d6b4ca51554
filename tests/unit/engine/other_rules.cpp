// A player under other rules than those of the recording answers as one whose cassette was recorded under them: the
// first makes keys when they are needed, the second finds all of them in the cassette.
#include <map>

#include "support/random.h"
#include "unit/engine/kit.h"

namespace cvr::engine {
namespace {

std::uint64_t below(std::uint64_t end) { return test::rng()() % end; }

match::Comparison by(std::string_view word) { return match::parse_comparison(word).value(); }

match::MatchRules with(const std::function<void(match::MatchRules&)>& change) {
  match::MatchRules rules = usual_rules();
  change(rules);
  match::finish_rules(rules);
  return rules;
}

// By the names that they are printed with.
std::map<std::string, match::MatchRules> all_rules() {
  return {
      {"none", usual_rules()},
      {"query", with([](auto& rules) { rules.parts.query_names.push_back({"ts", by("any")}); })},
      {"credentials", with([](auto& rules) { rules.parts.any_credentials = true; })},
      {"json and numbers", with([](auto& rules) {
         rules.parts.json_values.push_back({"sentat", by("any")});
         rules.parts.json_values.push_back({"/price", by("number:2")});
       })},
      {"one route", with([](auto& rules) {
         rules.routes.push_back({"POST", "/trips/*", rules.parts});
         rules.routes.back().parts.body = match::BodyAs::kAny;
       })},
      {"path", with([](auto& rules) { rules.parts.path = by("regex:(/trips/).*"); })},
      {"path of one route", with([](auto& rules) {
         rules.routes.push_back({"GET", "/trips/*", rules.parts});
         rules.routes.back().parts.path = by("any");
       })},
      {"method", with([](auto& rules) { rules.parts.any_method = true; })},
  };
}

http::Request random_request(const std::vector<std::string>& tokens) {
  static constexpr const char* kMethods[] = {"GET", "GET", "GET", "POST", "PUT"};
  const std::string method = kMethods[below(5)];
  std::string target = below(2) == 0 ? "/trips/" + std::to_string(below(6)) : below(2) == 0 ? "/trips" : "/ping";
  if (below(2) == 0) target += "?ts=" + std::to_string(below(3)) + (below(2) == 0 ? "&page=1" : "");
  http::Request out = request(method, target);
  if (below(2) == 0) out.fields.push_back({"Authorization", "Bearer " + tokens[below(tokens.size())]});
  if (method != "GET") {
    out.fields.push_back({"Content-Type", "application/json"});
    out.body = R"({"sentAt":)" + std::to_string(below(3)) + R"(,"price":)" + std::to_string(below(9)) + "}";
  }
  return out;
}

struct Variant {
  match::MatchRules recorded;
  bool hints = false;
};

class OtherRules : public ::testing::Test {
 protected:
  void record(Tape& tape, const Variant& variant) const {
    cassette::WriterOptions options;
    if (variant.hints) write_hints(options);
    options.lookup_from = 1;
    const auto into = tape.recorder(redactor_, std::move(options), variant.recorded);
    for (std::size_t i = 0; i < recorded_.size(); ++i)
      EXPECT_TRUE(into->record(exchange(recorded_[i], "answer " + std::to_string(i))));
    EXPECT_TRUE(into->writer().seal());
  }
  static std::unique_ptr<Player> player(const Tape& tape, const match::MatchRules& rules, bool stateful) {
    std::vector<std::unique_ptr<cassette::Reader>> readers;
    readers.push_back(tape.reader());
    return std::make_unique<Player>(std::move(readers), rules, OnEnd::kDefault, stateful);
  }
  std::string told(Player& player, const http::Request& asked) const {
    const RedactedRequest redacted = redactor_->redact_request(asked);
    const auto answer = player.answer(redacted, nullptr);
    if (const auto* hit = std::get_if<Hit>(&answer)) {
      return hit->playback->body + (hit->loosened ? ", looser: " + hit->loosened->difference.rule : "");
    }
    std::string out = std::get<NoAnswer>(answer).reason;
    if (match::plain_route(redacted) % 4 == 0) {  // of some: it costs more than all the rest
      for (const auto& near : player.explain(redacted, "").nearest) out += " #" + std::to_string(near.n);
    }
    return out;
  }
  // Asks both the same.
  void compare(Player& one, Player& other, const std::string& what) const {
    std::size_t hits = 0;
    for (const http::Request& request : asked_) {
      const std::string expected = told(other, request);
      ASSERT_EQ(told(one, request), expected)
          << what << ": " << request.method << ' ' << request.path << '?' << request.query << ' ' << request.body;
      hits += expected.starts_with("answer") ? 1 : 0;
    }
    EXPECT_GT(hits, asked_.size() / 20) << what;
    EXPECT_EQ(one.unused(), other.unused()) << what;
  }

  std::shared_ptr<const Redactor> redactor_ = make_redactor();
  std::vector<http::Request> recorded_, asked_;
};

TEST_F(OtherRules, AnswerAsIfRecordedUnderThem) {
  const std::vector<std::string> tokens = {test::random_base64url(40), test::random_base64url(40),
                                           test::random_base64url(40)};
  for (int i = 0; i < 120; ++i) recorded_.push_back(random_request(tokens));
  for (int i = 0; i < 150; ++i) asked_.push_back(random_request(tokens));
  const std::map<std::string, match::MatchRules> rules = all_rules();
  const std::vector<std::pair<std::string, Variant>> recorded = {{"with hints, under rules", {rules.at("path"), true}},
                                                                 {"without hints, under rules", {rules.at("path")}},
                                                                 {"without rules", {rules.at("none")}}};
  for (const auto& [name, now] : rules) {
    Tape same;
    record(same, {now});
    for (const auto& [how, variant] : recorded) {
      Tape other;
      record(other, variant);
      for (const bool stateful : {false, true}) {
        const auto ours = player(other, now, stateful), theirs = player(same, now, stateful);
        compare(*ours, *theirs, how + ", played by " + name + (stateful ? ", stateful" : ""));
        ours->rewind();
        theirs->rewind();
        compare(*ours, *theirs, how + ", played again by " + name);
      }
    }
  }
}

// What the whole is for.
TEST_F(OtherRules, ReadNothingAtTheStart) {
  const std::vector<std::string> tokens = {test::random_base64url(40)};
  for (int i = 0; i < 50; ++i) recorded_.push_back(random_request(tokens));
  const std::map<std::string, match::MatchRules> rules = all_rules();
  Tape hinted, bare;
  record(hinted, {rules.at("path"), true});
  record(bare, {rules.at("path")});
  for (const char* name : {"none", "query", "credentials", "json and numbers", "one route"}) {
    EXPECT_EQ(player(hinted, rules.at(name), true)->read_at_start(), 0U) << name;
    EXPECT_EQ(player(bare, rules.at(name), false)->read_at_start(), 50U) << name;
  }
  for (const char* name : {"path of one route", "method"}) {
    EXPECT_EQ(player(hinted, rules.at(name), false)->read_at_start(), 50U) << name;
  }
  EXPECT_EQ(player(hinted, rules.at("path"), true)->read_at_start(), 0U);
  EXPECT_EQ(player(bare, rules.at("path"), false)->read_at_start(), 0U);
  EXPECT_EQ(player(bare, rules.at("path"), true)->read_at_start(), 50U);
}

}  // namespace
}  // namespace cvr::engine
