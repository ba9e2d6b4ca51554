// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(V02, OnlyForACallThatWorkedInThisForm) {
  const Tape before = good_friday(new_pair());
  const auto sends = [](const char* body) {
    return on_monday({post("/trips", new_pair(), body).error(500, "ERR_INTERNAL_CRITICAL")});
  };
  EXPECT_HIT(tell(sends(kGoodTrip), &before), "V02");
  EXPECT_CLEAN(tell(sends(kLegacyTrip), &before), "V02");
  EXPECT_OPEN(tell(sends(kGoodTrip)), "V02");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair()).error(500, "OTHER")}), &before), "V02");
}

}  // namespace
}  // namespace cvr::diagnose::test
