#include "engine/faults.h"

#include <algorithm>

#include "base/escape.h"
#include "base/size.h"
#include "cvr/match_rules.h"

namespace cvr::engine {
namespace {

constexpr std::size_t kLongestText = 1000;
constexpr std::int64_t kLongestDelayMs = 3'600'000;
constexpr std::uint64_t kMostCount = 1'000'000'000;

constexpr const char* kForm =
    "'METHOD PATH: ACTION' is needed, as in 'POST /trips: status=503'; actions: status=N [retry-after=S], reset, "
    "truncate=BYTES, delay=2s; and when: rate=0.3, times=N, after=N";

std::unexpected<Error> bad(std::string_view text, std::string_view why) {
  return fail(ErrorCode::kUsage, "--fault '" + printable(text.substr(0, kLongestText)) + "': " + std::string(why));
}

bool is_method(std::string_view text) {
  return text == "*" || (!text.empty() && std::ranges::all_of(text, [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
         }));
}

std::optional<std::uint64_t> number(std::string_view text, std::uint64_t most) {
  if (text.empty() || text.size() > 10 || text.find_first_not_of("0123456789") != text.npos) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) value = value * 10 + static_cast<std::uint64_t>(c - '0');
  return value <= most ? std::optional(value) : std::nullopt;
}

// "0.3", "1", ".5": between 0 and 1, both included.
std::optional<double> share(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const auto whole = point == 0 && !text.empty() ? std::optional<std::uint64_t>(0) : number(text.substr(0, point), 1);
  if (!whole) return std::nullopt;
  double value = static_cast<double>(*whole);
  if (point < text.size()) {
    const std::string_view digits = text.substr(point + 1);
    const auto part = digits.size() > 9 ? std::nullopt : number(digits, kMostCount);
    if (!part) return std::nullopt;
    double fraction = static_cast<double>(*part);
    for (std::size_t i = 0; i < digits.size(); ++i) fraction /= 10;
    value += fraction;
  }
  return value <= 1 ? std::optional(value) : std::nullopt;
}

// What is wrong with one word behind the colon; nullptr: nothing.
const char* take_word(std::string_view word, Fault& out) {
  const std::size_t equals = std::min(word.find('='), word.size());
  const std::string_view name = word.substr(0, equals);
  const std::string_view value = word.substr(std::min(equals + 1, word.size()));
  const auto count = number(value, kMostCount);
  if (word == "reset") {
    out.reset = true;
  } else if (name == "status") {
    if (!count || *count < 200 || *count > 599) return "status takes a number from 200 to 599";
    out.status = static_cast<int>(*count);
  } else if (name == "retry-after") {
    if (!count) return "retry-after takes a number of seconds";
    out.retry_after_s = *count;
  } else if (name == "truncate") {
    const auto bytes = parse_size(value);
    if (!bytes) return "truncate takes a size: digits with optional K, M or G";
    out.truncate_bytes = *bytes;
  } else if (name == "delay") {
    const auto ms = parse_duration_ms(value);
    if (!ms || *ms == 0 || *ms > kLongestDelayMs) return "delay takes a duration of at most an hour: 2s, 250ms, 1m";
    out.delay_ms = *ms;
  } else if (name == "rate") {
    const auto rate = share(value);
    if (!rate) return "rate takes a number from 0 to 1, as in 0.3";
    out.rate = *rate;
  } else if (name == "times" || name == "after") {
    if (!count) return "times and after take a number";
    (name == "times" ? out.times : out.after) = *count;
  } else {
    return kForm;
  }
  return nullptr;
}

std::uint64_t mixed(std::uint64_t x) {  // splitmix64, Steele et al. 2014
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

}  // namespace

Result<Fault> parse_fault(std::string_view text) {
  if (text.size() > kLongestText) return bad(text, "too long");
  Fault out;
  out.text = text;
  std::size_t colon = text.find(": ");  // a path may hold colons
  if (colon == text.npos) colon = text.rfind(':');
  if (colon == text.npos) return bad(text, kForm);
  const std::string_view front = text.substr(0, colon);
  const std::size_t space = front.find(' ');
  if (space == front.npos) return bad(text, kForm);
  out.method = front.substr(0, space);
  const std::size_t begin = front.find_first_not_of(' ', space);
  out.path = begin == front.npos ? std::string_view() : front.substr(begin);
  while (out.path.ends_with(' ')) out.path.pop_back();
  if (out.path == "*") out.path = "**";
  if (!is_method(out.method)) return bad(text, "METHOD is a method as GET, or * for any");
  if (out.path.empty() || (out.path.front() != '/' && out.path.front() != '*') ||
      out.path.find_first_of(" ?") != out.path.npos) {
    return bad(text, "PATH begins with / or *, and has no query");
  }
  std::string_view rest = text.substr(colon + 1);
  constexpr std::string_view kBetween = " ,";
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of(kBetween), rest.size());
    if (end > 0) {
      if (const char* problem = take_word(rest.substr(0, end), out)) return bad(text, problem);
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const int ends = (out.status != 0 ? 1 : 0) + (out.reset ? 1 : 0) + (out.truncate_bytes ? 1 : 0);
  if (ends > 1) return bad(text, "one of status, reset and truncate is enough");
  if (ends == 0 && out.delay_ms == 0) return bad(text, kForm);
  if (out.retry_after_s && out.status == 0) return bad(text, "retry-after goes with status=N");
  return out;
}

Faults::Faults(std::vector<Fault> faults, std::uint64_t seed)
    : faults_(std::move(faults)), seed_(seed), counts_(new Count[faults_.size()]) {}

// Whether it is this fault's turn, among the requests that match it.
bool Faults::fires(std::size_t index) {
  const Fault& fault = faults_[index];
  Count& count = counts_[index];
  const std::uint64_t at = count.matched.fetch_add(1, std::memory_order_relaxed);
  if (at < fault.after) return false;
  if (fault.rate < 1) {
    const std::uint64_t drawn = mixed(mixed(seed_ + index) ^ at) >> 11;  // 53 bits
    if (static_cast<double>(drawn) * 0x1p-53 >= fault.rate) return false;
  }
  std::uint64_t fired = count.fired.load(std::memory_order_relaxed);
  while (fired < fault.times) {
    if (count.fired.compare_exchange_weak(fired, fired + 1, std::memory_order_relaxed)) return true;
  }
  return false;
}

std::optional<Faulted> Faults::instead(std::string_view method, std::string_view path) {
  for (std::size_t i = 0; i < faults_.size(); ++i) {
    const Fault& fault = faults_[i];
    if (fault.status == 0 && !fault.reset) continue;
    if (fault.method != "*" && fault.method != method) continue;
    if (!match::fits_glob(fault.path, path) || !fires(i)) continue;
    return Faulted{fault.status, fault.retry_after_s, fault.text, fault.delay_ms};
  }
  return std::nullopt;
}

Mishap Faults::upon(std::string_view method, std::string_view path, std::uint64_t body_bytes) {
  Mishap out;
  for (std::size_t i = 0; i < faults_.size(); ++i) {
    const Fault& fault = faults_[i];
    if (fault.status != 0 || fault.reset) continue;
    if (fault.truncate_bytes && out.truncate_bytes) continue;
    if (fault.method != "*" && fault.method != method) continue;
    if (!match::fits_glob(fault.path, path)) continue;
    if (fault.truncate_bytes && *fault.truncate_bytes >= body_bytes) {
      counts_[i].matched.fetch_add(1, std::memory_order_relaxed);
      continue;
    }
    if (!fires(i)) continue;
    out.delay_ms = std::min(out.delay_ms + fault.delay_ms, kLongestDelayMs);
    if (fault.truncate_bytes) out.truncate_bytes = fault.truncate_bytes;
  }
  return out;
}

std::vector<FaultCount> Faults::counts() const {
  std::vector<FaultCount> out;
  for (std::size_t i = 0; i < faults_.size(); ++i) {
    out.push_back({faults_[i].text, counts_[i].matched.load(), counts_[i].fired.load()});
  }
  return out;
}

Playback truncated(const Playback& playback, std::uint64_t bytes) {
  if (playback.bodiless || bytes >= playback.body.size()) return playback;
  Playback out = playback;
  out.announced = playback.cut_after ? playback.announced : playback.body.size();
  out.cut_after = bytes;
  out.body.resize(static_cast<std::size_t>(bytes));
  std::uint64_t at = 0;
  for (std::size_t i = 0; i < out.pieces.size(); ++i) {
    const std::uint64_t before = at;
    at += out.pieces[i].bytes;
    if (at < bytes) continue;
    out.pieces[i].bytes = bytes - before;
    out.pieces.resize(i + 1);
  }
  make_wire(out);
  return out;
}

}  // namespace cvr::engine
