#include "diagnose/facts.h"

#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(Facts, BothRecordingsAreOneTimeline) {
  const Pair pair = new_pair();
  const Tape before = good_friday(pair);
  const Told told = tell(on_monday({get("/trips/atrip-9", pair).error(401, "X")}), &before);
  const Facts& facts = *told.diagnosis.facts;
  EXPECT_EQ(facts.timeline().size(), 5u);
  EXPECT_EQ(facts.after().size(), 1u);
  ASSERT_EQ(facts.failures().size(), 1u);
  const Call& call = *facts.failures().front();
  ASSERT_NE(call.last_success, nullptr);
  EXPECT_EQ(call.last_success->n, 3u);
  EXPECT_EQ(call.last_success->in, In::kBefore);
  EXPECT_EQ(call.same_success, call.last_success);
  EXPECT_EQ(call.code(), "X");
  EXPECT_EQ(call.environment, "sandbox");
}

TEST(Facts, ControlsAndStrangersStandApart) {
  const Told told = tell(on_monday({get("/rfqs", kNobody).error(400, "X").step("unauthenticated"),
                                    get("/x", kNobody).host("other.example"), get("/rfqs", new_pair())}));
  const Facts& facts = *told.diagnosis.facts;
  EXPECT_EQ(facts.controls().size(), 1u);
  EXPECT_EQ(facts.strangers().size(), 1u);
  EXPECT_EQ(facts.after().size(), 1u);
  EXPECT_NE(facts.control("unauthenticated"), nullptr);
  EXPECT_EQ(facts.control("wrong-credential"), nullptr);
}

TEST(Facts, AFlagMakesAControlAndAPrefixOfTheUsersDoesNot) {
  const Told told = tell(on_monday({get("/rfqs", new_pair()).error(404, "X").step("no-such-path").flag(kFlagControl),
                                    get("/rfqs", new_pair()).error(404, "X").step("control-tower")}));
  const Facts& facts = *told.diagnosis.facts;
  EXPECT_EQ(facts.controls().size(), 1u);
  EXPECT_NE(facts.control("no-such-path"), nullptr);
  EXPECT_EQ(facts.failures().size(), 1u);
}

// The numbers are those of the file; the order is that of time.
TEST(Facts, OrderIsThatOfTime) {
  Tape tape("2026-03-16T10:00:00Z");
  tape.add(get("/rfqs", new_pair()).error(401, "X")).wait(-3600).add(get("/rfqs", new_pair()));
  const Told told = tell(tape);
  EXPECT_EQ(told.diagnosis.facts->timeline().front().n, 2u);
  ASSERT_NE(told.diagnosis.facts->failures().front()->last_success, nullptr);
  EXPECT_EQ(told.diagnosis.facts->failures().front()->last_success->n, 2u);
}

TEST(Facts, TheVendorsClockSetsTheRecordersRight) {
  Tape tape(kMonday);
  tape.offset_us = -2 * kHour;
  tape.add(get("/rfqs", new_pair())).add(get("/rfqs", new_pair()).fails(FailureKind::kReset));
  const Told told = tell(tape);
  EXPECT_EQ(told.diagnosis.facts->timeline()[1].at_us, us(kMonday) + kSecond);
}

TEST(Facts, ErrorsInA200AreFailures) {
  const Told told = tell(on_monday({get("/rfqs", new_pair()).error(200, "START_AIRPORT_INVALID")}));
  EXPECT_EQ(told.diagnosis.facts->failures().size(), 1u);
}

TEST(Facts, OneStrangerHereIsNoRebuildThere) {
  const Told told = tell(on_monday({get("/rfqs", new_pair()).host("services.avinode.com")}));
  EXPECT_FALSE(told.diagnosis.facts->rebuild_before(*told.diagnosis.facts->after().front()));
}

// A try of a probe is a control beside the one that gave a token; where all are refused one of them is the
// application's.
TEST(Facts, ATrialIsAControlBesideASuccess) {
  const Try refused = token_call("c", secret_like(), "").step("token-oauth-basic").flag(kFlagControl);
  const Try good = token_call("c", secret_like(), new_pair().token).step("token-oauth-post");
  EXPECT_EQ(tell(on_monday({refused, good})).diagnosis.facts->controls().size(), 1u);
  const Told all = tell(on_monday({refused, refused}));
  ASSERT_EQ(all.diagnosis.facts->failures().size(), 2u);
  EXPECT_TRUE(all.diagnosis.facts->failures().front()->trial);
  Tape later(kMonday);
  later.add(refused).wait(3600).add(good);
  EXPECT_EQ(tell(later).diagnosis.facts->controls().size(), 0u);
  // What a plan means to fail.
  const Try meant = token_call("c", secret_like(), "").step("wrong-secret").flag(kFlagControl);
  EXPECT_EQ(tell(on_monday({meant})).diagnosis.facts->controls().size(), 1u);
}

TEST(Facts, ARecordingOfBeforeMayBeALaterOne) {
  const Pair pair = new_pair();
  Tape later("2026-03-20T09:00:00Z");
  later.add(get("/rfqs", pair));
  const Told told = tell(on_monday({get("/rfqs", pair).error(403, "X")}), &later);
  EXPECT_EQ(told.diagnosis.facts->failures().front()->last_success, nullptr);
  EXPECT_OPEN(told, "M01");
  EXPECT_NE(told.of("M06").message.find("later"), std::string::npos) << told.of("M06").message;
}

TEST(Facts, WithoutTimesNothingIsTwice) {
  Tape tape("1970-01-01T00:00:00Z");
  const Try one = get("/rfqs", new_pair()).error(403, "X").without("Date");
  tape.add(one).wait(-1).add(one);
  EXPECT_EQ(tell(tape).diagnosis.facts->failures().size(), 2u);
}

TEST(Facts, WhatIsGivenTwiceIsThereOnce) {
  Tape twice(kMonday);
  const Pair pair = new_pair();
  const auto round = [&] {
    twice.add(get("/rfqs", pair).error(403, "X")).wait(700).add(get("/rfqs", pair).error(403, "X"));
  };
  round();
  twice.wait(-702);
  round();
  const Told told = tell(twice);
  EXPECT_EQ(told.diagnosis.facts->failures().size(), 2u);
  EXPECT_FALSE(told.hit("M03"));
}

}  // namespace
}  // namespace cvr::diagnose::test
