#include "engine/catch_up.h"

#include "unit/engine/kit.h"

namespace cvr::engine {
namespace {

class CatchUp : public ::testing::Test {
 protected:
  std::string next(Player& player, std::string_view path) const {
    const auto answer = player.answer(tape_.redacted(get(path)), nullptr);
    return std::holds_alternative<Hit>(answer) ? std::get<Hit>(answer).playback->body : "";
  }
  Tape tape_;
};

TEST_F(CatchUp, AFreshPlayerOfAGrownCassetteStandsWhereTheOldOneStood) {
  tape_.record({exchange(get("/a"), "a1"), exchange(get("/b"), "b1"), exchange(get("/a"), "a2")});
  const auto before = tape_.player();
  EXPECT_EQ(next(*before, "/a"), "a1");
  tape_.record({exchange(get("/a"), "a3")});
  const auto fresh = tape_.player();
  catch_up(*before, *fresh, *tape_.reader());
  EXPECT_EQ(fresh->unused(), 3U);
  EXPECT_EQ(next(*fresh, "/a"), "a2");
  EXPECT_EQ(next(*fresh, "/a"), "a3");
  EXPECT_EQ(next(*fresh, "/b"), "b1");
}

TEST_F(CatchUp, WhatWasNotPlayedStaysUnused) {
  tape_.record({exchange(get("/a"), "a1")});
  const auto before = tape_.player();
  const auto fresh = tape_.player();
  catch_up(*before, *fresh, *tape_.reader());
  EXPECT_EQ(fresh->unused(), 1U);
  const Player nothing({}, usual_rules(), OnEnd::kDefault);
  catch_up(nothing, *fresh, *tape_.reader());
  EXPECT_EQ(fresh->unused(), 1U);
}

}  // namespace
}  // namespace cvr::engine
