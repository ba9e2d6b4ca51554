// Points in time as other tools write them.  Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cvr::importers {

// ISO 8601: 2026-03-16T08:00:00[.123456][Z|+01:00]; without a zone it is UTC.  Microseconds since 1970.
std::optional<std::int64_t> utc_from_iso(std::string_view text);

// RFC 9110 section 5.6.7 and RFC 5322: [Mon, ]16 Mar 2026 08:00:00 GMT|+0100.
std::optional<std::int64_t> utc_from_date(std::string_view text);

}  // namespace cvr::importers
