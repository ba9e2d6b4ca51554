// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(V04, AnswersThatBreakHttpOrJson) {
  const Try good = get("/rfqs", new_pair());
  EXPECT_HIT(tell(on_monday({Try(good).answer(200, R"({"data":)")})), "V04");
  EXPECT_HIT(tell(on_monday({Try(good).flag(kFlagAmbiguousFraming)})), "V04");
  EXPECT_HIT(tell(on_monday({Try(good).fails(FailureKind::kProtocol)})), "V04");
  EXPECT_CLEAN(tell(on_monday({good})), "V04");
  EXPECT_CLEAN(tell(on_monday({Try(good).answer(200, "plain {", "text/plain")})), "V04");
  EXPECT_OPEN(tell(on_monday({})), "V04");
}

// Half an answer is the network's, N05.
TEST(V04, HalfAnAnswerIsNoBrokenJson) {
  const Try half = get("/rfqs", new_pair()).answer(200, R"({"data":)").flag(kFlagIncomplete);
  EXPECT_CLEAN(tell(on_monday({half})), "V04");
}

}  // namespace
}  // namespace cvr::diagnose::test
