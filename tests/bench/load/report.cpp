#include "report.h"

#include <cstdio>

namespace cvr::load {
namespace {

class Object {
 public:
  void number(const char* name, double value) {
    char text[48];
    std::snprintf(text, sizeof text, "%.6g", value);
    raw(name, text);
  }
  void number(const char* name, std::uint64_t value) { raw(name, std::to_string(value)); }
  void raw(const std::string& name, const std::string& value) {
    text_ += (text_.empty() ? "\"" : ", \"") + name + "\": " + value;
  }
  std::string text() const { return "{" + text_ + "}"; }

 private:
  std::string text_;
};

std::string percentiles(const Histogram& histogram) {
  Object object;
  const auto us = [](std::uint64_t ns) { return static_cast<double>(ns) / 1000; };
  object.number("p50", us(histogram.percentile(0.50)));
  object.number("p90", us(histogram.percentile(0.90)));
  object.number("p99", us(histogram.percentile(0.99)));
  object.number("p999", us(histogram.percentile(0.999)));
  object.number("max", us(histogram.max()));
  return object.text();
}

std::string memory(const Memory& memory) {
  Object object;
  object.number("resident", memory.resident_kib);
  object.number("anonymous", memory.anonymous_kib);
  object.number("peak", memory.peak_kib);
  return object.text();
}

// Keys are statuses or our own words: nothing to escape.
template <class Key>
std::string counts(const std::map<Key, std::uint64_t>& map) {
  Object object;
  for (const auto& [key, count] : map) {
    if constexpr (std::is_same_v<Key, int>) {
      object.raw(std::to_string(key), std::to_string(count));
    } else {
      object.raw(key, std::to_string(count));
    }
  }
  return object.text();
}

}  // namespace

std::string to_json(const Totals& totals) {
  Object object;
  object.number("answers", totals.answers);
  object.number("unexpected", totals.unexpected);
  object.raw("failures", counts(totals.failures));
  object.raw("stalled", totals.stalled ? "true" : "false");
  object.raw("statuses", counts(totals.statuses));
  object.number("body_bytes", totals.body_bytes);
  object.number("seconds", totals.seconds);
  object.number("cpu_seconds", totals.watched_cpu_seconds);
  object.number("own_cpu_seconds", totals.own_cpu_seconds);
  object.number("connections", totals.connecting.count());
  object.raw("latency_us", percentiles(totals.latency));
  object.raw("connecting_us", percentiles(totals.connecting));
  object.raw("memory_before_kib", memory(totals.memory_before));
  object.raw("memory_after_kib", memory(totals.memory_after));
  return object.text();
}

bool is_clean(const Totals& totals) {
  return totals.answers > 0 && totals.unexpected == 0 && totals.failures.empty() && !totals.stalled;
}

}  // namespace cvr::load
