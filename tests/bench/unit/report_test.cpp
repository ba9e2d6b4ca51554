#include "load/report.h"

namespace cvr::load {
namespace {

Totals sound() {
  Totals totals;
  totals.seconds = 2;
  totals.answers = 2;
  totals.statuses[200] = 2;
  totals.latency.add(1000);
  totals.latency.add(2000);
  return totals;
}

TEST(LoadReport, OneLineOfJson) {
  const std::string text = to_json(sound());
  EXPECT_EQ(text.find('\n'), std::string::npos);
  EXPECT_TRUE(text.starts_with("{\"answers\": 2, ")) << text;
  EXPECT_NE(text.find("\"statuses\": {\"200\": 2}"), std::string::npos) << text;
  EXPECT_NE(text.find("\"failures\": {}"), std::string::npos) << text;
  EXPECT_NE(text.find("\"max\": 2}"), std::string::npos) << text;
}

TEST(LoadReport, CleanMeansAllAsExpected) {
  EXPECT_TRUE(is_clean(sound()));
  EXPECT_FALSE(is_clean(Totals{}));
  Totals totals = sound();
  totals.unexpected = 1;
  EXPECT_FALSE(is_clean(totals));
  totals = sound();
  totals.failures["connect"] = 1;
  EXPECT_FALSE(is_clean(totals));
  totals = sound();
  totals.stalled = true;
  EXPECT_FALSE(is_clean(totals));
}

}  // namespace
}  // namespace cvr::load
