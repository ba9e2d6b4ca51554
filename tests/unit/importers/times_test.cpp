#include "importers/times.h"

namespace cvr::importers {
namespace {

TEST(Times, ReadsIso) {
  const std::int64_t at = 1'773'648'000'000'000;  // 2026-03-16T08:00:00Z
  EXPECT_EQ(utc_from_iso("2026-03-16T08:00:00Z"), at);
  EXPECT_EQ(utc_from_iso("2026-03-16T08:00:00"), at);
  EXPECT_EQ(utc_from_iso("2026-03-16 08:00:00"), at);
  EXPECT_EQ(utc_from_iso("2026-03-16T09:00:00.123+01:00"), at + 123'000);
  EXPECT_EQ(utc_from_iso("2026-03-16T02:30:00.1234567-0530"), at + 123'456);
  EXPECT_EQ(utc_from_iso("1969-12-31T23:59:59Z"), -1'000'000);
  for (const char* bad : {"", "2026", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-03-16T24:00:00Z",
                          "2026-03-16T08:00:00Zx", "2026-03-16T08:00:00+1", "x2026-03-16T08:00:00Z"}) {
    EXPECT_FALSE(utc_from_iso(bad)) << bad;
  }
}

TEST(Times, ReadsDates) {
  const std::int64_t at = 1'773'648'000'000'000;
  EXPECT_EQ(utc_from_date("Mon, 16 Mar 2026 08:00:00 GMT"), at);
  EXPECT_EQ(utc_from_date("16 Mar 2026 08:00:00 GMT"), at);
  EXPECT_EQ(utc_from_date("Mon, 16 Mar 2026 09:00:00 +0100"), at);
  for (const char* bad : {"", "Mon", "Mon, 16 Foo 2026 08:00:00 GMT", "Mon, 32 Mar 2026 08:00:00 GMT",
                          "Mon, 16 Mar 26 08:00:00 GMT", "Mon, 16 Mar", "0"}) {
    EXPECT_FALSE(utc_from_date(bad)) << bad;
  }
}

}  // namespace
}  // namespace cvr::importers
