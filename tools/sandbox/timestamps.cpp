#include "sandbox/timestamps.h"

#include <fmt/format.h>

#include <chrono>

namespace cvr::sandbox {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;
constexpr std::int64_t kWeek = 7 * kDay;
constexpr std::int64_t kFirstRebuild = 4 * kDay + 6 * 3'600 * kSecond;  // Monday 1970-01-05 06:00

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// Reads a timestamp from left to right.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}
  bool take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  // Exactly `count` digits.
  bool digits(int count, int& value) {
    value = 0;
    for (int i = 0; i < count; ++i, text_.remove_prefix(1)) {
      if (text_.empty() || text_.front() < '0' || text_.front() > '9') return false;
      value = value * 10 + (text_.front() - '0');
    }
    return true;
  }
  bool at_digit() const { return !text_.empty() && text_.front() >= '0' && text_.front() <= '9'; }
  bool done() const { return text_.empty(); }
  // The digits of a fraction, as microseconds.  At least one.
  bool fraction(std::int64_t& us) {
    if (!at_digit()) return false;
    std::int64_t unit = kSecond / 10;
    for (us = 0; at_digit(); text_.remove_prefix(1), unit /= 10) us += (text_.front() - '0') * unit;
    return true;
  }

 private:
  std::string_view text_;
};

std::optional<std::int64_t> days_of(int year, int month, int day) {
  const std::chrono::year_month_day date(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count();
}

std::optional<std::int64_t> read_date(Cursor& in, bool& extended) {
  int year = 0, month = 0, day = 0;
  if (!in.digits(4, year)) return std::nullopt;
  extended = in.take('-');
  if (!in.digits(2, month) || (extended && !in.take('-')) || !in.digits(2, day)) return std::nullopt;
  return days_of(year, month, day);
}

std::optional<std::int64_t> read_time(Cursor& in, bool extended) {
  int hour = 0, minute = 0, second = 0;
  std::int64_t fraction = 0;
  if (!in.digits(2, hour) || (extended && !in.take(':')) || !in.digits(2, minute)) return std::nullopt;
  if (extended ? in.take(':') : in.at_digit()) {
    if (!in.digits(2, second)) return std::nullopt;
    if ((in.take('.') || in.take(',')) && !in.fraction(fraction)) return std::nullopt;
  }
  if (hour > 23 || minute > 59 || second > 60) return std::nullopt;  // 60: a leap second
  return ((hour * 60 + minute) * 60 + second) * kSecond + fraction;
}

std::optional<std::int64_t> read_zone(Cursor& in) {
  if (in.take('Z')) return 0;
  const bool plus = in.take('+');
  if (!plus && !in.take('-')) return std::nullopt;
  int hours = 0, minutes = 0;
  if (!in.digits(2, hours)) return std::nullopt;
  if (!in.done()) {
    in.take(':');
    if (!in.digits(2, minutes)) return std::nullopt;
  }
  if (hours > 14 || minutes > 59) return std::nullopt;
  return (plus ? 1 : -1) * (hours * 60 + minutes) * 60 * kSecond;
}

struct Calendar {
  std::chrono::year_month_day date;
  std::chrono::weekday weekday;
  std::int64_t us_of_day;
};

Calendar calendar_of(std::int64_t utc_us) {
  const std::int64_t days = floor_divide(utc_us, kDay);
  const std::chrono::sys_days day{std::chrono::days(days)};
  return {std::chrono::year_month_day(day), std::chrono::weekday(day), utc_us - days * kDay};
}

}  // namespace

std::optional<std::int64_t> parse_timestamp(std::string_view text) {
  Cursor in(text);
  bool extended = true;
  const auto days = read_date(in, extended);
  if (!days || !in.take('T')) return std::nullopt;
  const auto time = read_time(in, extended);
  if (!time) return std::nullopt;
  const auto zone = read_zone(in);
  if (!zone || !in.done()) return std::nullopt;
  return *days * kDay + *time - *zone;
}

std::string format_date(std::int64_t utc_us) {
  const Calendar at = calendar_of(utc_us);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(at.date.year()), static_cast<unsigned>(at.date.month()),
                     static_cast<unsigned>(at.date.day()));
}

std::string format_timestamp(std::int64_t utc_us) {
  const std::int64_t ms = calendar_of(utc_us).us_of_day / 1'000;
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", format_date(utc_us), ms / 3'600'000, ms / 60'000 % 60,
                     ms / 1'000 % 60, ms % 1'000);
}

std::string http_date(std::int64_t utc_us) {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Calendar at = calendar_of(utc_us);
  const std::int64_t s = at.us_of_day / kSecond;
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[at.weekday.c_encoding()],
                     static_cast<unsigned>(at.date.day()), kMonths[static_cast<unsigned>(at.date.month()) - 1],
                     static_cast<int>(at.date.year()), s / 3'600, s / 60 % 60, s % 60);
}

bool is_date(std::string_view text) {
  Cursor in(text);
  bool extended = false;
  return read_date(in, extended) && extended && in.done();
}

bool is_time(std::string_view text) {
  Cursor in(text);
  int hour = 0, minute = 0, second = 0;
  if (!in.digits(2, hour) || !in.take(':') || !in.digits(2, minute)) return false;
  if (in.take(':') && !in.digits(2, second)) return false;
  return in.done() && hour < 24 && minute < 60 && second < 60;
}

std::int64_t rebuild_number(std::int64_t utc_us) { return floor_divide(utc_us - kFirstRebuild, kWeek); }
std::int64_t rebuild_start(std::int64_t number) { return kFirstRebuild + number * kWeek; }
bool in_rebuild_window(std::int64_t utc_us) {
  return utc_us - rebuild_start(rebuild_number(utc_us)) < 2 * 3'600 * kSecond;
}

}  // namespace cvr::sandbox
