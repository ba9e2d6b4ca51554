#include "base/size.h"

#include <utility>

namespace cvr {
namespace {

// Digits at the front; what follows is left in `text`.
std::optional<std::uint64_t> take_digits(std::string_view& text) {
  std::uint64_t value = 0;
  std::size_t n = 0;
  while (n < text.size() && text[n] >= '0' && text[n] <= '9') {
    if (n == 15) return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(text[n++] - '0');
  }
  if (n == 0) return std::nullopt;
  text.remove_prefix(n);
  return value;
}

}  // namespace

std::optional<std::uint64_t> parse_size(std::string_view text) {
  const auto value = take_digits(text);
  if (!value) return std::nullopt;
  constexpr std::pair<std::string_view, int> kUnits[] = {{"", 0},    {"B", 0},    {"K", 10},   {"M", 20},  {"G", 30},
                                                         {"k", 10},  {"m", 20},   {"g", 30},   {"KB", 10}, {"MB", 20},
                                                         {"GB", 30}, {"KiB", 10}, {"MiB", 20}, {"GiB", 30}};
  for (const auto& [unit, shift] : kUnits) {
    if (text == unit && *value <= (UINT64_MAX >> shift)) return *value << shift;
  }
  return std::nullopt;
}

std::optional<std::int64_t> parse_duration_ms(std::string_view text) {
  const auto value = take_digits(text);
  if (!value || *value > 1'000'000'000) return std::nullopt;
  constexpr std::pair<std::string_view, std::int64_t> kUnits[] = {{"ms", 1},     {"s", 1000},      {"", 1000},
                                                                  {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}};
  for (const auto& [unit, factor] : kUnits) {
    if (text == unit) return static_cast<std::int64_t>(*value) * factor;
  }
  return std::nullopt;
}

}  // namespace cvr
