// Dates moved by whole days, in the spelling they came in: intervals stay, a date stays a valid date,
// and one day stays one day in every format.  Read are ISO 8601 dates and date-times ("2026-11-25",
// "20261125", "2026-11-25T10:30:00.000Z"), the same with '/' or '.', day first or month first
// ("25.11.2026", "11/25/2026"), HTTP dates (RFC 9110 section 5.6.7) and Unix times in seconds or
// milliseconds.  A time of day alone names no day and stays.  Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cvr::redact {

// nullopt: no date is read in `text`.  Years 1 and 9999 stand for "never" and stay as they are.
// Precondition: |days| < 100,000.  Results leave the years 1 to 9999 at no end: they go round.
std::optional<std::string> shift_date(std::string_view text, std::int64_t days);

}  // namespace cvr::redact
