// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(A07, PlanOrLicence) {
  EXPECT_HIT(tell(on_monday({get("/rfqs", new_pair()).error(402, "X")})), "A07");
  EXPECT_HIT(tell(on_monday({get("/rfqs", new_pair()).error(403, "X", "Your LICENCE has ended")})), "A07");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair()).error(403, "X", "Aeroplane not found")})), "A07");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair()).answer(200, R"({"data":{"title":"subscription"}})")})), "A07");
}

TEST(A07, AnyTextOfTheErrorCounts) {
  const Pair pair = new_pair();
  EXPECT_HIT(tell(on_monday({get("/rfqs", pair).answer(403, R"({"message":"Your plan does not include this"})")})),
             "A07");
  EXPECT_HIT(tell(on_monday({get("/rfqs", pair).answer(403, "Licence needed", "text/plain")})), "A07");
  EXPECT_HIT(tell(on_monday({get("/rfqs", pair).error(403, "X", "This requires the Premium plan")})), "A07");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair).answer(400, R"({"message":"Flight plan or airplane unknown"})")})),
               "A07");
}

}  // namespace
}  // namespace cvr::diagnose::test
