// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(A06, AFreshTokenIsRefused) {
  const Pair pair = new_pair();
  const Try issue = token_call("c", secret_like(), pair.token);
  EXPECT_HIT(tell(on_monday({issue, get("/rfqs", pair).error(401, "X")})), "A06");
  EXPECT_CLEAN(tell(on_monday({issue, get("/rfqs", pair)})), "A06");
  EXPECT_CLEAN(tell(on_monday({issue, get("/rfqs", new_pair()).error(401, "X")})), "A06");
  EXPECT_MEANINGLESS(tell(on_monday({get("/rfqs", pair).error(401, "X")})), "A06");
}

TEST(A06, AfterItsLifeItMayBeRefused) {
  const Pair pair = new_pair();
  Tape tape(kMonday);
  tape.add(token_call("c", secret_like(), pair.token, 60)).wait(60).add(get("/rfqs", pair).error(401, "X"));
  EXPECT_CLEAN(tell(tape), "A06");
  // And before it was handed out.
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair).error(401, "X"), token_call("c", secret_like(), pair.token)})),
               "A06");
}

}  // namespace
}  // namespace cvr::diagnose::test
