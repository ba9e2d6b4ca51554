// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

Try broken(const char* path) { return get(path, new_pair()).error(503, "X"); }
Try control(int status) { return get("/rfqs", kNobody).error(status, "X").step("unauthenticated"); }

TEST(V01, ThreeOperationsAndTheControl) {
  EXPECT_HIT(tell(on_monday({control(503), broken("/rfqs"), broken("/trips"), broken("/airports/search")})), "V01");
  EXPECT_CLEAN(tell(on_monday({control(503), broken("/rfqs"), broken("/rfqs"), broken("/trips")})), "V01");
}

TEST(V01, WithoutTheControlItIsOpenAndASoundControlDecides) {
  EXPECT_OPEN(tell(on_monday({broken("/rfqs"), broken("/trips"), broken("/airports/search")})), "V01");
  EXPECT_CLEAN(tell(on_monday({control(400), broken("/rfqs"), broken("/trips"), broken("/airports/search")})), "V01");
}

}  // namespace
}  // namespace cvr::diagnose::test
