#include "redact/dates.h"

#include <gtest/gtest.h>

namespace cvr::redact {
namespace {

TEST(Dates, EveryFormatMovesByTheSameDays) {
  const auto by = [](std::string_view text) { return shift_date(text, 400).value_or("none"); };
  EXPECT_EQ(by("2026-11-25"), "2027-12-30");
  EXPECT_EQ(by("20261125"), "20271230");
  EXPECT_EQ(by("2026/11/25"), "2027/12/30");
  EXPECT_EQ(by("25.11.2026"), "30.12.2027");
  EXPECT_EQ(by("25/11/2026"), "30/12/2027");
  EXPECT_EQ(by("11/25/2026"), "12/30/2027");
  EXPECT_EQ(by("2026-11-25T10:30"), "2027-12-30T10:30");
  EXPECT_EQ(by("2026-11-25T10:30:00.123Z"), "2027-12-30T10:30:00.123Z");
  EXPECT_EQ(by("2026-11-25T10:30:00+01:00"), "2027-12-30T10:30:00+01:00");
  EXPECT_EQ(by("2026-11-25 10:30:00 UTC"), "2027-12-30 10:30:00 UTC");
  EXPECT_EQ(by("20261125T103000Z"), "20271230T103000Z");
  EXPECT_EQ(by("Wed, 25 Nov 2026 10:30:00 GMT"), "Thu, 30 Dec 2027 10:30:00 GMT");
  EXPECT_EQ(by("1795600000"), std::to_string(1795600000 + 400 * 86400));
  EXPECT_EQ(by("1795600000123"), std::to_string(1795600000123 + 400LL * 86400000));
}

TEST(Dates, WithTheNameOfAMonth) {
  const auto by = [](std::string_view text) { return shift_date(text, 400).value_or("none"); };
  EXPECT_EQ(by("25 Nov 2026"), "30 Dec 2027");
  EXPECT_EQ(by("25-Nov-2026"), "30-Dec-2027");
  EXPECT_EQ(by("25. November 2026"), "30. December 2027");
  EXPECT_EQ(by("Nov 25, 2026"), "Dec 30, 2027");
  EXPECT_EQ(by("November 25, 2026"), "December 30, 2027");
  EXPECT_EQ(by("Wed Nov 25 2026"), "Thu Dec 30 2027");
  EXPECT_EQ(by("Wednesday, November 25, 2026 10:30"), "Thursday, December 30, 2027 10:30");
  EXPECT_EQ(by("25NOV26"), "30DEC27");
  EXPECT_EQ(by("01 nov 2026"), "06 dec 2027");
  EXPECT_EQ(by("Sept 1, 2026"), "Oct 6, 2027");
  EXPECT_EQ(by("31 May 69"), "05 Jul 70");
  EXPECT_EQ(by("4 Nov 2026"), "9 Dec 2027");
  EXPECT_EQ(by("8 Nov 2026"), "13 Dec 2027");
  EXPECT_EQ(by("2026-260"), "2027-295");
  EXPECT_EQ(by("2024-366T10:30"), "2026-035T10:30");
  EXPECT_EQ(by("2026-11"), "2027-12");
}

TEST(Dates, ResultsAreDates) {
  for (const std::int64_t days : {-1466, -366, 366, 1000, 99'999}) {
    for (const char* text : {"0002-01-01", "1904-02-29", "2024-02-29", "9998-12-31"}) {
      const auto by = shift_date(text, days);
      ASSERT_TRUE(by) << text;
      EXPECT_NE(*by, text);
      EXPECT_EQ(shift_date(*by, -days), text) << days;
    }
  }
  EXPECT_EQ(shift_date("0001-01-01", 400), "0001-01-01");
  EXPECT_EQ(shift_date("9999-12-31", 400), "9999-12-31");
}

TEST(Dates, ATimeOfDayStays) {
  EXPECT_EQ(shift_date("10:30", 400), "10:30");
  EXPECT_EQ(shift_date("23:59:59", 400), "23:59:59");
}

TEST(Dates, WhatIsNoDateIsNone) {
  for (const char* text : {"",
                           "x",
                           "2026-02-31",
                           "2026-13-01",
                           "2026-00-10",
                           "0000-01-01",
                           "2026-11-2",
                           "20261399",
                           "1234567",
                           "123456789",
                           "12345678901",
                           "2026-11-25x",
                           "2026-11-25T<script>",
                           "tomorrow",
                           "Xxx, 25 Nov 2026 10:30:00 GMT",
                           "Wed, 25 Nox 2026 10:30:00 GMT",
                           "Wed, 31 Feb 2026 10:30:00 GMT",
                           "aaaa-bb-cc",
                           "0000000001",
                           "99/99/2026",
                           "31 Feb 2026",
                           "17 Sop 2026",
                           "17 Sep 202",
                           "Sep 2026",
                           "17 Sep 2026 of Jane Miller",
                           "17 Sep",
                           "117 Sep 2026",
                           "Sep Sep 2026",
                           "Mon Mon Mon Mon",
                           "2026-366",
                           "2026-000",
                           "2026-13"}) {
    EXPECT_FALSE(shift_date(text, 400)) << text;
  }
}

}  // namespace
}  // namespace cvr::redact
