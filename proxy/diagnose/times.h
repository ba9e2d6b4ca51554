// Times of the record, all as microseconds of UTC: the vendor's Date, timestamps of requests, and the
// weekly rebuild.  Offsets are honoured; a time without a zone is none.  Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "profiles/profile.h"

namespace cvr::diagnose {

inline constexpr std::int64_t kSecond = 1'000'000;
inline constexpr std::int64_t kMinute = 60 * kSecond;
inline constexpr std::int64_t kHour = 60 * kMinute;
inline constexpr std::int64_t kDay = 24 * kHour;
inline constexpr std::int64_t kWeek = 7 * kDay;

// RFC 9110 section 5.6.7, IMF-fixdate: "Mon, 16 Mar 2026 08:00:00 GMT".
std::optional<std::int64_t> parse_http_date(std::string_view text);

// ISO 8601 with a zone: "2026-03-16T08:00Z", seconds and fractions optional, "+01:00", "+0100".
std::optional<std::int64_t> parse_timestamp(std::string_view text);

// "2026-03-16", with or without a time behind it: the midnight that begins that day, UTC.
std::optional<std::int64_t> parse_day(std::string_view text);

// "2026-03-16 08:00:00 UTC"; for people.
std::string time_text(std::int64_t utc_us);
// "2026-03-16T08:00:00.000Z"; for programs.
std::string utc_text(std::int64_t utc_us);
// "3 days", "12 minutes", "4 seconds"; of the absolute value.
std::string span_text(std::int64_t us);

struct Window {
  std::int64_t from = 0, to = 0;
  bool holds(std::int64_t at) const { return at >= from && at < to; }
};
// The last rebuild that has begun at `at`.
Window last_rebuild(const profiles::Rebuild& rebuild, std::int64_t at);

}  // namespace cvr::diagnose
