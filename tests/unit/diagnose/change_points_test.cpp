#include "diagnose/change_points.h"

#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(ChangePoints, OnePerOperationAndCredential) {
  const Pair old = new_pair(), fresh = new_pair();
  const Tape before = good_friday(old);
  const Try trip = post("/trips", old, kGoodTrip).error(401, "X");
  const Told told = tell(
      on_monday({trip, trip, post("/trips", fresh, kGoodTrip).error(403, "X"), get("/leads/9", fresh).error(404, "X")}),
      &before);
  const auto& points = told.diagnosis.change_points;
  ASSERT_EQ(points.size(), 2u);
  EXPECT_EQ(points[0].operation, "POST /trips");
  EXPECT_TRUE(points[0].same_credential);
  EXPECT_FALSE(points[1].same_credential);
  EXPECT_TRUE(points[0].brackets_rebuild);
  EXPECT_TRUE(points[0].after_snapshot);  // Friday is after Thursday
  EXPECT_EQ(points[0].first_failure->n, 1u);
}

TEST(ChangePoints, WithinAWeekNothingIsBracketed) {
  const Pair pair = new_pair();
  const Told told = tell(on_monday({get("/rfqs", pair), get("/rfqs", pair).error(401, "X")}));
  ASSERT_EQ(told.diagnosis.change_points.size(), 1u);
  EXPECT_FALSE(told.diagnosis.change_points[0].brackets_rebuild);
  EXPECT_FALSE(told.diagnosis.change_points[0].after_snapshot);
}

}  // namespace
}  // namespace cvr::diagnose::test
