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

TEST(M04, EveryWrongCredentialCounts) {
  const Try ours = get("/rfqs", new_pair()).error(403, "NOT_AUTHORIZED");
  const Try wrong = get("/airports/search", new_pair()).error(401, "X").step("wrong-credential");
  const Try same = get("/rfqs", new_pair()).error(403, "NOT_AUTHORIZED").step("wrong-credential");
  EXPECT_CLEAN(tell(on_monday({wrong, same, ours})), "M04");
  EXPECT_CLEAN(tell(on_monday({same, wrong, ours})), "M04");
  EXPECT_CLEAN(tell(on_monday({wrong, Try(same).step("wrong-credential-rfqs"), ours})), "M04");
  EXPECT_HIT(tell(on_monday({wrong, wrong, ours})), "M04");
}

TEST(M04, AWrongCredentialThatIsAcceptedIsNoComparison) {
  const Try ours = get("/rfqs", new_pair()).error(403, "NOT_AUTHORIZED");
  const Try taken = get("/airports/search", new_pair()).step("wrong-credential");
  EXPECT_OPEN(tell(on_monday({taken, ours})), "M04");
  EXPECT_HIT(tell(on_monday({taken, get("/rfqs", new_pair()).error(401, "X").step("wrong-credential"), ours})), "M04");
}

}  // namespace
}  // namespace cvr::diagnose::test
