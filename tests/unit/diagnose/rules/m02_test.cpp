// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(M02, ADifferenceIsToldByItsPlace) {
  const Tape before = good_friday(new_pair());
  const Told told = tell(on_monday({post("/trips", new_pair(), kLegacyTrip).error(500, "X")}), &before);
  EXPECT_HIT(told, "M02");
  EXPECT_EQ(told.outcome("M02"), Outcome::kWarn);
  EXPECT_NE(told.of("M02").message.find("body /"), std::string::npos);
}

TEST(M02, VolatileFieldsAndIdsAreNoDifference) {
  const Tape before = good_friday(new_pair());
  EXPECT_CLEAN(tell(on_monday({get("/trips/atrip-9", new_pair()).header("User-Agent", "x").error(403, "X")}), &before),
               "M02");
  EXPECT_OPEN(tell(on_monday({get("/rfqs", new_pair()).error(403, "X")}), &before), "M02");
  EXPECT_MEANINGLESS(tell(on_monday({get("/rfqs", new_pair())})), "M02");
}

// One failing call of many that differs is enough to ask.
TEST(M02, OneIsEnough) {
  const Tape before = good_friday(new_pair());
  const Try same = get("/trips/atrip-9", new_pair()).error(403, "X");
  EXPECT_HIT(tell(on_monday({same, get("/trips/9", new_pair()).error(404, "X")}), &before), "M02");
}

}  // namespace
}  // namespace cvr::diagnose::test
