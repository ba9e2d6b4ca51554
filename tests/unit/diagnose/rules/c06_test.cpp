// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

std::string trip_with(std::string_view what, std::string_view by) {
  std::string body = kGoodTrip;
  body.replace(body.find(what), what.size(), by);
  return body;
}
Tape sends(const std::string& body) { return on_monday({post("/trips", new_pair(), body).error(422, "X")}); }

TEST(C06, ValuesThatCanNotBeMeant) {
  EXPECT_HIT(tell(sends(trip_with("2026-05-01", "2026-03-15"))), "C06");
  EXPECT_HIT(tell(sends(trip_with("2026-05-01", "2020-01-01"))), "C06");
  EXPECT_HIT(tell(sends(trip_with(R"("paxCount":"4")", R"("paxCount":"0")"))), "C06");
  EXPECT_HIT(tell(sends(trip_with(R"("paxCount":"4")", R"("paxCount":0)"))), "C06");
  EXPECT_HIT(tell(sends(R"({"segments":[],"sourcing":true,"criteria":{}})")), "C06");
  EXPECT_HIT(tell(sends(trip_with(R"("criteria":{})", R"("criteria":{"requiredLift":[{"aircraftType":""}]})"))), "C06");
}

TEST(C06, TodayAndWhatIsNotWatchedPass) {
  EXPECT_CLEAN(tell(sends(trip_with("2026-05-01", "2026-03-16"))), "C06");
  EXPECT_CLEAN(tell(sends(trip_with(R"("criteria":{})", R"("criteria":{"note":""})"))), "C06");
  EXPECT_MEANINGLESS(tell(on_monday({get("/rfqs", new_pair())})), "C06");
}

TEST(C06, RedactedValuesAreNotJudged) {
  Tape tape = sends(trip_with("2026-05-01", "2020-01-01"));
  tape.privacy = profiles::Privacy::kCommercial;
  const Told told = tell(tape);
  EXPECT_OPEN(told, "C06");
  EXPECT_HIT(told, "M06");
}

TEST(C06, NothingIsNothingHoweverItIsWritten) {
  const auto pax = [](const char* value) {
    return tell(sends(trip_with(R"("paxCount":"4")", R"("paxCount":)" + std::string(value))));
  };
  for (const char* none : {R"("0e0")", R"("+0")", R"(" 0")", R"("-2")", R"("0.0")", "0e5", "null", R"("")"}) {
    EXPECT_HIT(pax(none), "C06") << none;
  }
  for (const char* some : {R"("4")", "4", R"("1e1")", R"("+4")", R"(" 4 ")"}) EXPECT_CLEAN(pax(some), "C06") << some;
  for (const char* unclear : {R"("four")", R"("NaN")", R"("0x4")", "true"})
    EXPECT_EQ(pax(unclear).outcome("C06"), Outcome::kWarn) << unclear;
}

TEST(C06, ADateThatCanNotBeReadIsAQuestion) {
  for (const char* date : {"05/01/2026", "01/05/2020", "Invalid Date", "2026-13-01", "2026-02-30", "", " 2026-01-01"}) {
    EXPECT_EQ(tell(sends(trip_with("2026-05-01", date))).outcome("C06"), Outcome::kWarn) << date;
  }
  EXPECT_EQ(tell(sends(trip_with(R"("2026-05-01")", "20260101"))).outcome("C06"), Outcome::kWarn);
  EXPECT_EQ(tell(sends(trip_with(R"("2026-05-01")", "null"))).outcome("C06"), Outcome::kWarn);
  // It worked like that.
  const std::string odd = trip_with("2026-05-01", "05/01/2026");
  const Pair pair = new_pair();
  Tape before(kFriday);
  before.add(post("/trips", pair, odd));
  EXPECT_CLEAN(tell(on_monday({post("/trips", pair, odd).error(403, "X")}), &before), "C06");
}

// Under whatever name: what worked on Friday for Saturday is past on Monday.
TEST(C06, ADateThatRanOutSinceItWorked) {
  const Pair pair = new_pair();
  const auto asked = [&](const std::string& date) { return get("/trips?departureDate=" + date, pair); };
  Tape before(kFriday);
  before.add(asked("2026-03-14"));
  EXPECT_HIT(tell(on_monday({asked("2026-03-14").error(500, "ERR_INTERNAL_CRITICAL")}), &before), "C06");
  EXPECT_FALSE(tell(on_monday({asked("2026-03-20").error(500, "ERR_INTERNAL_CRITICAL")}), &before).hit("C06"));
  Tape history(kFriday);  // it was past already
  history.add(asked("2026-03-01"));
  EXPECT_FALSE(tell(on_monday({asked("2026-03-01").error(500, "ERR_INTERNAL_CRITICAL")}), &history).hit("C06"));
}

TEST(C06, WhatTheVendorTookCanBeMeant) {
  EXPECT_CLEAN(tell(on_monday({post("/trips", new_pair(), trip_with("2026-05-01", "2026-03-01"))})), "C06");
}

}  // namespace
}  // namespace cvr::diagnose::test
