#include "importers/times.h"

#include <array>
#include <chrono>

namespace cvr::importers {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

// Takes pieces off the front; one that is not there makes it bad.
class Pieces {
 public:
  explicit Pieces(std::string_view text) : rest_(text) {}

  int digits(std::size_t least, std::size_t most) {
    int value = 0;
    std::size_t n = 0;
    while (n < most && n < rest_.size() && rest_[n] >= '0' && rest_[n] <= '9') value = value * 10 + (rest_[n++] - '0');
    good_ = good_ && n >= least;
    rest_.remove_prefix(n);
    return value;
  }
  bool took(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  void need(std::string_view word) { good_ = took(word) && good_; }
  // Of a second, in microseconds; further digits are cut.
  int fraction() {
    int value = 0;
    int factor = 100'000;
    for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; rest_.remove_prefix(1)) {
      value += (rest_.front() - '0') * factor;
      factor /= 10;
    }
    return value;
  }
  // Seconds east of Greenwich.
  int zone() {
    if (rest_.empty() || took("Z") || took("GMT") || took("UTC")) return 0;
    const bool east = took("+");
    if (!east) need("-");
    const int hours = digits(2, 2);
    took(":");
    const int seconds = hours * 3600 + digits(2, 2) * 60;
    return east ? seconds : -seconds;
  }
  bool done() const { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

struct Moment {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, microsecond = 0, zone = 0;
};

std::optional<std::int64_t> utc_of(const Moment& m) {
  const std::chrono::year_month_day day{std::chrono::year(m.year), std::chrono::month(static_cast<unsigned>(m.month)),
                                        std::chrono::day(static_cast<unsigned>(m.day))};
  if (!day.ok() || m.hour > 23 || m.minute > 59 || m.second > 60) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(day).time_since_epoch().count();
  return (days * 86'400 + m.hour * 3600 + m.minute * 60 + m.second - m.zone) * kSecond + m.microsecond;
}

int month_of(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (text == kMonths[i]) return static_cast<int>(i) + 1;
  }
  return 0;
}

}  // namespace

std::optional<std::int64_t> utc_from_iso(std::string_view text) {
  Pieces pieces(text);
  Moment m;
  m.year = pieces.digits(4, 4);
  pieces.need("-");
  m.month = pieces.digits(2, 2);
  pieces.need("-");
  m.day = pieces.digits(2, 2);
  if (!pieces.took("T")) pieces.need(" ");
  m.hour = pieces.digits(2, 2);
  pieces.need(":");
  m.minute = pieces.digits(2, 2);
  pieces.need(":");
  m.second = pieces.digits(2, 2);
  if (pieces.took(".")) m.microsecond = pieces.fraction();
  m.zone = pieces.zone();
  return pieces.done() ? utc_of(m) : std::nullopt;
}

std::optional<std::int64_t> utc_from_date(std::string_view text) {
  if (text.size() > 5 && text[3] == ',') text.remove_prefix(5);
  Pieces day(text.substr(0, text.find(' ')));
  Moment m;
  m.day = day.digits(1, 2);
  const std::size_t space = text.find(' ');
  if (!day.done() || space == text.npos || text.size() < space + 10) return std::nullopt;
  m.month = month_of(text.substr(space + 1, 3));
  Pieces rest(text.substr(space + 4));
  rest.need(" ");
  m.year = rest.digits(4, 4);
  rest.need(" ");
  m.hour = rest.digits(2, 2);
  rest.need(":");
  m.minute = rest.digits(2, 2);
  rest.need(":");
  m.second = rest.digits(2, 2);
  rest.need(" ");
  m.zone = rest.zone();
  return rest.done() ? utc_of(m) : std::nullopt;
}

}  // namespace cvr::importers
