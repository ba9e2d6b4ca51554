#include "probe/watch.h"

#include <algorithm>

#include "unit/probe/kit.h"

namespace cvr::probe {
namespace {

struct Told {
  std::uint64_t number;
  bool passed;
  std::vector<Change> changes;
  std::int64_t next_ms;
};

class WatchTest : public ::testing::Test {
 protected:
  bool go(WatchOptions options = {}) {
    return watch({plan_, credentials_, vendor_, {.write = true}}, options, world_, [&](const Round& round) {
      told_.push_back({round.number, round.report.passed(), round.changes, round.next_ms});
    });
  }
  // Refused until that call of "auth-static".
  void recover_at(int round) {
    world_.answer = [this, round](const test::Sent& sent) {
      if (sent.step == "auth-static") ++tries_;
      const bool refused = tries_ < round && (sent.step.starts_with("auth-") || sent.step.starts_with("act-as-"));
      return refused ? test::answered(401, "BAD_CREDENTIAL") : test::sound(sent);
    };
  }

  const profiles::Plan plan_ = test::plan();
  const profiles::Diagnosis vendor_ = test::vendor();
  const Credentials credentials_ = *Credentials::read(plan_, {test::all_settings()});
  test::FakeWorld world_;
  std::vector<Told> told_;
  int tries_ = 0;
};

TEST_F(WatchTest, EndsWhenAccessIsBackAndSaysWhatChanged) {
  recover_at(3);
  EXPECT_TRUE(go());
  ASSERT_EQ(told_.size(), 3u);
  EXPECT_TRUE(told_[0].changes.empty());
  EXPECT_TRUE(told_[1].changes.empty());
  const auto& changes = told_[2].changes;
  const auto found = std::ranges::find(changes, "auth-static", &Change::step);
  ASSERT_NE(found, changes.end());
  EXPECT_EQ(found->from + " -> " + found->to, "401 BAD_CREDENTIAL -> 200");
  EXPECT_EQ(told_[2].next_ms, 0);
  EXPECT_TRUE(told_[2].passed);
  EXPECT_EQ(std::ranges::count_if(world_.waits, [](std::int64_t ms) { return ms >= 540'000; }), 2);
}

TEST_F(WatchTest, AccessThatIsThereEndsItAtOnce) {
  EXPECT_TRUE(go());
  EXPECT_EQ(told_.size(), 1u);
}

TEST_F(WatchTest, MakesNothingAtTheVendors) {
  go();
  EXPECT_EQ(world_.request("create"), nullptr);
}

TEST_F(WatchTest, ASignalEndsItInAPauseOrARun) {
  recover_at(1'000);
  world_.most_waits = 30;
  EXPECT_FALSE(go());
  EXPECT_GE(told_.size(), 2u);
  world_.waits.clear();
  world_.most_waits = 1;
  told_.clear();
  EXPECT_FALSE(go());
  EXPECT_EQ(told_.size(), 1u);
}

TEST_F(WatchTest, WaitsAsLongAs429AsksFor) {
  int calls = 0;
  world_.answer = [&calls](const test::Sent& sent) {
    if (sent.step != "auth-static" || ++calls > 1) return test::sound(sent);
    Answer out = test::answered(429);
    out.fields = {{"Retry-After", "5000"}};
    return out;
  };
  EXPECT_TRUE(go({.interval_s = 60, .seed = 5}));
  EXPECT_EQ(std::ranges::max(world_.waits), 5'000'000);
}

}  // namespace
}  // namespace cvr::probe
