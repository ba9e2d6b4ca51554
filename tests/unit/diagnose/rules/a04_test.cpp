// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(A04, ForbiddenSinceTheRebuildWhileTheCredentialWorks) {
  const Tape before = good_friday(new_pair());
  const Pair pair = new_pair();
  const Try forbidden = post("/trips", pair, kGoodTrip).error(403, "NOT_AUTHORIZED");
  EXPECT_HIT(tell(on_monday({get("/airports/search", pair), forbidden}), &before), "A04");
  EXPECT_CLEAN(tell(on_monday({get("/airports/search", pair), get("/rfqs", pair).error(403, "X")}), &before), "A04");
}

TEST(A04, AllRefusedIsNoShrink) {
  const Tape before = good_friday(new_pair());
  const Pair pair = new_pair();
  EXPECT_OPEN(tell(on_monday({post("/trips", pair, kGoodTrip).error(401, "X")}), &before), "A04");
  EXPECT_OPEN(
      tell(on_monday({get("/airports/search", new_pair()), post("/trips", pair, kGoodTrip).error(403, "X")}), &before),
      "A04");
}

TEST(A04, WhatFirstWorkedAfterTheRebuildWasNotPermittedBefore) {
  const Pair pair = new_pair();
  EXPECT_CLEAN(tell(on_monday({post("/trips", pair, kGoodTrip), post("/trips", pair, kGoodTrip).error(403, "X")})),
               "A04");
}

TEST(A04, WhatAnswersEverybodyShowsNoCredentialThatWorks) {
  const Tape before = good_friday(new_pair());
  const Pair pair = new_pair();
  const Try forbidden = post("/trips", pair, kGoodTrip).error(403, "NOT_AUTHORIZED");
  EXPECT_OPEN(tell(on_monday({get("/airports/search", kNobody).step("unauthenticated"), get("/airports/search", pair),
                              forbidden}),
                   &before),
              "A04");
}

}  // namespace
}  // namespace cvr::diagnose::test
