// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(C13, AnIdWithoutItsPrefix) {
  EXPECT_HIT(tell(on_monday({get("/rfqs/1", new_pair()).error(404, "NOT_FOUND")})), "C13");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs/arfq-1", new_pair()).error(404, "NOT_FOUND")})), "C13");
  EXPECT_CLEAN(tell(on_monday({get("/trips/A1B2C3", new_pair()).error(404, "NOT_FOUND")})), "C13");
  EXPECT_MEANINGLESS(tell(on_monday({get("/rfqs", new_pair()).error(404, "NOT_FOUND")})), "C13");
  EXPECT_OPEN(tell(on_monday({})), "C13");
}

TEST(C13, WhatIsFoundWithoutOneIsNoFault) {
  EXPECT_CLEAN(tell(on_monday({get("/aircrafttypes/17", new_pair())})), "C13");
}

TEST(C13, InQueryAndBodyBelowAKeyThatNamesAnId) {
  const Pair pair = new_pair();
  EXPECT_HIT(tell(on_monday({get("/rfqs?tripId=71000501", pair).error(404, "NOT_FOUND")})), "C13");
  EXPECT_HIT(tell(on_monday({post("/rfqs", pair, R"({"tripId":71000501})").error(404, "NOT_FOUND")})), "C13");
  EXPECT_HIT(tell(on_monday({post("/rfqs", pair, R"({"a":[{"rfq_id":"17"}]})").error(400, "X")})), "C13");
  // Numbers of other things, a display id of digits, and what worked.
  EXPECT_MEANINGLESS(tell(on_monday({post("/rfqs", pair, R"({"companyId":17,"tripId":"123456"})").error(404, "X")})),
                     "C13");
  EXPECT_MEANINGLESS(tell(on_monday({get("/rfqs?tripId=71000501", pair)})), "C13");
}

}  // namespace
}  // namespace cvr::diagnose::test
