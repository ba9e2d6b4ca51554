#include "redact/dates.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace cvr::redact {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The number in text[at, at + size), or -1 when it is not of so many digits.
std::int64_t digits(std::string_view text, std::size_t at, std::size_t size) {
  if (at > text.size() || size > text.size() - at) return -1;
  std::int64_t value = 0;
  for (const char c : text.substr(at, size)) {
    if (!is_digit(c)) return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

void put_digits(std::string& text, std::size_t at, std::size_t size, std::int64_t value) {
  for (std::size_t i = size; i-- > 0; value /= 10) text[at + i] = static_cast<char>('0' + value % 10);
}

std::optional<year_month_day> valid(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (year < 1 || month < 1 || day < 1) return std::nullopt;
  const year_month_day date{std::chrono::year(static_cast<int>(year)), std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  return date.ok() ? std::optional(date) : std::nullopt;
}

year_month_day shifted(year_month_day date, std::int64_t days) {
  constexpr int kFirst = 1;
  constexpr int kLast = 9999;
  if (date.year() == std::chrono::year(kFirst) || date.year() == std::chrono::year(kLast)) return date;
  const sys_days first = std::chrono::year(kFirst + 1) / 1 / 1;
  const auto range = (sys_days(std::chrono::year(kLast) / 1 / 1) - first).count();
  const auto place = ((sys_days(date) - first).count() + days % range + range) % range;
  return year_month_day(first + std::chrono::days(place));
}

// Where year, month and day stand in a text, as numbers.
struct Form {
  std::size_t year, month, day;
};

std::optional<std::string> shift_at(std::string_view text, Form form, std::int64_t days) {
  const auto date = valid(digits(text, form.year, 4), digits(text, form.month, 2), digits(text, form.day, 2));
  if (!date) return std::nullopt;
  const year_month_day by = shifted(*date, days);
  std::string out(text);
  put_digits(out, form.year, 4, static_cast<int>(by.year()));
  put_digits(out, form.month, 2, static_cast<unsigned>(by.month()));
  put_digits(out, form.day, 2, static_cast<unsigned>(by.day()));
  return out;
}

// "10:30", "10:30:00": names no day.
bool is_time_of_day(std::string_view text) {
  if (text.size() != 5 && text.size() != 8) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % 3 == 2 ? text[i] != ':' : !is_digit(text[i])) return false;
  }
  return true;
}

// After the date: nothing, or a time of day and a zone.
bool is_time(std::string_view rest) {
  if (rest.empty()) return true;
  return (rest[0] == 'T' || rest[0] == 't' || rest[0] == ' ') && rest.size() <= 40 &&
         rest.find_first_not_of("0123456789:.,+-TtZz apmAPMUTCGEt[]/_", 1) == rest.npos;
}

// "Wed, 25 Nov 2026 10:30:00 GMT"
std::optional<std::string> shift_http(std::string_view text, std::int64_t days) {
  if (text.size() < 16 || text.substr(3, 2) != ", " || text[7] != ' ' || text[11] != ' ') return std::nullopt;
  const auto month = std::ranges::find(kMonths, text.substr(8, 3));
  if (month == kMonths.end() || std::ranges::find(kDays, text.substr(0, 3)) == kDays.end()) return std::nullopt;
  const auto date = valid(digits(text, 12, 4), month - kMonths.begin() + 1, digits(text, 5, 2));
  if (!date) return std::nullopt;
  const year_month_day by = shifted(*date, days);
  const std::chrono::weekday weekday{sys_days(by)};
  std::string out(text);
  out.replace(0, 3, kDays[weekday.c_encoding()]);
  put_digits(out, 5, 2, static_cast<unsigned>(by.day()));
  out.replace(8, 3, kMonths[static_cast<unsigned>(by.month()) - 1]);
  put_digits(out, 12, 4, static_cast<int>(by.year()));
  return out;
}

// Seconds (10 digits) or milliseconds (13) since 1970; from 2001 to 2286.
std::optional<std::string> shift_unix(std::string_view text, std::int64_t days) {
  if (text.size() != 10 && text.size() != 13) return std::nullopt;
  const std::int64_t value = digits(text, 0, text.size());
  const std::int64_t unit = text.size() == 10 ? 1 : 1000;
  const std::int64_t first = 1'000'000'000 * unit;
  if (value < first) return std::nullopt;
  const std::int64_t range = 9 * first;
  return std::to_string(first + ((value - first + days * 86'400 * unit) % range + range) % range);
}

}  // namespace

std::optional<std::string> shift_date(std::string_view text, std::int64_t days) {
  if (is_time_of_day(text)) return std::string(text);
  if (text.find_first_not_of("0123456789") == text.npos) {
    if (text.size() == 8) return shift_at(text, {0, 4, 6}, days);
    return shift_unix(text, days);
  }
  // 20261125T103000Z
  if (text.size() > 8 && digits(text, 0, 8) >= 0 && is_time(text.substr(8))) return shift_at(text, {0, 4, 6}, days);
  if (text.size() < 10) return std::nullopt;
  const char separator = text[4];
  if (std::string_view("-/.").contains(separator) && text[7] == separator && is_time(text.substr(10))) {
    return shift_at(text, {0, 5, 8}, days);
  }
  if (std::string_view("-/.").contains(text[2]) && text[5] == text[2] && is_time(text.substr(10))) {
    // Month first is said with '/' (and then only when it can be one).
    const bool month_first = text[2] == '/' && digits(text, 0, 2) <= 12;
    return shift_at(text, month_first ? Form{6, 0, 3} : Form{6, 3, 0}, days);
  }
  return shift_http(text, days);
}

}  // namespace cvr::redact
