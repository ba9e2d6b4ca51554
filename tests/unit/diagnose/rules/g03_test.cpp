// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

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

TEST(G03, WithoutFridayOrWithAnotherKeyItIsOpen) {
  EXPECT_OPEN(tell(refused(new_pair())), "G03");
  Tape before = good_friday(new_pair());
  before.key = "one";
  Tape after = refused(new_pair());
  after.key = "another";
  EXPECT_OPEN(tell(after, &before), "G03");
}

}  // namespace
}  // namespace cvr::diagnose::test
