// Played through Sequences: a binding is what makes the difference there.
#include "engine/binding.h"

#include <gtest/gtest.h>

#include "engine/sequences.h"

namespace cvr::engine {
namespace {

MatchKey key(std::uint64_t what, std::uint64_t who = 0) { return {what, what, who, who, 1}; }

// Who was recorded: 100 for "who" 10, 200 for 20.
std::optional<std::uint32_t> asked(Sequences& sequences, std::uint64_t what, std::uint64_t who, std::uint64_t live,
                                   const std::vector<std::uint64_t>& recorded) {
  const auto next =
      sequences.next(key(what, who), true, OnEnd::kFail,
                     {.identity = {.live = live, .recorded = [&](std::uint32_t at) { return recorded[at]; }}});
  return next ? std::optional(next->interaction) : std::nullopt;
}

TEST(Binding, ADummyIsOneUserOnEveryPath) {
  // A asks 1, 2, 3; B asks 2, 3, 4.
  const std::vector<std::uint64_t> by{100, 100, 100, 200, 200, 200};
  Sequences sequences({key(1, 10), key(2, 10), key(3, 10), key(2, 20), key(3, 20), key(4, 20)});
  ASSERT_TRUE(sequences.has_rivals());
  EXPECT_EQ(asked(sequences, 4, 91, 7, by), 5u);  // only B asked that: the dummy is B
  EXPECT_EQ(asked(sequences, 2, 92, 7, by), 3u);
  EXPECT_EQ(asked(sequences, 2, 93, 8, by), 1u);  // the other one is A
  EXPECT_EQ(asked(sequences, 3, 94, 8, by), 2u);
  EXPECT_EQ(asked(sequences, 3, 95, 7, by), 4u);
  sequences.rewind();
  EXPECT_EQ(asked(sequences, 2, 92, 7, by), 1u);
}

TEST(Binding, ManyIdentitiesOfOneRequestStayCheap) {
  std::vector<MatchKey> keys;
  for (std::uint64_t i = 0; i < 20'000; ++i) keys.push_back(key(1, i + 1));
  Sequences sequences(keys);
  std::uint64_t looked = 0;
  for (std::uint64_t i = 0; i < keys.size(); ++i) {
    const auto next = sequences.next(key(1, 1'000'000 + i), true, OnEnd::kFail,
                                     {.identity = {.live = 5'000'000 + i, .recorded = [&](std::uint32_t at) {
                                                     ++looked;
                                                     return std::uint64_t{at} + 1;
                                                   }}});
    ASSERT_EQ(next->interaction, i);
  }
  EXPECT_LE(looked, keys.size());
}

// Values: 1 of the first two, 2 of the third.
std::optional<std::uint32_t> with_values(Sequences& sequences, std::uint64_t who, std::uint64_t live,
                                         const std::vector<std::uint64_t>& recorded, Likeness identity = {}) {
  Deciders by;
  by.identity = std::move(identity);
  by.values = {live, [&](std::uint32_t at) { return recorded[at]; }};
  const auto next = sequences.next(key(1, who), true, OnEnd::kFail, by);
  return next && !next->exhausted ? std::optional(next->interaction) : std::nullopt;
}

TEST(Binding, TheSamePersonComesBeforeAnother) {
  const std::vector<std::uint64_t> values{7, 8, 8};
  Sequences sequences({key(1, 10), key(1, 20), key(1, 30)});
  EXPECT_EQ(with_values(sequences, 91, 8, values), 1U);  // not the first that is free
  EXPECT_EQ(with_values(sequences, 92, 8, values), 2U);
  EXPECT_EQ(with_values(sequences, 93, 9, values), 0U);            // nobody's: by kind
  EXPECT_EQ(with_values(sequences, 91, 8, values), std::nullopt);  // its own, which is at its end
}

TEST(Binding, OfTheSamePersonTheOneWhoAskedBefore) {
  const std::vector<std::uint64_t> values{8, 8, 7};
  const std::vector<std::uint64_t> by{100, 200, 200};
  const auto as = [&](std::uint64_t live) { return Likeness{live, [&](std::uint32_t at) { return by[at]; }}; };
  Sequences sequences({key(1, 10), key(1, 20), key(1, 30)});
  EXPECT_EQ(with_values(sequences, 91, 7, values, as(5)), 2U);  // 5 is 200
  EXPECT_EQ(with_values(sequences, 92, 8, values, as(5)), 1U);
  EXPECT_EQ(with_values(sequences, 93, 8, values, as(6)), 0U);
}

TEST(Binding, ValuesAreAskedOnceForEachGroup) {
  std::vector<MatchKey> keys;
  for (std::uint64_t i = 0; i < 2'000; ++i) keys.push_back(key(1, i + 1));
  Sequences sequences(keys);
  std::uint64_t looked = 0;
  for (std::uint64_t i = keys.size(); i-- > 0;) {
    Deciders by;
    by.values = {i, [&](std::uint32_t at) {
                   ++looked;
                   return std::uint64_t{at};
                 }};
    ASSERT_EQ(sequences.next(key(1, 1'000'000 + i), true, OnEnd::kFail, by)->interaction, i);
  }
  EXPECT_EQ(looked, keys.size());
}

// Whatever it was played by: a looser rule's list or the state.
TEST(Binding, WhatWasPlayedIsTaken) {
  const Deciders alike{.sameness = {5, [](std::uint32_t) { return std::uint64_t{5}; }}};
  Sequences by_rule({key(1, 10), key(1, 10), key(1, 20), key(1, 20)});
  EXPECT_EQ(by_rule.next(key(1, 10), true, OnEnd::kLast, alike)->interaction, 0U);
  EXPECT_EQ(by_rule.next(key(1, 99), true, OnEnd::kLast, alike)->interaction, 2U);
  Sequences by_state({key(1, 10), key(1, 20), key(2, 10)}, std::vector<std::uint32_t>{2});
  EXPECT_EQ(by_state.next(key(2, 10), false, OnEnd::kLast)->interaction, 2U);
  EXPECT_EQ(by_state.next(key(1, 10), true, OnEnd::kLast)->interaction, 0U);
  EXPECT_EQ(by_state.next(key(1, 99), true, OnEnd::kLast)->interaction, 1U);
}

TEST(Binding, AUserIsOneUserAmongHundreds) {
  std::vector<MatchKey> keys;
  std::vector<std::uint64_t> by;
  for (std::uint64_t what = 1; what <= 2; ++what) {
    for (std::uint64_t who = 1; who <= 300; ++who) keys.push_back(key(what, who)), by.push_back(who);
  }
  Sequences sequences(keys);
  for (std::uint64_t i = 0; i < 300; ++i) ASSERT_EQ(asked(sequences, 1, 10'000 + i, 20'000 + i, by), i);
  for (std::uint64_t i = 300; i-- > 0;) ASSERT_EQ(asked(sequences, 2, 30'000 + i, 20'000 + i, by), 300 + i);
}

TEST(Binding, BeyondTheTableNumbersStillDecide) {
  Sequences sequences({key(1, 10), key(1, 20)});
  const Deciders first{.admits = [](std::uint32_t at) { return at == 0; }};
  for (std::uint64_t i = 0; i < 100'000; ++i) ASSERT_TRUE(sequences.next(key(1, 1'000 + i), true, OnEnd::kLast, first));
  const Deciders second{.admits = [](std::uint32_t at) { return at == 1; }};
  EXPECT_EQ(sequences.next(key(1, 200'001), true, OnEnd::kLast, second)->interaction, 1U);
  const Deciders none{.admits = [](std::uint32_t) { return false; }};
  EXPECT_FALSE(sequences.next(key(1, 200'002), true, OnEnd::kLast, none).has_value());
}

}  // namespace
}  // namespace cvr::engine
