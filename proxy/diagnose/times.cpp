#include "diagnose/times.h"

#include <fmt/format.h>

#include <array>
#include <chrono>

namespace cvr::diagnose {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// `count` digits at the front, taken off.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int out = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    out = out * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return out;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

std::optional<std::int64_t> day_of(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count() * kDay;
}

// "HH:MM[:SS[.fraction]]", taken off; a leap second counts as the last one before it.
std::optional<std::int64_t> take_time(std::string_view& text) {
  const auto hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take(text, ":")) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  std::int64_t out = *hour * kHour + *minute * kMinute;
  if (!take(text, ":")) return out;
  const auto second = take_digits(text, 2);
  if (!second || *second > 60) return std::nullopt;
  out += std::min(*second, 59) * kSecond;
  if (!take(text, ".") && !take(text, ",")) return out;
  std::int64_t scale = kSecond / 10;
  if (text.empty() || text[0] < '0' || text[0] > '9') return std::nullopt;
  for (; !text.empty() && text[0] >= '0' && text[0] <= '9'; text.remove_prefix(1), scale /= 10) {
    out += (text[0] - '0') * scale;
  }
  return out;
}

// "Z", "+01:00", "+0100", "+01"; nothing may follow.
std::optional<std::int64_t> zone_of(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const int sign = text[0] == '-' ? -1 : 1;
  text.remove_prefix(1);
  const auto hours = take_digits(text, 2);
  take(text, ":");
  const auto minutes = text.empty() ? std::optional(0) : take_digits(text, 2);
  if (!hours || !minutes || *hours > 18 || *minutes > 59 || !text.empty()) return std::nullopt;
  return sign * (*hours * kHour + *minutes * kMinute);
}

std::optional<std::int64_t> take_day(std::string_view& text) {
  const auto year = take_digits(text, 4);
  if (!year || !take(text, "-")) return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || !take(text, "-")) return std::nullopt;
  const auto day = take_digits(text, 2);
  return day ? day_of(*year, *month, *day) : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> parse_http_date(std::string_view text) {
  const std::size_t comma = text.find(", ");
  if (comma != 3) return std::nullopt;
  text.remove_prefix(comma + 2);
  const auto day = take_digits(text, 2);
  if (!day || !take(text, " ")) return std::nullopt;
  int month = 0;
  while (month < 12 && !text.starts_with(kMonths[static_cast<std::size_t>(month)])) ++month;
  if (month == 12) return std::nullopt;
  text.remove_prefix(3);
  if (!take(text, " ")) return std::nullopt;
  const auto year = take_digits(text, 4);
  if (!year || !take(text, " ")) return std::nullopt;
  const auto time = take_time(text);
  const auto date = day_of(*year, month + 1, *day);
  if (!time || !date || (text != " GMT" && text != " UTC")) return std::nullopt;
  return *date + *time;
}

std::optional<std::int64_t> parse_timestamp(std::string_view text) {
  const auto day = take_day(text);
  if (!day || (!take(text, "T") && !take(text, "t") && !take(text, " "))) return std::nullopt;
  const auto time = take_time(text);
  const auto zone = time ? zone_of(text) : std::nullopt;
  return zone ? std::optional(*day + *time - *zone) : std::nullopt;
}

std::optional<std::int64_t> parse_day(std::string_view text) {
  const auto day = take_day(text);
  if (!day) return std::nullopt;
  if (text.empty()) return day;
  if (text[0] != 'T' && text[0] != ' ') return std::nullopt;
  text.remove_prefix(1);
  return take_time(text) ? day : std::nullopt;
}

namespace {

std::string formatted(std::int64_t utc_us, bool program) {
  const std::int64_t days = utc_us / kDay - (utc_us % kDay < 0 ? 1 : 0);
  const std::int64_t rest = utc_us - days * kDay;
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  const std::string day = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  const std::string time =
      fmt::format("{:02}:{:02}:{:02}", rest / kHour, rest % kHour / kMinute, rest % kMinute / kSecond);
  return program ? fmt::format("{}T{}.{:03}Z", day, time, rest % kSecond / 1000) : day + " " + time + " UTC";
}

}  // namespace

std::string time_text(std::int64_t utc_us) { return formatted(utc_us, false); }
std::string utc_text(std::int64_t utc_us) { return formatted(utc_us, true); }

std::string span_text(std::int64_t us) {
  us = us < 0 ? -us : us;
  constexpr std::pair<std::int64_t, const char*> kUnits[] = {
      {kDay, "day"}, {kHour, "hour"}, {kMinute, "minute"}, {kSecond, "second"}};
  for (const auto& [unit, name] : kUnits) {
    if (us < 2 * unit && unit != kSecond) continue;
    const std::int64_t count = us / unit;
    return fmt::format("{} {}{}", count, name, count == 1 ? "" : "s");
  }
  return {};
}

Window last_rebuild(const profiles::Rebuild& rebuild, std::int64_t at) {
  // 1970-01-01 was a Thursday: the first Monday is four days later.
  const std::int64_t first = (4 + rebuild.weekday) * kDay + rebuild.from_minute * kMinute;
  const std::int64_t since = at - first;
  const std::int64_t weeks = since / kWeek - (since % kWeek < 0 ? 1 : 0);
  const std::int64_t from = first + weeks * kWeek;
  return {from, from + (rebuild.to_minute - rebuild.from_minute) * kMinute};
}

}  // namespace cvr::diagnose
