// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(C01, AnAbsentHeaderIsAFault) {
  const Pair pair = new_pair();
  for (const char* name : {"Authorization", "X-Avinode-ApiToken", "X-Avinode-SentTimestamp"}) {
    const Told told = tell(on_monday({get("/rfqs", pair), get("/rfqs", pair).without(name)}));
    EXPECT_HIT(told, "C01");
    EXPECT_EQ(told.cited("C01"), std::vector<std::uint64_t>{2});
    EXPECT_NE(told.of("C01").message.find(name), std::string::npos);
  }
}

TEST(C01, WholeCallsAndThoseOfTheTokenEndpointPass) {
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair()), token_call("c", secret_like(), "")})), "C01");
  EXPECT_OPEN(tell(on_monday({})), "C01");
}

TEST(C01, OnlyTaggedControlsAreExempt) {
  const Pair pair = new_pair();
  const Try bare = get("/rfqs", kNobody).error(400, "ERR_INPUT_MISSING");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair), Try(bare).step("unauthenticated")})), "C01");
  EXPECT_HIT(tell(on_monday({get("/rfqs", pair), bare})), "C01");
  EXPECT_HIT(tell(on_monday({Try(bare).step("static-token")})), "C01");
}

TEST(C01, AnEmptyHeaderIsAbsent) {
  for (const char* name : {"X-Avinode-ApiToken", "X-Avinode-SentTimestamp"}) {
    EXPECT_HIT(tell(on_monday({get("/rfqs", new_pair()).header(name, "")})), "C01");
  }
}

}  // namespace
}  // namespace cvr::diagnose::test
