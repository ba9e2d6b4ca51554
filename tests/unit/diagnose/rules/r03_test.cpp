// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(R03, ItCameBackByItself) {
  const Pair pair = new_pair();
  const Try bad = get("/rfqs", pair).error(401, "X");
  EXPECT_HIT(tell(on_monday({bad, get("/rfqs", pair)})), "R03");
  EXPECT_CLEAN(tell(on_monday({bad})), "R03");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair)})), "R03");
}

TEST(R03, AfterAChangeItDidNot) {
  const Pair pair = new_pair();
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair).error(401, "X"), get("/rfqs", new_pair())})), "R03");
  EXPECT_CLEAN(tell(on_monday({post("/trips", pair, kLegacyTrip).error(500, "X"), post("/trips", pair, kGoodTrip)})),
               "R03");
}

// Flapping that ends in failure has not recovered.
TEST(R03, TheEndCounts) {
  const Pair pair = new_pair();
  const Try bad = get("/rfqs", pair).error(401, "X");
  EXPECT_CLEAN(tell(on_monday({bad, get("/rfqs", pair), bad})), "R03");
}

}  // namespace
}  // namespace cvr::diagnose::test
