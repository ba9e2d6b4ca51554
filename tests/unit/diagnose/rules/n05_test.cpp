// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(N05, AnswersThatEndTooEarly) {
  const Try good = get("/rfqs", new_pair());
  EXPECT_HIT(tell(on_monday({Try(good).flag(kFlagIncomplete)})), "N05");
  EXPECT_HIT(tell(on_monday({Try(good).answer_header("Content-Length", "999")})), "N05");
  EXPECT_CLEAN(tell(on_monday({Try(good).answer_header("Content-Length", "11")})), "N05");
  EXPECT_CLEAN(tell(on_monday({good})), "N05");
  EXPECT_OPEN(tell(on_monday({})), "N05");
}

TEST(N05, WhoLeavesGetsHalf) {
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair()).flag(kFlagIncomplete).flag(kFlagClientGone)})), "N05");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair()).answer_header("Content-Length", "99999999999999999999999")})),
               "N05");
}

TEST(N05, AClientThatShowsNoHalfAnswersSaysWhy) {
  const Pair pair = new_pair();
  for (const char* text : {"net::ERR_CONTENT_LENGTH_MISMATCH", "net::ERR_INCOMPLETE_CHUNKED_ENCODING"}) {
    EXPECT_HIT(tell(on_monday({get("/rfqs", pair).fails(FailureKind::kReset, text)})), "N05");
  }
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair).fails(FailureKind::kReset, "read ECONNRESET")})), "N05");
}

}  // namespace
}  // namespace cvr::diagnose::test
