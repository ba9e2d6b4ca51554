#include "app/replay_options.h"

#include "support/fakes.h"

namespace cvr::app {
namespace {

TEST(ReplayOptions, Ages) {
  EXPECT_EQ(parse_max_age_us("7d"), 604'800'000'000);
  EXPECT_EQ(parse_max_age_us("1s"), 1'000'000);
  for (const char* text : {"", "0", "0d", "7 d", "-1d", "1w", "999ms", "99999d"})
    EXPECT_FALSE(parse_max_age_us(text)) << text;
}

TEST(ReplayOptions, RecordNeedsAModeThatForwards) {
  ReplayOptions options;
  options.on_stale = engine::OnStale::kRecord;
  EXPECT_TRUE(check(options, engine::Mode::kNone));  // without an age nothing is stale
  options.max_age_us = 1;
  for (const engine::Mode mode : {engine::Mode::kNone, engine::Mode::kOnce}) {
    const auto refused = check(options, mode);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kUsage);
    EXPECT_NE(refused.error().text.find("--stale record"), std::string::npos);
  }
  for (const engine::Mode mode : {engine::Mode::kNewEpisodes, engine::Mode::kAll}) EXPECT_TRUE(check(options, mode));
  options.on_stale = engine::OnStale::kFail;
  EXPECT_TRUE(check(options, engine::Mode::kNone));
}

TEST(ReplayOptions, PartsAreForSessionsThatLookUp) {
  const test::FakeClock clock;
  ReplayOptions options;
  profiles::Profile profile;
  options.faults = {engine::parse_fault("GET /a: reset").value()};
  engine::SessionParts all;
  all.mode = engine::Mode::kAll;
  add_replay_parts(options, profile, clock, all);
  EXPECT_EQ(all.faults, nullptr);
  engine::SessionParts none;
  none.mode = engine::Mode::kNone;
  add_replay_parts(options, profile, clock, none);
  EXPECT_NE(none.faults, nullptr);
  EXPECT_EQ(none.staleness, nullptr);
  profile.rebuild = profiles::Rebuild{0, 360, 480, {"api.example"}};
  add_replay_parts(options, profile, clock, none);
  EXPECT_NE(none.staleness, nullptr);
}

}  // namespace
}  // namespace cvr::app
