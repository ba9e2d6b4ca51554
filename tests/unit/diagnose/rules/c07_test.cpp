// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(C07, PathsAndMethodsThatAreNotTheApis) {
  EXPECT_HIT(tell(on_monday({get("/account", new_pair()).error(404, "NOT_FOUND")})), "C07");
  EXPECT_HIT(tell(on_monday({post("/airports/search", new_pair(), "{}").error(405, "X")})), "C07");
  EXPECT_HIT(tell(on_monday({get("/airports?query=KTEB", new_pair()).error(404, "NOT_FOUND")})), "C07");
}

TEST(C07, DocumentedOrSeenToSucceedPasses) {
  EXPECT_CLEAN(tell(on_monday({get("/trips/atrip-5", new_pair()).error(404, "NOT_FOUND")})), "C07");
  EXPECT_CLEAN(tell(on_monday({get("/account", new_pair()), get("/account", new_pair()).error(404, "NOT_FOUND")})),
               "C07");
  EXPECT_CLEAN(tell(on_monday({get("/account", new_pair()).error(401, "X")})), "C07");
  EXPECT_OPEN(tell(on_monday({})), "C07");
}

// Another vendor's 404 is nobody's fault here.
TEST(C07, OtherHostsDoNotCount) {
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair()), get("/x", kNobody).host("other.example").error(404, "X")})),
               "C07");
}

TEST(C07, ADocumentedCallBelowAnotherBaseIsNoneUnlessItWorked) {
  const Pair pair = new_pair();
  const auto below = [&](const char* path) {
    Try out = get("/rfqs", pair);
    out.raw.request.path = path;
    return out;
  };
  EXPECT_HIT(tell(on_monday({below("/api/v1/rfqs").error(404, "NOT_FOUND")})), "C07");
  EXPECT_CLEAN(tell(on_monday({below("/api/v1/rfqs"), below("/api/v1/rfqs").error(404, "NOT_FOUND")})), "C07");
}

TEST(C07, WhatIsNoCallOfTheApiMayBeRefusedToo) {
  const Pair pair = new_pair();
  for (const char* path : {"/account", "/rfq/arfq-77", "/RFQS/arfq-77"}) {
    EXPECT_HIT(tell(on_monday({get(path, pair).error(403, "NOT_AUTHORIZED")})), "C07") << path;
    EXPECT_HIT(tell(on_monday({get(path, pair).error(500, "ERR_INTERNAL_CRITICAL")})), "C07") << path;
    EXPECT_CLEAN(tell(on_monday({get(path, pair), get(path, pair).error(403, "X")})), "C07") << path;
    // What every call gets says nothing of the path.
    EXPECT_CLEAN(tell(on_monday({get(path, pair).error(401, "X")})), "C07") << path;
    EXPECT_CLEAN(tell(on_monday({get(path, pair).error(429, "X")})), "C07") << path;
  }
  EXPECT_CLEAN(tell(on_monday({get("/rfqs/arfq-77", pair).error(403, "NOT_AUTHORIZED")})), "C07");
  profiles::Profile other;
  other.hosts = {"sandbox.avinode.com"};
  EXPECT_CLEAN(tell(on_monday({get("/account", pair).error(403, "X")}), nullptr, nullptr, other), "C07");
}

TEST(C07, AGatewayThatIsDownLeavesItOpen) {
  const Pair pair = new_pair();
  EXPECT_OPEN(tell(on_monday({get("/bookings", pair).answer(502, "<html>Bad gateway</html>", "text/html")})), "C07");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair).answer(502, "<html>Bad gateway</html>", "text/html")})), "C07");
}

}  // namespace
}  // namespace cvr::diagnose::test
