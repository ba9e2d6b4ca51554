#include "diagnose/diagnosis.h"

#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(Diagnosis, FirstStepsNameTheClientsFaultsAndThenNothingElse) {
  const Tape before = good_friday(new_pair());
  const Pair pair = new_pair();
  const Told told = tell(on_monday({get("/airports/search", pair), get("/rfqs/1", pair).error(403, "NOT_AUTHORIZED"),
                                    post("/trips", pair, kLegacyTrip).error(500, "X")}),
                         &before);
  ASSERT_GE(told.diagnosis.first.size(), 2u);
  for (const FirstStep& step : told.diagnosis.first) {
    EXPECT_TRUE(is_client_rule(step.rule) || step.rule == "M02") << step.rule;
  }
  EXPECT_TRUE(told.diagnosis.has_failing_rule());
}

TEST(Diagnosis, ComparisonsOfBeforeAndAfter) {
  const Tape before = good_friday(new_pair());
  const Told told = tell(on_monday({post("/trips", new_pair(), kLegacyTrip).error(500, "X"),
                                    get("/trips/atrip-9", new_pair()).error(404, "X")}),
                         &before);
  ASSERT_EQ(told.diagnosis.comparisons.size(), 2u);
  EXPECT_EQ(told.diagnosis.comparisons[0].comparison.sameness, Sameness::kDifferent);
  EXPECT_EQ(told.diagnosis.comparisons[1].comparison.sameness, Sameness::kVolatileOnly);
}

TEST(Diagnosis, AnEmptyRecordingProvesNothing) {
  const Told told = tell(on_monday({}));
  EXPECT_EQ(told.diagnosis.after.interactions, 0u);
  EXPECT_FALSE(told.diagnosis.after.from_us);
  EXPECT_EQ(told.verdict().level, Level::kNotProven);
  EXPECT_FALSE(told.diagnosis.has_failing_rule());
}

// Two vendors in one cassette: the other one's failures are not looked at.
TEST(Diagnosis, TwoVendorsInOneCassette) {
  const Tape before = good_friday(new_pair());
  Tape after = lost_permissions(new_pair());
  for (int i = 0; i < 20; ++i) after.add(get("/anything", kNobody).host("other.example").error(500, "X"));
  const Told told = tell(after, &before);
  EXPECT_EQ(told.verdict().level, Level::kEstablished) << told.verdict().text;
  EXPECT_EQ(told.diagnosis.facts->strangers().size(), 20u);
}

}  // namespace
}  // namespace cvr::diagnose::test
