// Sizes and durations as people type them.  Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cvr {

// "512", "16K", "16M", "1G", "16KiB": 1024-based (CONTRACT "Limits").  nullopt for anything else.
std::optional<std::uint64_t> parse_size(std::string_view text);

// "250ms", "5s", "2m", "1h", "7d"; a bare number is seconds.
std::optional<std::int64_t> parse_duration_ms(std::string_view text);

}  // namespace cvr
