// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"
#include "support/random.h"

namespace cvr::diagnose::test {
namespace {

Tape refused(const Pair& pair) { return on_monday({get("/rfqs", pair).error(403, "X")}); }

TEST(G04, ADifferentClaimIsAFault) {
  const Tape before = good_friday(new_pair());
  EXPECT_HIT(tell(refused(new_pair("99")), &before), "G04");
  EXPECT_CLEAN(tell(refused(new_pair()), &before), "G04");
}

TEST(G04, WithoutATokenThatWorkedItIsOpen) {
  EXPECT_OPEN(tell(refused(new_pair())), "G04");
  EXPECT_MEANINGLESS(tell(refused({cvr::test::random_hex(40), "x"})), "G04");
  EXPECT_OPEN(tell(on_monday({})), "G04");
}

TEST(G04, WhatWorkedBeforeTheRebuildCountsTooAndSuccessesAreNotJudged) {
  const Tape before = good_friday(new_pair());
  EXPECT_HIT(
      tell(on_monday({get("/airports/search", new_pair("99")), get("/rfqs", new_pair("99")).error(403, "X")}), &before),
      "G04");
}

}  // namespace
}  // namespace cvr::diagnose::test
