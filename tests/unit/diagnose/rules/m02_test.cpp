// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(M02, ADifferenceIsToldByItsPlace) {
  const Tape before = good_friday(new_pair());
  const Told told = tell(on_monday({post("/trips", new_pair(), kLegacyTrip).error(500, "X")}), &before);
  EXPECT_HIT(told, "M02");
  EXPECT_EQ(told.outcome("M02"), Outcome::kWarn);
  EXPECT_NE(told.of("M02").message.find("body /"), std::string::npos);
}

TEST(M02, VolatileFieldsAndIdsAreNoDifference) {
  const Tape before = good_friday(new_pair());
  EXPECT_CLEAN(tell(on_monday({get("/trips/atrip-9", new_pair()).header("User-Agent", "x").error(403, "X")}), &before),
               "M02");
  EXPECT_OPEN(tell(on_monday({get("/rfqs", new_pair()).error(403, "X")}), &before), "M02");
  EXPECT_MEANINGLESS(tell(on_monday({get("/rfqs", new_pair())})), "M02");
}

// One failing call of many that differs is enough to ask.
TEST(M02, OneIsEnough) {
  const Tape before = good_friday(new_pair());
  const Try same = get("/trips/atrip-9", new_pair()).error(403, "X");
  EXPECT_HIT(tell(on_monday({same, get("/trips/9", new_pair()).error(404, "X")}), &before), "M02");
}

// A probe's call with the act-as header, beside its twin without: the pair shows what the header does, and is no
// change of the client.
TEST(M02, AProbesTwinIsMadeToDiffer) {
  const Pair pair = new_pair();
  const Tape before = good_friday(pair);
  const Try plain = get("/trips/atrip-9", pair).step("trips").error(403, "X");
  const Try acting =
      get("/trips/atrip-9", pair).header("X-Avinode-ActAsAccount", "who").step("trips-act-as").error(403, "X");
  EXPECT_CLEAN(tell(on_monday({plain, acting}), &before), "M02");
}

TEST(M02, WithoutATwinOrATagOrByMoreThanThatHeaderItDiffers) {
  const Pair pair = new_pair();
  const Tape before = good_friday(pair);
  const auto call = [&](const char* path) { return get(path, pair).error(403, "X"); };
  const auto acting = [&](const char* path) { return call(path).header("X-Avinode-ActAsAccount", "who"); };
  const Try plain = call("/trips/atrip-9").step("trips");
  EXPECT_HIT(tell(on_monday({acting("/trips/atrip-9").step("trips-act-as")}), &before), "M02");
  EXPECT_HIT(tell(on_monday({plain, acting("/trips/atrip-9")}), &before), "M02");
  EXPECT_HIT(tell(on_monday({plain, acting("/trips/atrip-9?x=1").step("trips-act-as")}), &before), "M02");
  EXPECT_HIT(tell(on_monday({plain, acting("/rfqs/arfq-9").step("rfqs-act-as")}), &before), "M02");
  // The plain one is judged as ever.
  const Try worse = call("/trips/atrip-9?x=1").step("trips");
  EXPECT_HIT(tell(on_monday({worse, acting("/trips/atrip-9").step("trips-act-as")}), &before), "M02");
}

// The founding incident: refused for a week, then a corrected body works.  It was not the vendor.
TEST(M02, WhatWorksInTheEndInAnotherFormWasTheClients) {
  const Pair pair = new_pair();
  const Tape before = good_friday(pair);
  const Try good = get("/trips/atrip-9", pair);
  const Try mended = get("/trips/atrip-9", pair).header("X-Avinode-ActAsAccount", "who");
  const Try refused = Try(good).error(403, "X"), broken = Try(good).error(500, "X");
  EXPECT_HIT(tell(on_monday({refused, refused, mended}), &before), "M02");
  EXPECT_HIT(tell(on_monday({broken, mended}), &before), "M02");
  EXPECT_HIT(tell(on_monday({refused, mended})), "M02") << "without an earlier success too";
  EXPECT_CLEAN(tell(on_monday({refused, good}), &before), "M02") << "by itself";
  EXPECT_CLEAN(tell(on_monday({refused, mended, refused}), &before), "M02") << "it did not stay";
  EXPECT_CLEAN(tell(on_monday({Try(good).error(503, "X"), mended}), &before), "M02") << "an outage ends by itself";
  EXPECT_CLEAN(tell(on_monday({Try(good).error(429, "X"), mended}), &before), "M02");
}

// The first try was malformed; a mended one worked; then that fails as well.  The first shows nothing of the vendor.
TEST(M02, AFormThatNeverWorkedWhileAnotherOneDid) {
  const Pair pair = new_pair();
  const Try good = post("/trips", pair, kGoodTrip);
  const Try bad = post("/trips", pair, R"({"segments":[],"sourcing":true,"criteria":{}})");
  for (const int status : {400, 403, 404, 500}) {
    EXPECT_HIT(tell(on_monday({Try(bad).error(status, "X"), good, Try(good).error(403, "X")})), "M02");
  }
  for (const int status : {429, 503}) {
    EXPECT_CLEAN(tell(on_monday({Try(bad).error(status, "X"), good, Try(good).error(403, "X")})), "M02");
  }
  EXPECT_CLEAN(tell(on_monday({Try(bad).error(403, "X"), good, bad, Try(good).error(403, "X")})), "M02");
}

TEST(M02, AnotherActAsAccountIsAnotherCall) {
  const Pair pair = new_pair();
  const auto as = [&](const char* who) { return get("/rfqs", pair).header("X-Avinode-ActAsAccount", who); };
  const Told told = tell(on_monday({as("right"), as("wrong").error(403, "X")}));
  EXPECT_HIT(told, "M02");
  EXPECT_NE(told.of("M02").message.find("header x-avinode-actasaccount"), std::string::npos) << told.of("M02").message;
  EXPECT_HIT(tell(on_monday({as("wrong").error(403, "X"), as("right")})), "M02");
  EXPECT_CLEAN(tell(on_monday({as("one"), as("two"), as("one").error(403, "X")})), "M02");
}

}  // namespace
}  // namespace cvr::diagnose::test
