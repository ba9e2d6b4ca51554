// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

Tape refused(std::string_view more) { return on_monday({get("/rfqs", new_pair("1", 16, more)).error(401, "X")}); }

// 2026-03-16T09:00:00Z is 1773651600.
TEST(X01, PastItsOwnExpiry) {
  EXPECT_HIT(tell(refused(",\"exp\":1773651599")), "X01");
  EXPECT_CLEAN(tell(refused(",\"exp\":1773651601")), "X01");
  EXPECT_OPEN(tell(refused("")), "X01");
  EXPECT_OPEN(tell(refused(",\"exp\":\"soon\"")), "X01");
}

TEST(X01, PastTheAgeOfAnIssuedToken) {
  const Pair pair = new_pair();
  Tape tape(kMonday);
  tape.add(token_call("c", secret_like(), pair.token, 60)).wait(58);
  tape.add(get("/airports/search", pair).error(401, "X"));
  EXPECT_CLEAN(tell(tape), "X01");
  tape.wait(5).add(get("/rfqs", pair).error(401, "X"));
  EXPECT_HIT(tell(tape), "X01");
}

// By the vendor's clock, not the recorder's; and accepted tokens are not judged.
TEST(X01, TheVendorsClockCounts) {
  Tape tape(kMonday);
  tape.offset_us = 3 * kHour;
  tape.add(get("/rfqs", new_pair("1", 16, ",\"exp\":1773655200")).error(401, "X"));
  EXPECT_CLEAN(tell(tape), "X01");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair("1", 16, ",\"exp\":1"))})), "X01");
}

}  // namespace
}  // namespace cvr::diagnose::test
