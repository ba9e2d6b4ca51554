#include "engine/session.h"

#include <filesystem>

#include "support/random.h"
#include "unit/engine/kit.h"

namespace cvr::engine {
namespace {

class SessionOf : public ::testing::Test {
 protected:
  std::unique_ptr<Session> session(Mode mode, OnEnd on_end = OnEnd::kDefault, cassette::WriterOptions options = {}) {
    SessionParts parts;
    parts.name = "s";
    parts.mode = mode;
    parts.redactor = tape_.redactor();
    if (facts_of(mode).looks_up && std::filesystem::exists(tape_.path())) parts.player = tape_.player(on_end);
    if (facts_of(mode).looks_up && parts.player == nullptr) {
      parts.player = std::make_unique<Player>(std::vector<std::unique_ptr<cassette::Reader>>{}, usual_rules(), on_end);
    }
    if (facts_of(mode).records) parts.recorder = tape_.recorder(options);
    return std::make_unique<Session>(std::move(parts));
  }
  static std::string told(const Decision& decision) {
    if (const auto* hit = std::get_if<Hit>(&decision)) return "hit " + hit->playback->body;
    if (const auto* forward = std::get_if<Forward>(&decision)) return forward->record ? "forward, record" : "forward";
    return "miss: " + std::get<Miss>(decision).report.reason;
  }
  Tape tape_;
};

TEST_F(SessionOf, NoneAnswersOrMisses) {
  tape_.record({exchange(get("/a"), "a")});
  const auto s = session(Mode::kNone);
  EXPECT_EQ(told(s->decide(get("/a"), nullptr)), "hit a");
  EXPECT_EQ(told(s->decide(get("/b"), nullptr)), "miss: no recorded interaction matches");
  const Summary summary = s->summary();
  EXPECT_EQ(summary.name, "s");
  EXPECT_EQ(summary.mode, "none");
  EXPECT_EQ(summary.hits, 1U);
  EXPECT_EQ(summary.misses, 1U);
  EXPECT_EQ(summary.unused, 0U);
  EXPECT_EQ(summary.forwarded, 0U);
  EXPECT_TRUE(s->failed());
}

TEST_F(SessionOf, TellsOfWeakCredentialsOnceWhenTheyComeUp) {
  const auto s = session(Mode::kAll);
  std::vector<std::string> told;
  s->on_warning([&](const std::string& text) { told.push_back(text); });
  for (int i = 0; i < 2; ++i) s->finished(exchange(get("/a", {{"Cookie", "sid=ab1"}}), "a"), true);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].find("ab1"), std::string::npos);
  EXPECT_NE(told[0].find("3 characters"), std::string::npos) << told[0];
  EXPECT_EQ(s->summary().warnings, told);
}

TEST_F(SessionOf, AllNeverLooksUp) {
  tape_.record({exchange(get("/a"), "a")});
  const auto s = session(Mode::kAll);
  EXPECT_EQ(told(s->decide(get("/a"), nullptr)), "forward, record");
  s->finished(exchange(get("/a"), "a again"), true);
  EXPECT_EQ(s->summary().recorded, 1U);
  ASSERT_TRUE(s->close());
  EXPECT_EQ(tape_.reader()->size(), 2U);
  EXPECT_EQ(tape_.reader()->health(), cassette::Health::kSealed);
  EXPECT_FALSE(s->failed());
}

TEST_F(SessionOf, NotesWhoWasNotHeardWhereItRecords) {
  const auto s = session(Mode::kAll);
  const cassette::Refusal refusal{7, "gate", "a.test", "no Host"};
  for (std::uint64_t i = 0; i < cassette::kMostRefusals + 5; ++i) s->note(refusal);
  s->finished(exchange(get("/a"), "a"), true);
  const Summary summary = s->summary();
  EXPECT_EQ(summary.recorded, 1U);
  EXPECT_EQ(summary.lost, 0U);
  ASSERT_TRUE(s->close());
  EXPECT_EQ(tape_.reader()->size(), 1U);
  EXPECT_EQ(tape_.reader()->refusals().size(), cassette::kMostRefusals);
  EXPECT_EQ(tape_.reader()->refusals().front(), refusal);
  // After the end, and in a session that plays, nothing happens.
  s->note(refusal);
  session(Mode::kNone)->note(refusal);
  EXPECT_EQ(tape_.reader()->refusals().size(), cassette::kMostRefusals);
}

TEST_F(SessionOf, WarnsOnceForEachKey) {
  const auto s = session(Mode::kPassthrough);
  EXPECT_TRUE(s->warn_once("curl", "about curl"));
  EXPECT_FALSE(s->warn_once("curl", "again"));
  EXPECT_TRUE(s->warn_once("wget", "about wget"));
  EXPECT_EQ(s->summary().warnings, (std::vector<std::string>{"about curl", "about wget"}));
  for (int i = 0; i < 1000; ++i) s->warn_once(std::to_string(i), "x");
  EXPECT_EQ(s->summary().warnings.size(), 100U);
}

TEST_F(SessionOf, NewEpisodesForwardsWhatItDoesNotKnow) {
  tape_.record({exchange(get("/a"), "a")});
  const auto s = session(Mode::kNewEpisodes);
  EXPECT_EQ(told(s->decide(get("/a"), nullptr)), "hit a");
  EXPECT_EQ(told(s->decide(get("/b"), nullptr)), "forward, record");
  s->finished(exchange(get("/b"), "b"), true);
  const Summary summary = s->summary();
  EXPECT_EQ(summary.hits, 1U);
  EXPECT_EQ(summary.misses, 0U);  // it was answered
  EXPECT_EQ(summary.recorded, 1U);
  EXPECT_TRUE(summary.miss_reports.empty());
  EXPECT_FALSE(s->failed());
}

TEST_F(SessionOf, PassthroughLeavesNoTrace) {
  const auto s = session(Mode::kPassthrough);
  EXPECT_EQ(told(s->decide(get("/a"), nullptr)), "forward");
  s->finished(exchange(get("/a"), "a"), false);
  EXPECT_EQ(s->summary().forwarded, 1U);
  EXPECT_EQ(s->summary().recorded, 0U);
  EXPECT_TRUE(s->close());
  EXPECT_FALSE(std::filesystem::exists(tape_.path()));
}

TEST_F(SessionOf, OutOfScopeTrafficIsNotRecorded) {
  const auto s = session(Mode::kAll);
  s->finished(exchange(get("/a"), "a"), false);
  EXPECT_EQ(s->summary().recorded, 0U);
  EXPECT_EQ(tape_.reader()->size(), 0U);
}

TEST_F(SessionOf, FailuresAreCountedAndRecorded) {
  const auto s = session(Mode::kAll);
  s->finished(failed(get("/a"), FailureKind::kDns, "no such host"), true);
  s->finished(exchange(get("/a"), "a"), true);
  const Summary summary = s->summary();
  EXPECT_EQ(summary.failures, 1U);
  EXPECT_EQ(summary.forwarded, 2U);
  EXPECT_EQ(summary.recorded, 2U);
}

TEST_F(SessionOf, WhatWasNotRecordedIsCountedAndFailsTheSession) {
  cassette::WriterOptions options;
  options.max_bytes = 600;
  const auto s = session(Mode::kAll, OnEnd::kDefault, options);
  s->finished(exchange(get("/a"), test::random_base64url(5000)), true);
  const Summary summary = s->summary();
  EXPECT_EQ(summary.recorded, 0U);
  EXPECT_EQ(summary.lost, 1U);
  EXPECT_EQ(s->lost(), 1U);
  EXPECT_FALSE(summary.lost_reason.empty());
  EXPECT_TRUE(s->failed());
}

TEST_F(SessionOf, EachMissIsToldOnceWithItsReport) {
  tape_.record({exchange(get("/a"), "a")});
  const auto s = session(Mode::kNone);
  std::vector<std::string> urls;
  s->on_miss([&](const match::MissReport& report) { urls.push_back(report.url); });
  s->decide(get("/a"), nullptr);
  s->decide(get("/b"), nullptr);
  s->decide(get("/c"), nullptr);
  EXPECT_EQ(urls, (std::vector<std::string>{"https://sandbox.avinode.com/b", "https://sandbox.avinode.com/c"}));
  const Summary summary = s->summary();
  ASSERT_EQ(summary.miss_reports.size(), 2U);
  EXPECT_EQ(summary.miss_reports[1].url, urls[1]);
  EXPECT_EQ(summary.miss_reports[0].nearest.size(), 1U);
}

TEST_F(SessionOf, ManyMissesAreCountedAllAndKeptInPart) {
  const auto s = session(Mode::kNone);
  for (int i = 0; i < 150; ++i) s->decide(get("/" + std::to_string(i)), nullptr);
  EXPECT_EQ(s->summary().misses, 150U);
  EXPECT_EQ(s->summary().miss_reports.size(), 100U);
}

TEST_F(SessionOf, UnusedOnesAreListed) {
  tape_.record({exchange(get("/a"), "a"), exchange(request("POST", "/b"), "b")});
  const auto s = session(Mode::kNone);
  s->decide(get("/a"), nullptr);
  const Summary summary = s->summary();
  EXPECT_EQ(summary.unused, 1U);
  ASSERT_EQ(summary.unused_list.size(), 1U);
  EXPECT_EQ(summary.unused_list[0].n, 2U);
  EXPECT_EQ(summary.unused_list[0].method, "POST");
  EXPECT_FALSE(s->failed());  // whether that is a failure is --strict's to say
}

TEST_F(SessionOf, RefusalsAreCounted) {
  const auto s = session(Mode::kNone);
  s->count_refused();
  s->count_refused();
  EXPECT_EQ(s->summary().refused, 2U);
  EXPECT_FALSE(s->failed());
}

TEST_F(SessionOf, AWarningIsInEverySummaryFromThenOn) {
  // The status page reads summaries while the session runs; the last one must have them still.
  const auto s = session(Mode::kAll);
  s->finished(exchange(get("/a", {{"Authorization", "Bearer x"}}), "a"), true);
  const auto first = s->summary().warnings;
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(s->summary().warnings, first);
}

TEST_F(SessionOf, ALiveRequestIsRedactedBeforeItIsCompared) {
  const auto authorization = [] { return http::Fields{{"Authorization", "Bearer " + test::random_base64url(40)}}; };
  tape_.record({exchange(get("/a", authorization()), "a")});
  const auto s = session(Mode::kNone);
  EXPECT_EQ(told(s->decide(get("/a", authorization()), nullptr)), "hit a");
  EXPECT_TRUE(told(s->decide(get("/a"), nullptr)).starts_with("miss")) << "with and without a credential are two";
}

TEST_F(SessionOf, LinksOfTheListenerInARequestMeanTheUpstream) {
  // What forwarding did to the recorded request, replay does to the live one.
  const http::Fields json{{"Content-Type", "application/json"}};
  const auto post = [&](std::string body) { return request("POST", "/hooks", json, std::move(body)); };
  tape_.record({exchange(post(R"({"trip":"https://sandbox.avinode.com/trips/1"})"), "noted")});
  const LinkMap links{"https://sandbox.avinode.com", "http://127.0.0.1:9"};
  EXPECT_EQ(told(session(Mode::kNone)->decide(post(R"({"trip":"http://127.0.0.1:9/trips/1"})"), &links)), "hit noted");
  EXPECT_TRUE(told(session(Mode::kNone)->decide(post(R"({"trip":"http://127.0.0.1:9/trips/1"})"), nullptr))
                  .starts_with("miss"));
}

TEST_F(SessionOf, ClosedItLeavesTheCassetteToOthersWhoeverStillHoldsIt) {
  const auto s = session(Mode::kAll);
  s->finished(exchange(get("/a"), "a"), true);
  ASSERT_TRUE(s->close());
  const auto next = session(Mode::kAll);
  next->finished(exchange(get("/b"), "b"), true);
  s->finished(exchange(get("/late"), "late"), true);
  ASSERT_TRUE(next->close());
  EXPECT_EQ(tape_.reader()->size(), 2U);
  EXPECT_EQ(s->summary().recorded, 1U);
}

TEST_F(SessionOf, AnotherModeHoldsFromTheNextRequestOn) {
  tape_.record({exchange(get("/a"), "a")});
  const auto s = session(Mode::kNone);
  const auto& before = s->now();
  ASSERT_TRUE(s->switch_to({Mode::kPassthrough, nullptr, nullptr, ""}));
  EXPECT_EQ(told(s->decide(get("/a"), nullptr)), "forward");
  EXPECT_EQ(told(s->decide(before, get("/a"), nullptr)), "hit a") << "a request keeps the setup it began with";
  EXPECT_EQ(s->summary().mode, "passthrough");
  EXPECT_EQ(s->summary().hits, 1U);
}

TEST_F(SessionOf, ARecorderStaysWhenTheModeRecordsNoLonger) {
  const auto s = session(Mode::kAll);
  ASSERT_TRUE(s->switch_to({Mode::kPassthrough, nullptr, nullptr, ""}));
  s->finished(exchange(get("/a"), "a"), true);  // was under way
  EXPECT_EQ(s->summary().recorded, 1U);
  ASSERT_TRUE(s->close());
  EXPECT_EQ(tape_.reader()->health(), cassette::Health::kSealed);
}

TEST_F(SessionOf, SetupsAreBounded) {
  const auto s = session(Mode::kPassthrough);
  Result<void> switched;
  for (int i = 0; i < 1100 && switched; ++i) switched = s->switch_to({Mode::kPassthrough, nullptr, nullptr, ""});
  ASSERT_FALSE(switched);
  EXPECT_EQ(switched.error().code, ErrorCode::kLimit);
  EXPECT_EQ(told(s->decide(get("/a"), nullptr)), "forward");
}

TEST_F(SessionOf, RewoundItPlaysFromTheBeginning) {
  tape_.record({exchange(get("/a"), "1"), exchange(get("/a"), "2")});
  const auto s = session(Mode::kNone);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(told(s->decide(get("/a"), nullptr)), "hit 1");
    EXPECT_EQ(told(s->decide(get("/a"), nullptr)), "hit 2");
    s->rewind();
    EXPECT_EQ(s->summary().unused, 2U);
  }
}

TEST_F(SessionOf, WhyThereIsNothingToPlayStandsInTheMiss) {
  SessionParts parts;
  parts.mode = Mode::kNone;
  parts.redactor = tape_.redactor();
  parts.player =
      std::make_unique<Player>(std::vector<std::unique_ptr<cassette::Reader>>{}, usual_rules(), OnEnd::kDefault);
  parts.absence = "t.cvr does not exist";
  Session s(std::move(parts));
  EXPECT_EQ(told(s.decide(get("/a"), nullptr)), "miss: t.cvr does not exist");
}

TEST_F(SessionOf, CountsComeWithoutLists) {
  tape_.record({exchange(get("/a"), "a"), exchange(get("/b"), "b")});
  const auto s = session(Mode::kNone);
  s->decide(get("/c"), nullptr);
  const Summary counts = s->summary(Session::With::kCounts);
  EXPECT_EQ(counts.misses, 1U);
  EXPECT_EQ(counts.unused, 2U);
  EXPECT_TRUE(counts.unused_list.empty());
  EXPECT_TRUE(counts.miss_reports.empty());
}

TEST_F(SessionOf, PartsThatAModeNeedsMustBeThere) {
  const auto without = [](Mode mode) {
    SessionParts parts;
    parts.mode = mode;
    Session s(std::move(parts));
  };
  EXPECT_DEATH(without(Mode::kNone), "player");
  EXPECT_DEATH(without(Mode::kAll), "recorder");
  without(Mode::kPassthrough);
}

TEST_F(SessionOf, ASecretOfThePathMatchesADummy) {
  const std::string token = test::random_hex(20);
  tape_.redactor()->redact([&] {  // known from another place
    Interaction raw = exchange(get("/login"), "x");
    raw.request.fields.push_back({"X-Api-Key", token});
    return raw;
  }());
  tape_.record({exchange(get("/hooks/" + token + "/me"), "a")});
  const auto s = session(Mode::kNone);
  EXPECT_EQ(told(s->decide(get("/hooks/dummy-token-1/me"), nullptr)), "hit a");
  EXPECT_EQ(told(s->decide(get("/hooks/short/me"), nullptr)), "miss: no recorded interaction matches");
}

}  // namespace
}  // namespace cvr::engine
