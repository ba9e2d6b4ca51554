// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

Try missing(const char* path) { return get(path, new_pair()).error(404, "NOT_FOUND"); }

TEST(C08, AnIdOfBeforeTheRebuild) {
  const Tape before = good_friday(new_pair());
  EXPECT_HIT(tell(on_monday({missing("/trips/atrip-71000501")}), &before), "C08");
}

TEST(C08, AnIdOfAfterTheRebuildPasses) {
  const Tape before = good_friday(new_pair());
  EXPECT_CLEAN(tell(on_monday({post("/trips", new_pair(), kGoodTrip).answer(201, R"({"data":{"id":"atrip-9"}})"),
                               missing("/trips/atrip-9")}),
                    &before),
               "C08");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair())}), &before), "C08");
}

TEST(C08, AnIdFromNowhereIsOpen) { EXPECT_OPEN(tell(on_monday({missing("/trips/atrip-12345678")})), "C08"); }

// atrip-7100050 is not atrip-71000501, and who asked in vain on Friday has seen nothing.
TEST(C08, NeighboursAreNoSightings) {
  Tape before = good_friday(new_pair());
  before.add(missing("/trips/atrip-5"));
  EXPECT_OPEN(tell(on_monday({missing("/trips/atrip-7100050")}), &before), "C08");
  EXPECT_OPEN(tell(on_monday({missing("/trips/atrip-5")}), &before), "C08");
}

TEST(C08, TheIdMayStandInBodyOrQuery) {
  const Pair pair = new_pair();
  const Tape before = good_friday(pair);
  EXPECT_HIT(tell(on_monday({missing("/rfqs?tripId=atrip-71000501")}), &before), "C08");
  const Try asked = post("/rfqs", pair, R"({"trips":[{"id":"atrip-71000501"}]})").error(404, "NOT_FOUND");
  EXPECT_HIT(tell(on_monday({asked}), &before), "C08");
  EXPECT_OPEN(tell(on_monday({post("/rfqs", pair, R"({"tripId":"atrip-7"})").error(404, "NOT_FOUND")}), &before),
              "C08");
}

// The vendor need not say 404 for what is gone.
TEST(C08, AnIdOfBeforeTheRebuildIsOpenWhateverTheVendorSays) {
  const Tape before = good_friday(new_pair());
  const Try call = get("/trips/atrip-71000501", new_pair());
  for (const int status : {400, 403, 409, 422, 500, 503}) {
    EXPECT_OPEN(tell(on_monday({Try(call).error(status, "X")}), &before), "C08");
  }
  EXPECT_OPEN(tell(on_monday({Try(call).error(200, "NOT_FOUND")}), &before), "C08");
  EXPECT_HIT(tell(on_monday({Try(call).error(410, "GONE")}), &before), "C08");
  for (const int status : {401, 429}) {
    EXPECT_CLEAN(tell(on_monday({Try(call).error(status, "X")}), &before), "C08");
  }
  EXPECT_CLEAN(tell(on_monday({Try(call).fails(FailureKind::kTimeout)}), &before), "C08");
}

TEST(C08, WhatIsThereSinceTheRebuildIsNotGone) {
  const Tape before = good_friday(new_pair());
  const Pair pair = new_pair();
  const Try good = get("/trips/atrip-71000501", pair);
  EXPECT_CLEAN(tell(on_monday({good, Try(good).error(403, "X")}), &before), "C08");
  const Try listed = get("/trips", pair).answer(200, R"({"data":[{"id":"atrip-71000501"}]})");
  EXPECT_CLEAN(tell(on_monday({listed, Try(good).error(500, "X")}), &before), "C08");
  EXPECT_CLEAN(tell(on_monday({get("/trips/atrip-9", pair).error(403, "X")}), &before), "C08");
  // In a system that is not rebuilt ids stay.
  Tape elsewhere(kFriday);
  elsewhere.add(Try(good).host("services.avinode.com"));
  EXPECT_CLEAN(tell(on_monday({Try(good).host("services.avinode.com").error(403, "X")}), &elsewhere), "C08");
}

}  // namespace
}  // namespace cvr::diagnose::test
