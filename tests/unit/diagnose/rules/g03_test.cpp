// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"
#include "support/random.h"

namespace cvr::diagnose::test {
namespace {

Tape refused(const Pair& pair) { return on_monday({get("/rfqs", pair).error(401, "X")}); }

TEST(G03, OnlyOneOfTwoIsNew) {
  const Pair old = new_pair(), fresh = new_pair();
  const Tape before = good_friday(old);
  EXPECT_HIT(tell(refused({old.token, fresh.api}), &before), "G03");
  EXPECT_HIT(tell(refused({fresh.token, old.api}), &before), "G03");
}

TEST(G03, BothNewBothOldOrAccepted) {
  const Pair old = new_pair(), fresh = new_pair();
  const Tape before = good_friday(old);
  EXPECT_CLEAN(tell(refused(fresh), &before), "G03");
  EXPECT_CLEAN(tell(refused(old), &before), "G03");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", {old.token, fresh.api})}), &before), "G03");
}

// A token of the token endpoint is as new as its issue, and the other half is still a half.
TEST(G03, AFreshTokenOfTheTokenEndpointBesideTheOldOther) {
  const Pair old = new_pair(), fresh = new_pair();
  const Tape before = good_friday(old);
  Tape after(kMonday);
  after.add(token_call(cvr::test::random_uuid(), secret_like(), fresh.token));
  after.again(get("/rfqs", {fresh.token, old.api}).error(401, "X"), 4, 360);
  const Told told = tell(after, &before);
  EXPECT_HIT(told, "G03");
  EXPECT_EQ(told.verdict().level, Level::kNotProven) << told.verdict().text;
  Tape both(kMonday);
  both.add(token_call(cvr::test::random_uuid(), secret_like(), fresh.token));
  both.add(get("/rfqs", fresh).error(401, "X"));
  EXPECT_CLEAN(tell(both, &before), "G03");
}

// Only G06 asks for a refusal.
TEST(G03, HalfAPairInAnOutageIsAFaultToo) {
  const Pair old = new_pair(), fresh = new_pair();
  const Tape before = good_friday(old);
  EXPECT_HIT(tell(on_monday({get("/rfqs", {fresh.token, old.api}).error(503, "X")}), &before), "G03");
  EXPECT_HIT(tell(on_monday({get("/rfqs", {old.token, fresh.api}).error(404, "X")}), &before), "G03");
}

TEST(G03, WithoutFridayOrWithAnotherKeyItIsOpen) {
  EXPECT_OPEN(tell(refused(new_pair())), "G03");
  Tape before = good_friday(new_pair());
  before.key = "one";
  Tape after = refused(new_pair());
  after.key = "another";
  EXPECT_OPEN(tell(after, &before), "G03");
}

TEST(G03, TheOtherHalfIsNotTheOneThatWorksWithThisToken) {
  const Pair pair = new_pair(), other = new_pair();
  const Try good = get("/rfqs", pair);
  EXPECT_HIT(tell(on_monday({good, get("/rfqs", {pair.token, other.api}).error(403, "X"), good})), "G03");
  EXPECT_OPEN(tell(on_monday({good, Try(good).error(403, "X")})), "G03");
}

}  // namespace
}  // namespace cvr::diagnose::test
