#include "diagnose/sightings.h"

#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(Sightings, AreOfWholeIds) {
  const Told told =
      tell(on_monday({get("/rfqs", new_pair()).answer(200, R"({"href":"https://x/trips/atrip-12","id":"atrip-123"})"),
                      get("/trips/atrip-9", new_pair()).error(404, "X")}));
  const auto seen = sightings(told.diagnosis.facts->subjects(), {"atrip-12", "atrip-1", "atrip-9"});
  EXPECT_TRUE(seen.contains("atrip-12"));
  EXPECT_FALSE(seen.contains("atrip-1"));
  EXPECT_FALSE(seen.contains("atrip-9"));
}

TEST(Sightings, SayWhenItWasSeenFirstAndWhenItLastWorked) {
  const Pair pair = new_pair();
  const Told told = tell(on_monday({get("/trips?tripId=atrip-1", pair).error(403, "X"), get("/trips/atrip-1", pair),
                                    get("/trips/atrip-1", pair).error(403, "X")}));
  const auto seen = sightings(told.diagnosis.facts->subjects(), {"atrip-1"});
  ASSERT_TRUE(seen.contains("atrip-1"));
  EXPECT_EQ(seen.at("atrip-1").first_us, us(kMonday));
  EXPECT_EQ(seen.at("atrip-1").last_ok_us, us(kMonday) + kSecond);
  EXPECT_EQ(seen.at("atrip-1").environments, std::set<std::string>{"sandbox"});
  EXPECT_TRUE(sightings(told.diagnosis.facts->subjects(), {}).empty());
}

}  // namespace
}  // namespace cvr::diagnose::test
