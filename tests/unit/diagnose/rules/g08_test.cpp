// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(G08, BaseVersionOrProductChanged) {
  const Pair pair = new_pair();
  const Try good = get("/rfqs", pair);
  const Try bad = get("/rfqs", pair).error(404, "X");
  EXPECT_HIT(tell(on_monday({good, Try(bad).header("X-Avinode-Product", "Other-v2")})), "G08");
  EXPECT_HIT(tell(on_monday({good, Try(bad).header("X-Avinode-ApiVersion", "v2.0")})), "G08");
  EXPECT_HIT(tell(on_monday({good, Try(bad).without("X-Avinode-ApiVersion")})), "G08");
  EXPECT_HIT(tell(on_monday({good, Try(bad).host("services.avinode.com")})), "G08");
  Try moved = bad;
  moved.raw.request.path = "/v1/api/rfqs";
  EXPECT_HIT(tell(on_monday({good, moved})), "G08");
}

TEST(G08, UnchangedPassesAndWithoutASuccessItIsOpen) {
  const Pair pair = new_pair();
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair), get("/rfqs", pair).error(404, "X")})), "G08");
  EXPECT_OPEN(tell(on_monday({get("/rfqs", pair).error(404, "X")})), "G08");
  EXPECT_OPEN(tell(on_monday({})), "G08");
}

// The user agent may change as it likes.
TEST(G08, OtherHeadersAreNobodysBusiness) {
  const Pair pair = new_pair();
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair), get("/rfqs", pair).header("User-Agent", "x/2").error(404, "X")})),
               "G08");
}

TEST(G08, AVersionOrTheBaseTwiceBehindTheBase) {
  const Pair pair = new_pair();
  const Tape before = good_friday(pair);
  for (const char* path : {"/api/v1/trips", "/api/api/trips", "/api/v2.0/trips"}) {
    Try moved = post("/trips", pair, kGoodTrip).error(403, "NOT_AUTHORIZED");
    moved.raw.request.path = path;
    EXPECT_HIT(tell(on_monday({moved}), &before), "G08");
  }
}

TEST(G08, AnOperationThatNeverSucceededIsComparedWithTheOthers) {
  const Pair pair = new_pair();
  const Try never = post("/searches", pair, "{}").error(403, "AUTHORIZATION_PERMISSIONS");
  EXPECT_OPEN(tell(on_monday({get("/rfqs", pair), never})), "G08");
  EXPECT_HIT(tell(on_monday({get("/rfqs", pair), Try(never).header("X-Avinode-ApiVersion", "v9")})), "G08");
  EXPECT_HIT(tell(on_monday({get("/rfqs", pair), Try(never).host("services.avinode.com")})), "G08");
  EXPECT_HIT(tell(on_monday({Try(never).header("X-Avinode-ApiVersion", "v9"), get("/rfqs", pair)})), "G08");
  // The token endpoint asks for other headers.
  EXPECT_OPEN(tell(on_monday({get("/rfqs", pair), token_call("c", secret_like(), "").without("X-Avinode-Product")})),
              "G08");
}

// What a plan names itself by is no change of the application's; whether the call depends on it only another call
// shows.
TEST(G08, TheProductOfTheProbesPlanIsOpenUntilSomethingWorksWithIt) {
  const Pair pair = new_pair();
  const Try good = get("/rfqs", pair);
  const auto probe = [](Try one) { return one.header("X-Avinode-Product", "CVR-probe/1.0").step("rfqs"); };
  const Try bad = probe(get("/rfqs", pair).error(403, "X"));
  EXPECT_OPEN(tell(on_monday({good, bad})), "G08");
  EXPECT_CLEAN(tell(on_monday({good, probe(get("/airports/search", pair)), bad})), "G08");
  // Another product, another version beside it, and the application itself.
  EXPECT_HIT(tell(on_monday({good, Try(bad).header("X-Avinode-Product", "CVR-probe/0.9")})), "G08");
  EXPECT_HIT(tell(on_monday({good, Try(bad).header("X-Avinode-ApiVersion", "v9")})), "G08");
  EXPECT_HIT(tell(on_monday({good, Try(bad).step("")})), "G08");
}

TEST(G08, AHostFieldOfAnotherHost) {
  const Pair pair = new_pair();
  const Try bad = get("/rfqs", pair).error(404, "X").header("Host", "services.avinode.com");
  EXPECT_HIT(tell(on_monday({get("/airports/search", pair), bad})), "G08");
  EXPECT_HIT(tell(on_monday({bad})), "G08");
  EXPECT_CLEAN(tell(on_monday(
                   {get("/rfqs", pair), get("/rfqs", pair).error(404, "X").header("Host", "sandbox.avinode.com:443")})),
               "G08");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair).header("Host", "services.avinode.com"), bad})), "G08");
}

}  // namespace
}  // namespace cvr::diagnose::test
