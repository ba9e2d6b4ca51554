// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

constexpr const char* kActAs = "X-Avinode-ActAsAccount";

TEST(G07, AbsentWhereTheSuccessHadIt) {
  const Pair pair = new_pair();
  const Told told =
      tell(on_monday({get("/rfqs", pair).header(kActAs, "somebody"), get("/rfqs", pair).error(403, "X")}));
  EXPECT_HIT(told, "G07");
  EXPECT_EQ(told.outcome("G07"), Outcome::kWarn);
  EXPECT_HIT(told, "M02");
}

TEST(G07, ThereOrNeverThere) {
  const Pair pair = new_pair();
  const Try with = get("/rfqs", pair).header(kActAs, "somebody");
  EXPECT_CLEAN(tell(on_monday({with, Try(with).error(403, "X")})), "G07");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair), get("/rfqs", pair).error(403, "X")})), "G07");
  EXPECT_OPEN(tell(on_monday({get("/rfqs", pair).error(403, "X")})), "G07");
}

TEST(G07, AnOperationThatNeverSucceededIsComparedWithTheOthers) {
  const Pair pair = new_pair();
  const Try never = get("/aircrafttypes", pair).error(403, "X");
  EXPECT_HIT(tell(on_monday({get("/rfqs", pair).header(kActAs, "somebody"), never})), "G07");
  EXPECT_OPEN(tell(on_monday({get("/rfqs", pair), never})), "G07");
}

TEST(G07, WhereCallsWorkWithoutItOrAProbesTwinFailsWithItItIsNoHint) {
  const Pair pair = new_pair();
  const Try acting = get("/rfqs", pair).header(kActAs, "somebody");
  const Try never = get("/aircrafttypes", pair).error(403, "X");
  EXPECT_OPEN(tell(on_monday({get("/airports/search", pair), acting, never})), "G07");
  const Try plain = get("/rfqs", pair).step("rfqs").error(403, "X");
  EXPECT_HIT(tell(on_monday({acting, plain})), "G07");
  EXPECT_CLEAN(tell(on_monday({acting, plain, Try(acting).step("rfqs-act-as").error(403, "X")})), "G07");
}

TEST(G07, AnotherAccountThanTheOneThatWorked) {
  const Pair pair = new_pair();
  const auto as = [&](const char* path, const char* who) { return get(path, pair).header(kActAs, who); };
  EXPECT_HIT(tell(on_monday({as("/rfqs", "right"), as("/rfqs", "wrong").error(403, "X")})), "G07");
  EXPECT_HIT(tell(on_monday({as("/rfqs", "wrong").error(403, "X"), as("/trips", "right")})), "G07");
  EXPECT_CLEAN(tell(on_monday({as("/rfqs", "one"), as("/rfqs", "two"), as("/rfqs", "one").error(403, "X")})), "G07");
  EXPECT_CLEAN(tell(on_monday({as("/rfqs", "one"), Try(as("/rfqs", "one")).error(403, "X")})), "G07");
  // Pseudonyms of two keys can not be compared.
  Tape before(kFriday), after = on_monday({as("/rfqs", "wrong").error(403, "X")});
  before.add(as("/rfqs", "right"));
  before.key = "one";
  after.key = "another";
  EXPECT_CLEAN(tell(after, &before), "G07");
}

}  // namespace
}  // namespace cvr::diagnose::test
