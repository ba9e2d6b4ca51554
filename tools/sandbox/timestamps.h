// Points in time as the API writes them, and the calendar of the weekly rebuild.  Pure.
// All times are microseconds since 1970, UTC.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cvr::sandbox {

// ISO 8601 date and time with a zone: extended or basic form, minutes or seconds, any number of
// decimals, "Z" or a numeric offset (FACTS section 3: clients send all of these).  nullopt for
// anything else, also for a time without a zone and for dates that do not exist.
std::optional<std::int64_t> parse_timestamp(std::string_view text);

std::string format_timestamp(std::int64_t utc_us);  // "2026-03-16T08:00:00.000Z"
std::string format_date(std::int64_t utc_us);       // "2026-03-16"
std::string http_date(std::int64_t utc_us);         // RFC 9110 section 5.6.7, IMF-fixdate

bool is_date(std::string_view text);  // YYYY-MM-DD that exists
bool is_time(std::string_view text);  // HH:MM or HH:MM:SS

// The sandbox is rebuilt with a fresh database on Mondays, 06-08 UTC (FACTS section 9).  A rebuild
// has a number, counted from the first Monday of 1970; what is of an earlier number is gone.
std::int64_t rebuild_number(std::int64_t utc_us);
std::int64_t rebuild_start(std::int64_t number);
bool in_rebuild_window(std::int64_t utc_us);  // the two hours

}  // namespace cvr::sandbox
