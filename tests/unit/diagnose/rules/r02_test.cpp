// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(R02, TheRebuildLiesBetween) {
  const Tape before = good_friday(new_pair());
  EXPECT_HIT(tell(on_monday({post("/trips", new_pair(), kGoodTrip).error(401, "X")}), &before), "R02");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair()), get("/rfqs", new_pair()).error(401, "X")})), "R02");
}

TEST(R02, NothingToCompareIsOpen) {
  EXPECT_OPEN(tell(on_monday({get("/rfqs", new_pair()).error(401, "X")})), "R02");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair())})), "R02");
}

// What worked between the rebuild and the failure shows that the rebuild was not it.
TEST(R02, ASuccessAfterTheRebuild) {
  const Tape before = good_friday(new_pair());
  const Try trip = post("/trips", new_pair(), kGoodTrip);
  EXPECT_CLEAN(tell(on_monday({trip, Try(trip).error(401, "X")}), &before), "R02");
}

}  // namespace
}  // namespace cvr::diagnose::test
