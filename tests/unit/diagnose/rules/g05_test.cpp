// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"
#include "support/random.h"

namespace cvr::diagnose::test {
namespace {

Tape refused(const Pair& pair) { return on_monday({get("/rfqs", pair).error(403, "X")}); }

TEST(G05, ADifferentClaimIsAFault) {
  const Tape before = good_friday(new_pair());
  EXPECT_HIT(tell(refused(new_pair("4711", 15)), &before), "G05");
  EXPECT_CLEAN(tell(refused(new_pair()), &before), "G05");
}

TEST(G05, WithoutATokenThatWorkedItIsOpen) {
  EXPECT_OPEN(tell(refused(new_pair())), "G05");
  EXPECT_MEANINGLESS(tell(refused({cvr::test::random_hex(40), "x"})), "G05");
  EXPECT_OPEN(tell(on_monday({})), "G05");
}

TEST(G05, WhatWorkedBeforeTheRebuildCountsTooAndSuccessesAreNotJudged) {
  const Tape before = good_friday(new_pair());
  EXPECT_HIT(tell(on_monday({get("/airports/search", new_pair("4711", 15)),
                             get("/rfqs", new_pair("4711", 15)).error(403, "X")}),
                  &before),
             "G05");
}

}  // namespace
}  // namespace cvr::diagnose::test
