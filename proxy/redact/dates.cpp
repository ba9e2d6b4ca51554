#include "redact/dates.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <vector>

namespace cvr::redact {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

// In full; the first three letters are the short form.
constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> kDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};
constexpr std::size_t kShort = 3;

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

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

// Which of `names` a word is, in full or short ("Sept" too).
template <std::size_t kCount>
std::optional<std::size_t> named(std::string_view word, const std::array<std::string_view, kCount>& names) {
  const auto same = [](char a, char b) { return lower(a) == lower(b); };
  for (std::size_t i = 0; i < kCount; ++i) {
    const bool known = word.size() == kShort || word.size() == names[i].size() ||
                       (word.size() == kShort + 1 && names[i].size() > word.size());
    if (known && word.size() <= names[i].size() && std::ranges::equal(word, names[i].substr(0, word.size()), same))
      return i;
  }
  return std::nullopt;
}

// In the case of `old`, in full when that is.
std::string name_like(std::string_view old, std::string_view was, std::string_view name) {
  std::string out(old.size() == was.size() && old.size() > kShort ? name : name.substr(0, kShort));
  for (std::size_t i = 0; i < out.size(); ++i) {
    const char sample = old[std::min(i, old.size() - 1)];
    out[i] = sample == lower(sample) ? lower(out[i]) : upper(out[i]);
  }
  return out;
}

// The words and numbers in front of a text, at most four: what a date with a month's name is made of.
struct Word {
  std::size_t begin = 0;
  std::string_view text;
};
std::vector<Word> words_of(std::string_view text) {
  constexpr std::size_t kMost = 4;
  std::vector<Word> out;
  for (std::size_t at = 0; at < text.size() && out.size() < kMost;) {
    const bool digit = is_digit(text[at]);
    if (!digit && !is_letter(text[at])) {
      if (!std::string_view(" ,-./").contains(text[at])) break;
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && (digit ? is_digit(text[end]) : is_letter(text[end]))) ++end;
    out.push_back({at, text.substr(at, end - at)});
    at = end;
  }
  return out;
}

// Two digits: 1970 to 2069.
std::int64_t year_of(std::string_view text) {
  const std::int64_t year = digits(text, 0, text.size());
  if (text.size() == 2 && year >= 0) return year + (year < 70 ? 2000 : 1900);
  return text.size() == 4 ? year : -1;
}

std::string number_like(std::string_view old, std::int64_t value) {
  std::string out(std::max<std::size_t>(old.size(), old.size() == 1 && value > 9 ? 2 : 1), '0');
  put_digits(out, 0, out.size(), value);
  return out;
}

// "Wed, 25 Nov 2026 10:30:00 GMT", "25-Nov-2026", "November 25, 2026", "25NOV26".
std::optional<std::string> shift_worded(std::string_view text, std::int64_t days) {
  constexpr std::size_t kLongest = 64;
  if (text.size() > kLongest || text.empty()) return std::nullopt;
  const std::vector<Word> words = words_of(text);
  std::size_t first = 0;
  const auto weekday = words.empty() ? std::nullopt : named(words[0].text, kDays);
  if (weekday) first = 1;
  if (words.size() < first + 3) return std::nullopt;
  const bool month_first = is_letter(words[first].text[0]);
  const Word& month = words[month_first ? first : first + 1];
  const Word& day = words[month_first ? first + 1 : first];
  const Word& year = words[first + 2];
  const auto number = named(month.text, kMonths);
  if (!number || day.text.size() > 2 || !is_time(text.substr(year.begin + year.text.size()))) return std::nullopt;
  const auto date =
      valid(year_of(year.text), static_cast<std::int64_t>(*number) + 1, digits(day.text, 0, day.text.size()));
  if (!date) return std::nullopt;
  const year_month_day by = shifted(*date, days);
  std::string out(text);
  // From the last on, so that places before it hold.
  const auto put = [&](const Word& old, const std::string& with) { out.replace(old.begin, old.text.size(), with); };
  put(year, number_like(year.text, static_cast<int>(by.year()) % (year.text.size() == 2 ? 100 : 10'000)));
  const auto put_month = [&] {
    put(month, name_like(month.text, kMonths[*number], kMonths[static_cast<unsigned>(by.month()) - 1]));
  };
  if (!month_first) put_month();
  put(day, number_like(day.text, static_cast<unsigned>(by.day())));
  if (month_first) put_month();
  if (weekday) {
    const std::chrono::weekday now{sys_days(by)};
    put(words[0], name_like(words[0].text, kDays[*weekday], kDays[now.c_encoding()]));
  }
  return out;
}

// "2026-09"; "2026-260", the day of the year (ISO 8601).
std::optional<std::string> shift_short(std::string_view text, std::int64_t days) {
  if (text.size() < 7 || text[4] != '-') return std::nullopt;
  const std::int64_t year = digits(text, 0, 4);
  std::string out(text);
  if (const std::int64_t day = digits(text, 5, 3); day >= 1 && is_time(text.substr(8))) {
    const auto january = valid(year, 1, 1);
    if (!january || day > (january->year().is_leap() ? 366 : 365)) return std::nullopt;
    const year_month_day by = shifted(year_month_day(sys_days(*january) + std::chrono::days(day - 1)), days);
    put_digits(out, 0, 4, static_cast<int>(by.year()));
    put_digits(out, 5, 3, (sys_days(by) - sys_days(by.year() / 1 / 1)).count() + 1);
    return out;
  }
  if (text.size() != 7) return std::nullopt;
  const auto middle = valid(year, digits(text, 5, 2), 15);
  if (!middle) return std::nullopt;
  const year_month_day by = shifted(*middle, days);
  put_digits(out, 0, 4, static_cast<int>(by.year()));
  put_digits(out, 5, 2, static_cast<unsigned>(by.month()));
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
  if (const auto worded = shift_worded(text, days)) return worded;
  if (const auto brief = shift_short(text, days)) return brief;
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
  return std::nullopt;
}

}  // namespace cvr::redact
