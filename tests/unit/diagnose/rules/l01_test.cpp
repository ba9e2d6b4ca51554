// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(L01, TheLimit) {
  const Try good = get("/rfqs", new_pair());
  EXPECT_HIT(tell(on_monday({Try(good).error(429, "X")})), "L01");
  const Told used = tell(on_monday({Try(good).answer_header("X-Rate-Limit-Remaining", "0")}));
  EXPECT_HIT(used, "L01");
  EXPECT_EQ(used.outcome("L01"), Outcome::kWarn);
  EXPECT_CLEAN(tell(on_monday({Try(good).answer_header("X-Rate-Limit-Remaining", "10")})), "L01");
  EXPECT_OPEN(tell(on_monday({})), "L01");
}

}  // namespace
}  // namespace cvr::diagnose::test
