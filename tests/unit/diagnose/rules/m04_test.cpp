// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(M04, AWrongCredentialGetsAnotherAnswer) {
  const Try ours = get("/rfqs", new_pair()).error(403, "NOT_AUTHORIZED");
  const Try wrong = get("/rfqs", new_pair()).error(401, "ERR_INPUT_GENERIC_INVALID").step("wrong-credential");
  EXPECT_HIT(tell(on_monday({wrong, ours})), "M04");
  EXPECT_CLEAN(tell(on_monday({wrong, get("/rfqs", new_pair()).error(401, "ERR_INPUT_GENERIC_INVALID")})), "M04");
  EXPECT_OPEN(tell(on_monday({ours})), "M04");
  EXPECT_MEANINGLESS(tell(on_monday({wrong})), "M04");
}

}  // namespace
}  // namespace cvr::diagnose::test
