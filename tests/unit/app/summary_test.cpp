#include "app/summary.h"

#include "support/golden.h"

namespace cvr::app {
namespace {

engine::Summary replayed() {
  engine::Summary s;
  s.mode = "none";
  s.hits = 12;
  s.misses = 1;
  s.unused = 3;
  s.refused = 2;
  match::MissReport report;
  report.method = "GET";
  report.url = "https://sandbox.avinode.com/api/trips?a=1";
  report.reason = "no recorded interaction matches";
  report.hint = "record it";
  report.nearest = {{2, "GET", "https://sandbox.avinode.com/api/trips", {"query", "a: 1", "a: absent", 1}}};
  s.miss_reports = {report};
  s.unused_list = {{4, "POST", "https://sandbox.avinode.com/api/rfqs"}, {7, "G\x1b[2J", "https://h/\n"}};
  s.warnings = {"a Basic user of 3 characters: replaced in its own place only"};
  return s;
}

engine::Summary recorded() {
  engine::Summary s;
  s.mode = "all";
  s.forwarded = 15;
  s.recorded = 14;
  s.failures = 1;
  return s;
}

TEST(Summary, AReplayForPeople) {
  test::expect_golden("app/summary_replay.txt", summary_text(replayed(), "t.cvr", false));
  test::expect_golden("app/summary_strict.txt", summary_text(replayed(), "t.cvr", true));
}

TEST(Summary, ARecordingForPeople) {
  EXPECT_EQ(summary_text(recorded(), "t.cvr", false), "recorded 14 interactions to t.cvr (1 upstream failure)\n");
  engine::Summary one;
  one.mode = "all";
  one.recorded = 1;
  EXPECT_EQ(summary_text(one, "t.cvr", false), "recorded 1 interaction to t.cvr\n");
}

TEST(Summary, AGapSaysWhy) {
  engine::Summary s = recorded();
  s.failures = 0;
  s.lost = 2;
  s.lost_reason = "no space left on device";
  EXPECT_EQ(summary_text(s, "t.cvr", false),
            "recorded 14 interactions to t.cvr\ngap: 2 interactions were not recorded: no space left on device\n");
}

TEST(Summary, AnswersWithoutBodySayWhy) {
  engine::Summary s = recorded();
  s.failures = 0;
  s.left_out = {{"omitted: broken JSON", 1}, {"omitted: over the body limit", 3}};
  EXPECT_EQ(summary_text(s, "t.cvr", false),
            "recorded 14 interactions to t.cvr\n"
            "1 answer is without body, and no replay can give it: broken JSON\n"
            "3 answers are without body, and no replay can give them: over the body limit; --body-limit raises it\n");
  EXPECT_NE(
      summary_json(s, "t.cvr").find(R"("bodies_left_out":{"omitted: broken JSON":1,"omitted: over the body limit":3})"),
      std::string::npos);
}

TEST(Summary, WhatTheEndCutIsNoFailure) {
  engine::Summary s = recorded();
  s.cut = 2;
  EXPECT_NE(summary_text(s, "t.cvr", false).find("2 exchanges were cut before an answer by the end of --grace"),
            std::string::npos);
  EXPECT_NE(summary_json(s, "t.cvr").find("\"cut\":2"), std::string::npos);
  EXPECT_EQ(summary_status(s, false), 0);
}

TEST(Summary, NewEpisodesSaysBoth) {
  engine::Summary s;
  s.mode = "new_episodes";
  s.hits = 2;
  s.recorded = 1;
  EXPECT_EQ(summary_text(s, "t.cvr", false), "2 hits, 0 misses, 0 unused\nrecorded 1 interaction to t.cvr\n");
}

TEST(Summary, PassthroughSaysThatNothingIsOnRecord) {
  engine::Summary s;
  s.mode = "passthrough";
  s.forwarded = 1;
  EXPECT_EQ(summary_text(s, "", false), "passed 1 exchange through, nothing recorded\n");
}

TEST(Summary, AllUnusedAreCountedWhereTheListEnds) {
  engine::Summary s = replayed();
  s.unused = 1200;
  EXPECT_NE(summary_text(s, "t.cvr", true).find("unused: and 1198 more\n"), std::string::npos);
}

TEST(Summary, ForScripts) {
  test::expect_golden("app/summary.json", summary_json(replayed(), "t.cvr"));
  engine::Summary gap = recorded();
  gap.lost = 1;
  gap.lost_reason = "no space left on device";
  EXPECT_EQ(
      summary_json(gap, "a \"b\".cvr"),
      R"({"name":"","mode":"all","resolved":"all","cassette":"a \"b\".cvr","hits":0,"misses":0,"unused":0,)"
      R"("forwarded":15,"recorded":14,"failures":1,"refused":0,"lost":1,"lost_reason":"no space left on device","miss_reports":[],)"
      R"("unused_interactions":[],"warnings":[]})"
      "\n");
}

TEST(Summary, FaultsAreListedWithTheirSeed) {
  engine::Summary s = replayed();
  s.faults = {{"POST /trips: status=503 rate=0.5", 3, 2}, {"GET /\x1b: reset", 1, 1}};
  s.fault_seed = 42;
  const std::string text = summary_text(s, "t.cvr", false);
  EXPECT_NE(text.find("fault 'POST /trips: status=503 rate=0.5': fired 2 times, 3 requests matched (--seed 42)\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("fired 1 time, 1 request matched"), std::string::npos);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(
      summary_json(s, "t.cvr").find(R"("faults":[{"fault":"POST /trips: status=503 rate=0.5","fired":2,"matched":3},)"),
      std::string::npos);
  EXPECT_NE(summary_json(s, "t.cvr").find(R"("fault_seed":42)"), std::string::npos);
}

TEST(Summary, WhatWasTooOld) {
  engine::Summary s = replayed();
  constexpr std::int64_t kDay = 86'400'000'000;
  s.ages = engine::AgeSummary{7 * kDay, engine::OnStale::kWarn, 2, 4, 12 * kDay, 0, 0, {}};
  EXPECT_NE(
      summary_text(s, "t.cvr", false)
          .find("stale: 2 interactions older than --max-age 7 days and answered; the oldest is #4, recorded 12 days "
                "ago\n"),
      std::string::npos);
  EXPECT_NE(summary_json(s, "t.cvr")
                .find(R"("stale":{"count":2,"action":"warn","max_age_s":604800,"oldest":4,"oldest_age_s":1036800})"),
            std::string::npos);
  s.ages->on_stale = engine::OnStale::kRecord;
  s.ages->numbers = {4, 2};
  EXPECT_NE(summary_text(s, "t.cvr", false).find("cvr trim t.cvr --drop 4,2 -o NEW\n"), std::string::npos);
  s.ages = engine::AgeSummary{0, engine::OnStale::kWarn, 0, 0, 0, 1, 1'771'826'400'000'000, {}};
  EXPECT_NE(
      summary_text(s, "t.cvr", false)
          .find("note: 1 answer was recorded before the vendor's rebuild of 2026-02-23T06:00:00.000Z; ids in them "
                "are gone upstream\n"),
      std::string::npos);
  EXPECT_NE(summary_json(s, "t.cvr").find(R"("rebuild_utc":"2026-02-23T06:00:00.000Z")"), std::string::npos);
  EXPECT_EQ(summary_status(s, true), 1);  // the miss; age alone is no failure
}

TEST(Summary, WhatAFailedCommandRecordedIsGone) {
  engine::Summary s = recorded();
  s.discarded = true;
  const std::string line = discard_text(s, "t.cvr");
  EXPECT_EQ(line,
            "discarded the 14 interactions of this run, since the command failed: t.cvr is as it was before; "
            "--keep-on-failure keeps them\n");
  EXPECT_EQ(summary_text(s, "t.cvr", false), line);
  EXPECT_NE(summary_json(s, "t.cvr").find(R"("discarded":14)"), std::string::npos);
  s.recorded = 0;  // nothing is lost
  EXPECT_EQ(discard_text(s, "t.cvr"), "");
  EXPECT_EQ(discard_text(recorded(), "t.cvr"), "");
}

TEST(Summary, TheStatusItMeans) {
  engine::Summary s;
  s.mode = "none";
  EXPECT_EQ(summary_status(s, false), 0);
  EXPECT_EQ(summary_status(s, true), 0);
  s.unused = 1;
  EXPECT_EQ(summary_status(s, false), 0);
  EXPECT_EQ(summary_status(s, true), 1);
  s.misses = 1;
  EXPECT_EQ(summary_status(s, false), 1);
  s.lost = 1;  // what is not on record weighs more
  EXPECT_EQ(summary_status(s, false), 3);
  s = recorded();  // the upstream's failures are on record, and no failure of ours
  s.refused = 9;
  EXPECT_EQ(summary_status(s, true), 0);
}

}  // namespace
}  // namespace cvr::app
