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
  EXPECT_EQ(summary_json(gap, "a \"b\".cvr"),
            R"({"mode":"all","cassette":"a \"b\".cvr","hits":0,"misses":0,"unused":0,"forwarded":15,"recorded":14,)"
            R"("failures":1,"refused":0,"lost":1,"lost_reason":"no space left on device","miss_reports":[],)"
            R"("unused_interactions":[],"warnings":[]})"
            "\n");
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
