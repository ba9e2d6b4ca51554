#include "app/statistics.h"

#include <algorithm>

#include "hand_made.h"
#include "support/golden.h"

namespace cvr::app {
namespace {

TEST(Percentile, IsTheNearestRank) {
  EXPECT_EQ(percentile({}, 50), 0);
  EXPECT_EQ(percentile({7}, 99), 7);
  std::vector<std::int64_t> hundred;
  for (int i = 1; i <= 100; ++i) hundred.push_back(i);
  EXPECT_EQ(percentile(hundred, 50), 50);
  EXPECT_EQ(percentile(hundred, 95), 95);
  EXPECT_EQ(percentile(hundred, 99), 99);
  EXPECT_EQ(percentile({1, 2}, 50), 1);
  EXPECT_EQ(percentile({1, 2}, 95), 2);
}

Statistics some() {
  Statistics out;
  for (int i = 1; i <= 20; ++i) {
    RedactedParts parts = answered("GET", "/trips/" + std::to_string(i), i == 7 ? 404 : 200,
                                   std::string(static_cast<std::size_t>(100 * i), 'x'));
    parts.timing.finished_us = i * 1000;
    out.add(parts);
  }
  out.add(answered("POST", "/trips", 201));
  RedactedParts late = failed("/trips/9", FailureKind::kTimeout);
  late.timing.finished_us = 120'000'000;
  out.add(late);
  return out;
}

TEST(Statistics, CountByRoute) {
  const auto routes = some().routes();
  ASSERT_EQ(routes.size(), 2u);
  EXPECT_EQ(routes[0].route, "GET /trips/*");
  EXPECT_EQ(routes[0].count, 21u);
  EXPECT_EQ(routes[0].outcomes, (std::map<std::string, std::uint64_t>{{"200", 19}, {"404", 1}, {"timeout", 1}}));
  EXPECT_EQ(routes[0].p50_us, 11'000);
  EXPECT_EQ(routes[0].p99_us, 120'000'000);
  EXPECT_EQ(routes[0].largest_response, 2000u);
  EXPECT_EQ(some().total().count, 22u);
}

TEST(Statistics, AreReadable) {
  test::expect_golden("app/statistics.txt", statistics_text(some()));
  test::expect_golden("app/statistics.json", statistics_json(some()));
  EXPECT_EQ(statistics_text(Statistics()).find("nan"), std::string::npos);
}

TEST(Statistics, HostileRoutesStayOnTheirLine) {
  Statistics hostile;
  hostile.add(answered("GET", "/a\n\x1b[2J", 200));
  const std::string text = statistics_text(hostile);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(std::ranges::count(text, '\n'), 4);
}

}  // namespace
}  // namespace cvr::app
