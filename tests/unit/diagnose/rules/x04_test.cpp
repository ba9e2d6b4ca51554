// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(X04, ACredentialThatStoppedWorking) {
  const Pair pair = new_pair();
  const Try good = get("/rfqs", pair);
  EXPECT_HIT(tell(on_monday({good, Try(good).error(401, "X")})), "X04");
  EXPECT_CLEAN(tell(on_monday({good, Try(good).error(403, "X")})), "X04");
  EXPECT_CLEAN(tell(on_monday({good, get("/rfqs", new_pair()).error(401, "X")})), "X04");
}

TEST(X04, ARebuildOrAChangeBetweenExplainsIt) {
  const Pair pair = new_pair();
  const Tape before = good_friday(pair);
  EXPECT_CLEAN(tell(on_monday({get("/rfqs/arfq-42", pair).error(401, "X")}), &before), "X04");
  EXPECT_OPEN(tell(on_monday({get("/rfqs", pair), get("/rfqs?limit=9", pair).error(401, "X")})), "X04");
}

TEST(X04, WithoutASuccessItIsOpen) { EXPECT_OPEN(tell(on_monday({get("/rfqs", new_pair()).error(401, "X")})), "X04"); }

// The last success of the request was another credential's.
TEST(X04, EachCredentialIsComparedWithItself) {
  const Pair pair = new_pair(), other = new_pair();
  const Try good = get("/rfqs", pair);
  EXPECT_HIT(tell(on_monday({good, get("/rfqs", other), Try(good).error(401, "X")})), "X04");
}

}  // namespace
}  // namespace cvr::diagnose::test
