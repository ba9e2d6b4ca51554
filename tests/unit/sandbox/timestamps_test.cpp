#include "sandbox/timestamps.h"

namespace cvr::sandbox {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

TEST(Timestamps, ReadsWhatClientsSend) {
  const std::int64_t nine = 1'672'565'400 * kSecond;  // 2023-01-01T09:30:00Z
  EXPECT_EQ(parse_timestamp("2023-01-01T09:30:15.000Z"), nine + 15 * kSecond);
  EXPECT_EQ(parse_timestamp("2023-01-01T09:30Z"), nine);
  EXPECT_EQ(parse_timestamp("2023-01-01T09:30:00Z"), nine);
  EXPECT_EQ(parse_timestamp("2023-01-01T10:30:00+01:00"), nine);
  EXPECT_EQ(parse_timestamp("2023-01-01T04:30:00-0500"), nine);
  EXPECT_EQ(parse_timestamp("2023-01-01T10:30+01"), nine);
  EXPECT_EQ(parse_timestamp("20230101T093000Z"), nine);
  EXPECT_EQ(parse_timestamp("2023-01-01T09:30:00.123456789Z"), nine + 123'456);
  EXPECT_EQ(parse_timestamp("2023-01-01T09:30:00,5Z"), nine + 500'000);
}

TEST(Timestamps, RefusesTheRest) {
  for (const char* text : {"",
                           "Z",
                           "2023-01-01",
                           "2023-01-01T09:30:15",
                           "2023-01-01 09:30:15Z",
                           "2023-02-30T09:30:15Z",
                           "2023-13-01T09:30:15Z",
                           "2023-01-01T24:30:15Z",
                           "2023-01-01T09:60:15Z",
                           "2023-01-01T09:30:61Z",
                           "2023-01-01T09:30:15.Z",
                           "2023-01-01T09:30:15ZZ",
                           "2023-01-01T09:30:15+",
                           "2023-01-01T09:30:15+99:00",
                           "20230101T09:30:15Z",
                           "2023-0101T09:30:15Z",
                           "1672565415",
                           "2023-01-01t09:30:15z",
                           "-2023-01-01T09:30:15Z",
                           "2023-01-01T09:30:15.000Z ",
                           "Sun, 01 Jan 2023 09:30:15 GMT"}) {
    EXPECT_FALSE(parse_timestamp(text)) << text;
  }
  EXPECT_FALSE(parse_timestamp(std::string(1'000'000, '9')));
}

TEST(Timestamps, Writes) {
  EXPECT_EQ(format_timestamp(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(format_timestamp(1'672'565'415 * kSecond + 7'999), "2023-01-01T09:30:15.007Z");
  EXPECT_EQ(format_timestamp(-1), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(format_date(1'709'164'800 * kSecond), "2024-02-29");
  EXPECT_EQ(http_date(1'672'565'415 * kSecond), "Sun, 01 Jan 2023 09:30:15 GMT");
}

TEST(Timestamps, DatesAndTimesOfSegments) {
  EXPECT_TRUE(is_date("2024-02-29"));
  for (const char* text : {"2023-02-29", "20240229", "2024-2-29", "2024-02-29T", ""})
    EXPECT_FALSE(is_date(text)) << text;
  EXPECT_TRUE(is_time("23:59"));
  EXPECT_TRUE(is_time("23:59:59"));
  for (const char* text : {"24:00", "1:00", "10:60", "10:00:", "10:00:60", ""}) EXPECT_FALSE(is_time(text)) << text;
}

TEST(Timestamps, TheRebuildIsOnMondayAtSix) {
  const std::int64_t monday = parse_timestamp("2026-03-16T06:00:00Z").value();
  EXPECT_EQ(rebuild_start(rebuild_number(monday)), monday);
  EXPECT_EQ(rebuild_number(monday - 1), rebuild_number(monday) - 1);
  EXPECT_EQ(rebuild_number(parse_timestamp("2026-03-23T05:59:59Z").value()), rebuild_number(monday));
  EXPECT_EQ(rebuild_number(parse_timestamp("2026-03-23T06:00:00Z").value()), rebuild_number(monday) + 1);
  EXPECT_EQ(rebuild_number(0), -1);
  EXPECT_EQ(rebuild_number(parse_timestamp("1970-01-05T06:00:00Z").value()), 0);
  EXPECT_TRUE(in_rebuild_window(monday));
  EXPECT_TRUE(in_rebuild_window(monday + 7'199 * kSecond));
  EXPECT_FALSE(in_rebuild_window(monday + 7'200 * kSecond));
  EXPECT_FALSE(in_rebuild_window(monday - 1));
}

}  // namespace
}  // namespace cvr::sandbox
