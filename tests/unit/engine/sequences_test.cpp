#include "engine/sequences.h"

#include <thread>

namespace cvr::engine {
namespace {

// A request `what` asked by `who`.
MatchKey key(std::uint64_t what, std::uint64_t who = 0) { return {what * 0x9e3779b97f4a7c15, what, who, ~who, 1}; }

class SequencesOf : public ::testing::Test {
 protected:
  // The interactions that answer, as text: "0 1 2"; "-" nothing matches, "2!" at the end.
  std::string play(Sequences& sequences, const std::vector<MatchKey>& asked, OnEnd on_end = OnEnd::kFail,
                   bool safe = true) {
    std::string out;
    for (const MatchKey& k : asked) {
      const auto next = sequences.next(k, safe, on_end);
      if (!out.empty()) out += ' ';
      if (!next) {
        out += '-';
        continue;
      }
      out += std::to_string(next->interaction) + (next->exhausted ? "!" : "");
    }
    return out;
  }
};

TEST_F(SequencesOf, RepeatsComeInRecordedOrder) {
  Sequences sequences({key(1), key(2), key(1), key(3), key(1)});
  EXPECT_EQ(play(sequences, {key(1), key(2), key(1), key(1), key(3)}), "0 1 2 4 3");
}

// One group by a looser rule; what each is without it stands in a list.
TEST_F(SequencesOf, TheSameComesBeforeWhatIsOnlyAlike) {
  const std::vector<std::uint64_t> without = {10, 20, 10, 30};
  const auto play_alike = [&](Sequences& sequences, std::initializer_list<std::uint64_t> asked, OnEnd on_end) {
    std::string out;
    for (const std::uint64_t live : asked) {
      const auto next =
          sequences.next(key(1), false, on_end, {.sameness = {live, [&](std::uint32_t i) { return without[i]; }}});
      out += next->exhausted ? "-" : std::to_string(next->interaction);
    }
    return out;
  };
  Sequences fail(std::vector<MatchKey>(4, key(1)));
  EXPECT_EQ(play_alike(fail, {30, 10, 10, 10, 99}, OnEnd::kFail), "3021-");
  EXPECT_EQ(fail.unused(), 0U);
  fail.rewind();
  EXPECT_EQ(play_alike(fail, {99, 20, 10}, OnEnd::kFail), "012");
  Sequences last(std::vector<MatchKey>(4, key(1)));
  EXPECT_EQ(play_alike(last, {30, 30, 10, 10, 10, 99, 99}, OnEnd::kLast), "3302213");
}

TEST_F(SequencesOf, ALargeGroupIsPlayedInItsOrder) {
  Sequences sequences(std::vector<MatchKey>(Sequences::kMostAlike + 1, key(1)));
  std::uint64_t asked = 0;
  const auto next =
      sequences.next(key(1), false, OnEnd::kFail, {.sameness = {7, [&](std::uint32_t) { return ++asked; }}});
  EXPECT_EQ(next->interaction, 0U);
  EXPECT_EQ(asked, 0U);
}

TEST_F(SequencesOf, NothingMatchesWhatWasNotRecorded) {
  Sequences sequences({key(1)});
  EXPECT_EQ(play(sequences, {key(2), key(1)}), "- 0");
  Sequences empty(std::vector<MatchKey>{});
  EXPECT_EQ(play(empty, {key(1)}), "-");
  EXPECT_EQ(empty.unused(), 0U);
  EXPECT_EQ(empty.size(), 0U);
}

TEST_F(SequencesOf, WhatComesAfterTheLast) {
  const std::vector<MatchKey> recorded{key(1), key(1)};
  const std::vector<MatchKey> asked(5, key(1));
  struct Case {
    OnEnd on_end;
    bool safe;
    const char* played;
  };
  for (const Case& c : {Case{OnEnd::kFail, true, "0 1 1! 1! 1!"}, Case{OnEnd::kFail, false, "0 1 1! 1! 1!"},
                        Case{OnEnd::kLast, true, "0 1 1 1 1"}, Case{OnEnd::kLast, false, "0 1 1 1 1"},
                        Case{OnEnd::kLoop, true, "0 1 0 1 0"}, Case{OnEnd::kLoop, false, "0 1 0 1 0"},
                        Case{OnEnd::kDefault, true, "0 1 1 1 1"}, Case{OnEnd::kDefault, false, "0 1 1! 1! 1!"}}) {
    Sequences sequences(recorded);
    EXPECT_EQ(play(sequences, asked, c.on_end, c.safe), c.played);
  }
}

TEST_F(SequencesOf, AnIdentityPlaysItsOwnRecordings) {
  Sequences sequences({key(1, 10), key(1, 20), key(1, 10), key(1, 20)});
  EXPECT_EQ(play(sequences, {key(1, 20), key(1, 10), key(1, 20), key(1, 10), key(1, 10)}), "1 0 3 2 2!");
}

TEST_F(SequencesOf, UnknownIdentitiesAreBoundInTheOrderTheyAppear) {
  Sequences sequences({key(1, 10), key(1, 20), key(1, 10), key(1, 20)});
  EXPECT_EQ(play(sequences, {key(1, 91), key(1, 92), key(1, 92), key(1, 91)}), "0 1 3 2");
}

TEST_F(SequencesOf, EachRequestBindsItsOwn) {
  // Another request may have been recorded by the identities in another order.
  Sequences sequences({key(1, 10), key(1, 20), key(2, 20), key(2, 10)});
  EXPECT_EQ(play(sequences, {key(1, 91), key(1, 92), key(2, 91), key(2, 92)}), "0 1 2 3");
}

TEST_F(SequencesOf, OneIdentityOnRecordAnswersAll) {
  Sequences sequences({key(1, 10), key(1, 10)});
  EXPECT_EQ(play(sequences, {key(1, 91), key(1, 92), key(1, 93)}), "0 1 1!");
}

TEST_F(SequencesOf, MoreIdentitiesThanRecordedShareTheLast) {
  Sequences sequences({key(1, 10), key(1, 20)});
  EXPECT_EQ(play(sequences, {key(1, 91), key(1, 92), key(1, 93)}, OnEnd::kLast), "0 1 1");
}

TEST_F(SequencesOf, WhoPlaysItsOwnHasTakenIt) {
  // A real credential and a dummy one: the dummy stands for the other user.
  Sequences sequences({key(1, 10), key(1, 20)});
  EXPECT_EQ(play(sequences, {key(1, 10), key(1, 91)}), "0 1");
}

TEST_F(SequencesOf, WhenAllAreTakenTheLastIsShared) {
  Sequences sequences({key(1, 10), key(1, 20)});
  EXPECT_EQ(play(sequences, {key(1, 10), key(1, 20), key(1, 91)}, OnEnd::kLast), "0 1 1");
}

TEST_F(SequencesOf, TheGroupsAreGivenOutByTheirFirstRecording) {
  // The identities' own values say nothing about the order.
  Sequences sequences({key(1, 30), key(1, 10), key(1, 20), key(1, 10)});
  EXPECT_EQ(play(sequences, {key(1, 91), key(1, 92), key(1, 93), key(1, 92)}), "0 1 2 3");
}

TEST_F(SequencesOf, TellsHowManyTheAskingIdentityHas) {
  Sequences sequences({key(1, 10), key(1, 20), key(1, 10)});
  play(sequences, {key(1, 10), key(1, 10)});
  const auto next = sequences.next(key(1, 10), false, OnEnd::kFail);
  ASSERT_TRUE(next && next->exhausted);
  EXPECT_EQ(next->matching, 2U);
}

TEST_F(SequencesOf, UnusedAreThoseThatNeverAnswered) {
  Sequences sequences({key(1), key(2), key(1)});
  EXPECT_EQ(sequences.unused(), 3U);
  play(sequences, {key(1), key(9)});
  EXPECT_EQ(sequences.unused(), 2U);
  EXPECT_TRUE(sequences.was_used(0));
  EXPECT_FALSE(sequences.was_used(1));
  play(sequences, {key(1), key(1), key(1)}, OnEnd::kLoop);
  EXPECT_EQ(sequences.unused(), 1U);
  EXPECT_EQ(sequences.size(), 3U);
}

TEST_F(SequencesOf, RewoundItBeginsAnew) {
  Sequences sequences({key(1, 10), key(1, 20)});
  const std::vector<MatchKey> asked{key(1, 91), key(1, 92)};
  EXPECT_EQ(play(sequences, asked), "0 1");
  sequences.rewind();
  EXPECT_EQ(sequences.unused(), 2U);
  EXPECT_EQ(play(sequences, {key(1, 92), key(1, 91)}), "0 1");  // bindings are forgotten too
}

TEST_F(SequencesOf, AClientThatChangesItsIdentityEachTimeStillIsAnswered) {
  Sequences sequences({key(1, 10), key(1, 20)});
  for (std::uint64_t who = 100; who < 150'000; ++who) {
    const auto next = sequences.next(key(1, who), true, OnEnd::kLast);
    ASSERT_TRUE(next);
    ASSERT_FALSE(next->exhausted);
  }
}

TEST_F(SequencesOf, ThreadsShareThePositions) {
  constexpr std::size_t kRecorded = 4000;
  Sequences sequences(std::vector<MatchKey>(kRecorded, key(1, 10)));
  std::vector<std::atomic<int>> played(kRecorded);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (std::size_t i = 0; i < kRecorded / 4; ++i)
        ++played[sequences.next(key(1, 10), false, OnEnd::kFail)->interaction];
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < kRecorded; ++i) EXPECT_EQ(played[i], 1) << i;
  EXPECT_EQ(sequences.unused(), 0U);
}

TEST_F(SequencesOf, ThreadsBindEachIdentityToItsOwn) {
  constexpr std::uint64_t kUsers = 64;
  std::vector<MatchKey> recorded;
  for (std::uint64_t round = 0; round < 2; ++round) {
    for (std::uint64_t user = 0; user < kUsers; ++user) recorded.push_back(key(1, 1000 + user));
  }
  Sequences sequences(recorded);
  std::vector<std::thread> threads;
  for (std::uint64_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (std::uint64_t user = t; user < kUsers; user += 4) {
        const auto first = sequences.next(key(1, user), false, OnEnd::kFail);
        const auto second = sequences.next(key(1, user), false, OnEnd::kFail);
        EXPECT_FALSE(first->exhausted || second->exhausted);
        EXPECT_EQ(first->interaction + kUsers, second->interaction);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(sequences.unused(), 0U);
}

// GET(1) at 0, 2, 3 and 5; writes (2) at 1 and (3) at 4.
class StatefulSequences : public SequencesOf {
 protected:
  const std::vector<MatchKey> recorded_{key(1), key(2), key(1), key(1), key(3), key(1)};
  Sequences sequences_{recorded_, std::vector<std::uint32_t>{1, 4}};
  std::string reads(std::size_t times, std::uint64_t what = 1) {
    return play(sequences_, std::vector<MatchKey>(times, key(what)), OnEnd::kDefault, true);
  }
  std::string write(std::uint64_t what) { return play(sequences_, {key(what)}, OnEnd::kDefault, false); }
};

TEST_F(StatefulSequences, AReadShowsWhatTheLastWriteLeft) {
  EXPECT_EQ(reads(3), "0 0 0");  // more often than recorded: the write has not come
  EXPECT_EQ(write(2), "1");
  EXPECT_EQ(reads(4), "2 3 3 3");
  EXPECT_EQ(write(3), "4");
  EXPECT_EQ(reads(2), "5 5");
}

TEST_F(StatefulSequences, ReadsThatTheRunLeavesOutAreSkipped) {
  EXPECT_EQ(write(2), "1");
  EXPECT_EQ(write(3), "4");
  EXPECT_EQ(reads(1), "5");
  EXPECT_EQ(sequences_.unused(), 3U);
}

TEST_F(StatefulSequences, WhereNothingWasReadTheStateBeforeStands) {
  Sequences sequences({key(1), key(2), key(3), key(1)}, std::vector<std::uint32_t>{1, 2});
  EXPECT_EQ(play(sequences, {key(2)}, OnEnd::kDefault, false), "1");
  EXPECT_EQ(play(sequences, {key(1), key(1)}), "0 0");
}

TEST_F(StatefulSequences, WhatWasFirstReadAfterAWriteAnswersBeforeItToo) {
  Sequences sequences({key(2), key(1)}, std::vector<std::uint32_t>{0});
  EXPECT_EQ(play(sequences, {key(1)}), "1");
}

TEST_F(StatefulSequences, RewindForgetsTheWrites) {
  EXPECT_EQ(write(2), "1");
  EXPECT_EQ(reads(1), "2");
  sequences_.rewind();
  EXPECT_EQ(reads(1), "0");
}

TEST_F(StatefulSequences, WritesComeInRecordedOrderAsEver) {
  EXPECT_EQ(write(2), "1");
  EXPECT_EQ(write(2), "1!");
  EXPECT_EQ(reads(1), "2");
}

TEST_F(SequencesOf, ACandidateThatIsNotAdmittedIsPassedOver) {
  // Three recordings of one bucket, with different numbers.
  Sequences sequences({key(1, 10), key(1, 20), key(1, 30)});
  const auto near = [](std::uint32_t wanted) {
    return [wanted](std::uint32_t interaction) { return interaction == wanted; };
  };
  EXPECT_EQ(sequences.next(key(1, 21), true, OnEnd::kFail, {.admits = near(1)})->interaction, 1U);
  EXPECT_EQ(sequences.next(key(1, 31), true, OnEnd::kFail, {.admits = near(2)})->interaction, 2U);
  EXPECT_FALSE(
      sequences.next(key(1, 99), true, OnEnd::kFail, {.admits = [](std::uint32_t) { return false; }}).has_value());
  EXPECT_EQ(sequences.next(key(1, 10), true, OnEnd::kFail, {.admits = near(0)})->interaction, 0U);
}

// A path that differs in a pseudonym alone: each finds its own, and none is looked for in vain.
TEST_F(SequencesOf, OneOfVeryManyFindsItsOwn) {
  std::vector<MatchKey> keys;
  for (std::uint64_t i = 0; i < 5'000; ++i) keys.push_back(key(1, (i * 7919 % 5'000) + 1));
  Sequences sequences(keys);
  for (std::uint32_t i = 5'000; i-- > 0;) {
    const auto next = sequences.next(keys[i], false, OnEnd::kFail);
    ASSERT_EQ(next->interaction, i);
    EXPECT_FALSE(next->bound);
  }
  EXPECT_TRUE(sequences.next(key(1, 6'000), true, OnEnd::kLast)->bound);
}

TEST_F(SequencesOf, WhatIsTheSameLoopsToo) {
  Sequences sequences(std::vector<MatchKey>(3, key(1)));
  std::string out;
  for (int i = 0; i < 7; ++i) {
    out += std::to_string(
        sequences.next(key(1), true, OnEnd::kLoop, {.sameness = {1, [](std::uint32_t) { return std::uint64_t{1}; }}})
            ->interaction);
  }
  EXPECT_EQ(out, "0120120");
}

}  // namespace
}  // namespace cvr::engine
