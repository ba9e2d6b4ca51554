#include "engine/mode.h"

namespace cvr::engine {
namespace {

constexpr Mode kAllModes[] = {Mode::kOnce, Mode::kNewEpisodes, Mode::kNone, Mode::kAll, Mode::kPassthrough};

TEST(Mode, EveryWordIsItsMode) {
  for (const Mode mode : kAllModes) {
    EXPECT_EQ(facts_of(mode).mode, mode);
    EXPECT_EQ(mode_from(to_string(mode)), mode);
  }
}

TEST(Mode, OtherWordsAreNone) {
  for (const char* word : {"", "ONCE", "record", "replay", "new-episodes", "all ", "non"}) {
    EXPECT_FALSE(mode_from(word)) << word;
  }
}

TEST(Mode, TheFactsOfEach) {
  const auto facts = [](Mode mode) {
    const ModeFacts& f = facts_of(mode);
    return std::string(f.looks_up ? "looks up, " : "") + (f.forwards ? "forwards, " : "") +
           (f.records ? "records" : "");
  };
  EXPECT_EQ(facts(Mode::kNewEpisodes), "looks up, forwards, records");
  EXPECT_EQ(facts(Mode::kNone), "looks up, ");
  EXPECT_EQ(facts(Mode::kAll), "forwards, records");
  EXPECT_EQ(facts(Mode::kPassthrough), "forwards, ");
}

TEST(Mode, WhatIsNotForwardedIsNotRecorded) {
  for (const Mode mode : kAllModes) EXPECT_TRUE(facts_of(mode).forwards || !facts_of(mode).records);
}

TEST(Mode, OnceRecordsWhatIsNotThereYet) {
  EXPECT_EQ(resolve(Mode::kOnce, false), Mode::kAll);
  EXPECT_EQ(resolve(Mode::kOnce, true), Mode::kNone);
  for (const Mode mode : {Mode::kNewEpisodes, Mode::kNone, Mode::kAll, Mode::kPassthrough}) {
    EXPECT_EQ(resolve(mode, false), mode);
    EXPECT_EQ(resolve(mode, true), mode);
  }
}

}  // namespace
}  // namespace cvr::engine
