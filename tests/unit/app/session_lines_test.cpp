#include "app/session_lines.h"

#include <gtest/gtest.h>

namespace cvr::app {
namespace {

engine::Ended ended(const std::string& mode) {
  engine::Ended out;
  out.summary.name = "a";
  out.summary.mode = mode;
  out.cassette = "cassettes/a.cvr";
  return out;
}

TEST(SessionLines, ALineEach) {
  auto replayed = ended("none");
  replayed.summary.hits = 3;
  replayed.summary.unused = 1;
  replayed.summary.unused_list = {{4, "GET", "https://origin.test/\x1b"}};
  EXPECT_EQ(session_line(replayed, false), "a: 3 hits, 0 misses, 1 unused\n");
  EXPECT_EQ(session_line(replayed, true),
            "a: 3 hits, 0 misses, 1 unused\n  unused: #4 GET https://origin.test/\\x1b\n");
  auto recorded = ended("all");
  recorded.summary.recorded = 1;
  EXPECT_EQ(session_line(recorded, true), "a: recorded 1 interaction to cassettes/a.cvr\n");
  recorded.summary.lost = 2;
  recorded.summary.lost_reason = "no space";
  EXPECT_EQ(session_line(recorded, false),
            "a: recorded 1 interaction to cassettes/a.cvr; gap: 2 interactions not recorded: no space\n");
  auto passed = ended("passthrough");
  passed.summary.forwarded = 2;
  EXPECT_EQ(session_line(passed, false), "a: passed 2 exchanges through\n");
}

TEST(SessionLines, ThatOfNoNameIsCalledSo) {
  auto unnamed = ended("none");
  unnamed.summary.name = "-";
  EXPECT_EQ(session_line(unnamed, false), "without a name: 0 hits, 0 misses, 0 unused\n");
}

TEST(SessionLines, ALossIsToldOf) {
  auto failed = ended("all");
  failed.summary.recorded = 2;
  failed.summary.discarded = true;
  EXPECT_EQ(session_line(failed, false), "a: discarded 2 interactions, cassettes/a.cvr is as it was before\n");
}

TEST(SessionLines, AModeThatChangedTellsOfBoth) {
  auto both = ended("passthrough");
  both.summary.hits = 1;
  both.summary.recorded = 2;
  EXPECT_EQ(session_line(both, false),
            "a: 1 hits, 0 misses, 0 unused; recorded 2 interactions to cassettes/a.cvr; passed 0 exchanges through\n");
}

TEST(SessionLines, TheWorstIsTheStatus) {
  auto sound = ended("none");
  sound.summary.unused = 1;
  auto missed = ended("none");
  missed.summary.misses = 1;
  auto lost = ended("all");
  lost.summary.lost = 1;
  auto unsealed = ended("all");
  unsealed.sealed = fail(ErrorCode::kEnvironment, "no space");
  EXPECT_EQ(sessions_status({}, true), 0);
  EXPECT_EQ(sessions_status({sound}, false), 0);
  EXPECT_EQ(sessions_status({sound}, true), 1);
  EXPECT_EQ(sessions_status({missed, sound}, false), 1);
  EXPECT_EQ(sessions_status({lost, missed}, false), 3);
  EXPECT_EQ(sessions_status({unsealed, sound}, false), 3);
  EXPECT_EQ(session_line(unsealed, false), "a: recorded 0 interactions to cassettes/a.cvr; not sealed: no space\n");
}

TEST(SessionLines, JsonHasAllOfThem) {
  const std::string text = sessions_json({ended("none"), ended("all")});
  EXPECT_TRUE(text.starts_with(R"({"sessions":[{"name":"a","mode":"none",)")) << text;
  EXPECT_TRUE(text.ends_with("]}\n"));
  EXPECT_EQ(sessions_json({}), "{\"sessions\":[]}\n");
}

}  // namespace
}  // namespace cvr::app
