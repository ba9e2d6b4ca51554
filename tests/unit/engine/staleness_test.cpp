#include "engine/staleness.h"

#include "support/fakes.h"
#include "unit/engine/kit.h"

namespace cvr::engine {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;
constexpr std::int64_t kNow = 1'772'000'000 * kSecond;  // 2026-02-25, a Wednesday, 06:13:20 UTC

Interaction at(std::int64_t utc_us, http::Request asked, std::string body) {
  Interaction raw = exchange(std::move(asked), std::move(body));
  raw.timing.started_utc_us = utc_us;
  return raw;
}

class StalenessOf : public ::testing::Test {
 protected:
  void begin(AgeRules rules, OnEnd on_end = OnEnd::kDefault) {
    staleness_ = std::make_unique<Staleness>(std::move(rules), clock_);
    staleness_->on_warning([this](const std::string& text) { warnings_.push_back(text); });
    player_ = tape_.player(on_end);
  }
  std::string ask(const http::Request& request) {
    auto answer = staleness_->answer(*player_, tape_.redacted(request), nullptr);
    if (const auto* hit = std::get_if<Hit>(&answer)) return hit->playback->body;
    const auto& none = std::get<NoAnswer>(answer);
    return (none.is_final ? "final: " : "none: ") + none.reason;
  }

  test::FakeClock clock_{kNow};
  Tape tape_;
  std::unique_ptr<Staleness> staleness_;
  std::unique_ptr<Player> player_;
  std::vector<std::string> warnings_;
};

TEST_F(StalenessOf, WarnAnswersAndTellsOnceAnInteraction) {
  tape_.record({at(kNow - 9 * kDay, get("/old"), "old"), at(kNow - 6 * kDay, get("/young"), "young"),
                at(kNow - 12 * kDay, get("/oldest"), "oldest"), at(kNow + kDay, get("/ahead"), "ahead")});
  begin({7 * kDay, OnStale::kWarn, {}});
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(ask(get("/old")), "old");
    EXPECT_EQ(ask(get("/young")), "young");
    EXPECT_EQ(ask(get("/oldest")), "oldest");
    EXPECT_EQ(ask(get("/ahead")), "ahead");  // another machine's clock
  }
  EXPECT_EQ(warnings_, (std::vector<std::string>{"#1 is stale: recorded 9 days ago, and --max-age is 7 days",
                                                 "#3 is stale: recorded 12 days ago, and --max-age is 7 days"}));
  const AgeSummary summary = staleness_->summary();
  EXPECT_EQ(summary.stale, 2U);
  EXPECT_EQ(summary.oldest_n, 3U);
  EXPECT_EQ(summary.oldest_age_us, 12 * kDay);
  EXPECT_EQ(summary.before_rebuild, 0U);
}

TEST_F(StalenessOf, RecordingsAgeWhileTheyArePlayed) {
  tape_.record({at(kNow - kDay, get("/a"), "a")});
  begin({kDay, OnStale::kFail, {}});
  EXPECT_EQ(ask(get("/a")), "a");  // just as old as is allowed
  clock_.advance_us(1);
  EXPECT_TRUE(ask(get("/a")).starts_with("final: #1 is stale: recorded 24 hours ago"));
}

TEST_F(StalenessOf, FailIsFinalAndRecordIsNot) {
  tape_.record({at(kNow - 9 * kDay, get("/a"), "1"), at(kNow - 8 * kDay, get("/a"), "2")});
  begin({7 * kDay, OnStale::kFail, {}});
  EXPECT_EQ(ask(get("/a")), "final: #2 is stale: recorded 8 days ago, and --max-age is 7 days");
  EXPECT_EQ(ask(get("/b")), "none: no recorded interaction matches");
  begin({7 * kDay, OnStale::kRecord, {}});
  EXPECT_EQ(ask(get("/a")), "none: #2 is stale: recorded 8 days ago, and --max-age is 7 days");
  EXPECT_TRUE(warnings_.empty());
  EXPECT_EQ(staleness_->summary().stale, 2U);
}

TEST_F(StalenessOf, WhatWasRecordedAnewAnswers) {
  const auto post = [] { return request("POST", "/a"); };
  tape_.record({at(kNow - 9 * kDay, get("/a"), "old"), at(kNow - 9 * kDay, post(), "old"),
                at(kNow - kDay, get("/a"), "new 1"), at(kNow, post(), "new"), at(kNow, get("/a"), "new 2")});
  for (const OnEnd on_end : {OnEnd::kDefault, OnEnd::kLast, OnEnd::kFail}) {
    begin({7 * kDay, OnStale::kRecord, {}}, on_end);
    EXPECT_EQ(ask(get("/a")), "new 1");
    EXPECT_EQ(ask(post()), "new");
    EXPECT_EQ(ask(get("/a")), "new 2");
  }
  begin({7 * kDay, OnStale::kFail, {}}, OnEnd::kLoop);
  EXPECT_EQ(ask(get("/a")) + ask(get("/a")) + ask(get("/a")), "new 1new 2new 1");
}

TEST_F(StalenessOf, ALookForAYoungerOneEndsUnderEveryRule) {
  tape_.record({at(0, get("/a"), "1"), at(0, get("/a"), "2"), at(0, get("/a"), "3")});
  for (const OnEnd on_end : {OnEnd::kDefault, OnEnd::kLast, OnEnd::kFail, OnEnd::kLoop}) {
    begin({7 * kDay, OnStale::kFail, {}}, on_end);
    for (int i = 0; i < 3; ++i) EXPECT_NE(ask(get("/a")).find(i == 0 ? "is stale" : ""), std::string::npos);
  }
}

TEST_F(StalenessOf, AnswersOfBeforeTheRebuildAreCounted) {
  const profiles::Rebuild monday{0, 360, 480, {"sandbox.avinode.com"}};
  const std::int64_t rebuild = last_rebuild_utc_us(monday, kNow);
  http::Request elsewhere = get("/b");
  elsewhere.origin.host = "api.avinode.com";
  tape_.record({at(rebuild - 1, get("/before"), "x"), at(rebuild, get("/after"), "x"), at(1, elsewhere, "x")});
  begin({0, OnStale::kFail, monday});
  ask(get("/after"));
  ask(elsewhere);
  EXPECT_EQ(staleness_->summary().before_rebuild, 0U);
  EXPECT_EQ(ask(get("/before")), "x");
  ask(get("/before"));
  EXPECT_EQ(staleness_->summary().before_rebuild, 2U);
  EXPECT_EQ(staleness_->summary().rebuild_utc_us, rebuild);
  EXPECT_EQ(staleness_->summary().stale, 0U);
}

TEST(LastRebuild, IsTheLastThatHasBegun) {
  const profiles::Rebuild monday{0, 360, 480, {}};
  const std::int64_t begun = 1'771'826'400 * kSecond;  // Monday 2026-02-23 06:00 UTC
  EXPECT_EQ(last_rebuild_utc_us(monday, kNow), begun);
  EXPECT_EQ(last_rebuild_utc_us(monday, begun), begun);
  EXPECT_EQ(last_rebuild_utc_us(monday, begun - 1), begun - 7 * kDay);
  EXPECT_EQ(last_rebuild_utc_us({6, 0, 1, {}}, kNow), begun - kDay - 360 * 60 * kSecond);
  EXPECT_LE(last_rebuild_utc_us(monday, 0), 0);
}

TEST(AgeText, IsInTheLargestUnitThatSaysEnough) {
  EXPECT_EQ(age_text(9 * kDay + 5), "9 days");
  EXPECT_EQ(age_text(kDay), "24 hours");
  EXPECT_EQ(age_text(90 * 60 * kSecond), "90 minutes");
  EXPECT_EQ(age_text(100 * kSecond), "100 seconds");
  EXPECT_EQ(age_text(5), "0 seconds");
}

TEST(OnStaleWords, GoBothWays) {
  for (const OnStale action : {OnStale::kWarn, OnStale::kFail, OnStale::kRecord}) {
    EXPECT_EQ(on_stale_from(to_string(action)), action);
  }
  EXPECT_FALSE(on_stale_from("often"));
}

}  // namespace
}  // namespace cvr::engine
