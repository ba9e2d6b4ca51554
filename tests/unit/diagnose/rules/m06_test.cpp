// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(M06, WhatTheRecordDoesNotShow) {
  const Tape before = good_friday(new_pair());
  const Try refused = post("/trips", new_pair(), kGoodTrip).error(401, "X");
  EXPECT_HIT(tell(on_monday({refused})), "M06");
  EXPECT_CLEAN(tell(on_monday({refused}), &before), "M06");
  EXPECT_HIT(tell(on_monday({})), "M06");
  EXPECT_HIT(tell(on_monday({get("/x", kNobody).host("other.example")})), "M06");
}

TEST(M06, Gaps) {
  const Tape before = good_friday(new_pair());
  Tape after = on_monday({post("/trips", new_pair(), kGoodTrip).error(401, "X")});
  after.gaps = 2;
  EXPECT_HIT(tell(after, &before), "M06");
}

}  // namespace
}  // namespace cvr::diagnose::test
