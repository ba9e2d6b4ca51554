// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

constexpr const char* kProduction = "services.avinode.com";

TEST(G01, ACredentialOfAnotherEnvironment) {
  const Pair pair = new_pair();
  const Try there = get("/rfqs", pair).host(kProduction);
  EXPECT_HIT(tell(on_monday({there, get("/rfqs", pair).error(401, "X")})), "G01");
  EXPECT_HIT(tell(on_monday({get("/rfqs", pair), Try(there).error(401, "X")})), "G01");
}

TEST(G01, AnIdOfAnotherEnvironment) {
  const Pair a = new_pair(), b = new_pair();
  EXPECT_HIT(
      tell(on_monday({get("/trips/atrip-8", a).host(kProduction), get("/trips/atrip-8", b).error(404, "NOT_FOUND")})),
      "G01");
}

TEST(G01, AcceptedHerePassesAndNeverAcceptedIsOpen) {
  const Pair pair = new_pair();
  EXPECT_CLEAN(tell(on_monday({get("/airports/search", pair), get("/rfqs", pair).error(403, "X")})), "G01");
  EXPECT_OPEN(tell(on_monday({get("/rfqs", pair).error(401, "X")})), "G01");
  EXPECT_OPEN(tell(on_monday({})), "G01");
}

TEST(G01, WhatTheTokenEndpointHereHandsOutIsOfHere) {
  const Pair pair = new_pair();
  EXPECT_CLEAN(tell(on_monday({token_call("c", secret_like(), pair.token), get("/rfqs", pair).error(401, "X")})),
               "G01");
}

TEST(G01, AHostFieldOfAnotherEnvironment) {
  const Try bad = get("/rfqs", new_pair()).error(404, "X");
  EXPECT_HIT(tell(on_monday({Try(bad).header("Host", "services.avinode.com")})), "G01");
  EXPECT_NE(tell(on_monday({Try(bad).header("Host", "sandbox.avinode.com")})).outcome("G01"), Outcome::kFail);
  EXPECT_NE(tell(on_monday({Try(bad).header("Host", "proxy.example")})).outcome("G01"), Outcome::kFail);
}

}  // namespace
}  // namespace cvr::diagnose::test
