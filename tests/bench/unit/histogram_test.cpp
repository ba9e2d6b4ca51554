#include "load/histogram.h"

namespace cvr::load {
namespace {

TEST(Histogram, EmptyAnswersZero) {
  const Histogram histogram;
  EXPECT_EQ(histogram.count(), 0u);
  EXPECT_EQ(histogram.percentile(0.5), 0u);
}

TEST(Histogram, OneValueIsEveryPercentile) {
  Histogram histogram;
  histogram.add(123'456);
  for (const double fraction : {0.0, 0.5, 0.99, 1.0}) EXPECT_EQ(histogram.percentile(fraction), 123'456u);
}

TEST(Histogram, SmallValuesAreExactByNearestRank) {
  Histogram histogram;
  for (std::uint64_t value = 1; value <= 100; ++value) histogram.add(value);
  EXPECT_EQ(histogram.percentile(0.50), 50u);
  EXPECT_EQ(histogram.percentile(0.99), 99u);
  EXPECT_EQ(histogram.percentile(0.991), 100u);
  EXPECT_EQ(histogram.percentile(1.0), 100u);
}

TEST(Histogram, LargeValuesStayWithinTheirPrecision) {
  for (unsigned bit = 0; bit < 64; ++bit) {
    for (const std::uint64_t below : {0u, 1u}) {
      const std::uint64_t value = (std::uint64_t{1} << bit) - below;
      Histogram histogram;
      histogram.add(value);
      histogram.add(UINT64_MAX);  // so that the maximum does not hide the bucket's bound
      const std::uint64_t answer = histogram.percentile(0.5);
      EXPECT_GE(answer, value);
      EXPECT_LE(answer - value, value / 128) << value;
    }
  }
}

TEST(Histogram, PercentilesNeverFall) {
  Histogram histogram;
  std::uint64_t value = 1;
  for (int i = 0; i < 10'000; ++i) histogram.add((value = value * 6364136223846793005u + 1442695040888963407u) >> 30);
  std::uint64_t before = 0;
  for (double fraction = 0; fraction <= 1; fraction += 0.01) {
    EXPECT_GE(histogram.percentile(fraction), before);
    before = histogram.percentile(fraction);
  }
  EXPECT_EQ(histogram.percentile(1), histogram.max());
}

}  // namespace
}  // namespace cvr::load
