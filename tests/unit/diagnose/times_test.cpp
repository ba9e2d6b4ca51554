#include "diagnose/times.h"

namespace cvr::diagnose {
namespace {

constexpr std::int64_t kMonday = 1'773'651'600 * kSecond;  // 2026-03-16T09:00:00Z

TEST(Times, HttpDates) {
  EXPECT_EQ(parse_http_date("Mon, 16 Mar 2026 09:00:00 GMT"), kMonday);
  for (const char* bad :
       {"", "Mon, 16 Mar 2026 09:00:00", "Mon, 16 Mar 2026 09:00:00 CET", "16 Mar 2026 09:00:00 GMT",
        "Mon, 31 Feb 2026 09:00:00 GMT", "Mon, 16 Mrz 2026 09:00:00 GMT", "Mon, 16 Mar 2026 24:00:00 GMT"}) {
    EXPECT_EQ(parse_http_date(bad), std::nullopt) << bad;
  }
}

TEST(Times, TimestampsHonourTheirZone) {
  for (const char* same :
       {"2026-03-16T09:00:00Z", "2026-03-16T09:00Z", "2026-03-16T09:00:00.000Z", "2026-03-16 09:00:00Z",
        "2026-03-16T10:00:00+01:00", "2026-03-16T04:30:00-0430", "2026-03-16T11:00+02"}) {
    EXPECT_EQ(parse_timestamp(same), kMonday) << same;
  }
  EXPECT_EQ(parse_timestamp("2026-03-16T09:00:00.25Z"), kMonday + kSecond / 4);
  EXPECT_EQ(parse_timestamp("2016-12-31T23:59:60Z"), parse_timestamp("2016-12-31T23:59:59Z"));
  for (const char* bad :
       {"", "2026-03-16", "2026-03-16T09:00:00", "2026-03-16T25:00:00Z", "2026-02-30T09:00:00Z",
        "2026-03-16T09:00:00Zx", "2026-03-16T09:00:00+99:00", "2026-03-16T09:00:00.Z", "1773651600"}) {
    EXPECT_EQ(parse_timestamp(bad), std::nullopt) << bad;
  }
}

TEST(Times, Days) {
  EXPECT_EQ(parse_day("2026-03-16"), kMonday - 9 * kHour);
  EXPECT_EQ(parse_day("2026-03-16T23:59"), kMonday - 9 * kHour);
  for (const char* bad : {"2026-3-16", "16.03.2026", "2026-03-16x", "20260316"})
    EXPECT_EQ(parse_day(bad), std::nullopt) << bad;
}

TEST(Times, Texts) {
  EXPECT_EQ(time_text(kMonday), "2026-03-16 09:00:00 UTC");
  EXPECT_EQ(utc_text(kMonday + 7'000), "2026-03-16T09:00:00.007Z");
  EXPECT_EQ(utc_text(-1'000), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(span_text(-3 * kDay), "3 days");
  EXPECT_EQ(span_text(90 * kMinute), "90 minutes");
  EXPECT_EQ(span_text(kSecond), "1 second");
}

TEST(Times, TheLastRebuild) {
  const profiles::Rebuild rebuild{0, 360, 480, {}};
  EXPECT_EQ(last_rebuild(rebuild, kMonday).from, kMonday - 3 * kHour);
  EXPECT_EQ(last_rebuild(rebuild, kMonday).to, kMonday - kHour);
  EXPECT_EQ(last_rebuild(rebuild, kMonday - 3 * kHour).from, kMonday - 3 * kHour);
  EXPECT_EQ(last_rebuild(rebuild, kMonday - 3 * kHour - 1).from, kMonday - 3 * kHour - kWeek);
  EXPECT_LT(last_rebuild(rebuild, -1).from, 0);
}

}  // namespace
}  // namespace cvr::diagnose
