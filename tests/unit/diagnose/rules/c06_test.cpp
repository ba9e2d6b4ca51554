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

}  // namespace
}  // namespace cvr::diagnose::test
