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

}  // namespace
}  // namespace cvr::diagnose::test
