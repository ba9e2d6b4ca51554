// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(R03, ItCameBackByItself) {
  const Pair pair = new_pair();
  const Try bad = get("/rfqs", pair).error(401, "X");
  EXPECT_HIT(tell(on_monday({bad, get("/rfqs", pair)})), "R03");
  EXPECT_CLEAN(tell(on_monday({bad})), "R03");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair)})), "R03");
}

TEST(R03, AfterAChangeItDidNot) {
  const Pair pair = new_pair();
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair).error(401, "X"), get("/rfqs", new_pair())})), "R03");
  EXPECT_CLEAN(tell(on_monday({post("/trips", pair, kLegacyTrip).error(500, "X"), post("/trips", pair, kGoodTrip)})),
               "R03");
}

// Flapping that ends in failure has not recovered.
TEST(R03, TheEndCounts) {
  const Pair pair = new_pair();
  const Try bad = get("/rfqs", pair).error(401, "X");
  EXPECT_CLEAN(tell(on_monday({bad, get("/rfqs", pair), bad})), "R03");
}

TEST(R03, AnotherIdDateOrAccountIsAChange) {
  const Pair pair = new_pair();
  EXPECT_CLEAN(tell(on_monday({get("/rfqs/arfq-1", pair).error(404, "X"), get("/rfqs/arfq-2", pair)})), "R03");
  EXPECT_HIT(tell(on_monday({get("/rfqs/arfq-1", pair).error(404, "X"), get("/rfqs/arfq-1", pair)})), "R03");
  const Try acting = get("/rfqs", pair).header("X-Avinode-ActAsAccount", "wrong").error(403, "X");
  EXPECT_CLEAN(tell(on_monday({acting, get("/rfqs", pair).header("X-Avinode-ActAsAccount", "right")})), "R03");
  std::string far = kGoodTrip;
  far.replace(far.find("2026-05-01"), 10, "9999-12-31");
  EXPECT_CLEAN(tell(on_monday({post("/trips", pair, far).error(500, "X"), post("/trips", pair, kGoodTrip)})), "R03");
  std::string unnamed = kGoodTrip;
  unnamed.replace(unnamed.find("J-1"), 3, "");
  const Told told = tell(on_monday({post("/trips", pair, unnamed).error(500, "X"), post("/trips", pair, kGoodTrip)}));
  EXPECT_CLEAN(told, "R03");
  EXPECT_HIT(told, "M02");
}

// A trip a month ahead, and each with a name of its own: what an application sends on two days is one call.
TEST(R03, ValuesThatGoWithTheDayAreNoChange) {
  const Pair pair = new_pair();
  std::string next = kGoodTrip;
  next.replace(next.find("2026-05-01"), 10, "2026-05-02").replace(next.find("J-1"), 3, "J-2");
  Tape tape(kMonday);
  tape.add(post("/trips", pair, kGoodTrip).error(500, "X")).wait(86'400).add(post("/trips", pair, next));
  EXPECT_HIT(tell(tape), "R03");
}

TEST(R03, AnotherClientSecretIsAChange) {
  const Try refused = token_call("c", secret_like(), "");
  EXPECT_CLEAN(tell(on_monday({refused, token_call("c", secret_like(), new_pair().token)})), "R03");
  const std::string secret = secret_like();
  EXPECT_HIT(tell(on_monday({token_call("c", secret, ""), token_call("c", secret, new_pair().token)})), "R03");
}

TEST(R03, AnotherReleaseIsAChangeOfTheClient) {
  const Pair pair = new_pair();
  const auto by = [&](const char* name, const char* product) { return get("/rfqs", pair).header(name, product); };
  for (const char* name : {"X-Avinode-Product", "User-Agent"}) {
    EXPECT_CLEAN(tell(on_monday({by(name, "Acme/1.0").error(401, "X"), by(name, "Acme/1.1")})), "R03");
    EXPECT_HIT(tell(on_monday({by(name, "Acme/1.0").error(401, "X"), by(name, "Acme/1.0")})), "R03");
  }
}

}  // namespace
}  // namespace cvr::diagnose::test
