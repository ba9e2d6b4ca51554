#include "app/statistics.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/escape.h"
#include "base/json_writer.h"
#include "exporters/common.h"
#include "match/route.h"

namespace cvr::app {
namespace {

std::string outcome_of(const RedactedParts& parts) {
  if (parts.failure) return std::string(to_string(parts.failure->kind));
  return parts.response ? std::to_string(parts.response->status) : "none";
}

std::string outcomes_text(const RouteFigures& figures) {
  std::string out;
  for (const auto& [outcome, count] : figures.outcomes) {
    out += (out.empty() ? "" : " ") + outcome + (count > 1 ? "x" + std::to_string(count) : std::string());
  }
  return out;
}

// "812 B", "1.2 KiB": a number people can compare at a glance.
std::string size_text(std::uint64_t bytes) {
  if (bytes < 1024) return std::to_string(bytes) + " B";
  constexpr const char* kUnits[] = {"KiB", "MiB", "GiB", "TiB"};
  double size = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  for (; size >= 1024 && unit < 3; ++unit) size /= 1024;
  return fmt::format("{:.1f} {}", size, kUnits[unit]);
}

std::string row(const RouteFigures& f, const std::string& name, std::size_t width) {
  return fmt::format("{:<{}}  {:>7}  {:>9.1f} {:>9.1f} {:>9.1f}  {:>10} {:>10} {:>10}  {}\n", name, width, f.count,
                     exporters::milliseconds(f.p50_us), exporters::milliseconds(f.p95_us),
                     exporters::milliseconds(f.p99_us), size_text(f.request_bytes), size_text(f.response_bytes),
                     size_text(f.largest_response), outcomes_text(f));
}

void write(json::Writer& w, const RouteFigures& f) {
  w.begin_object();
  if (!f.route.empty()) w.member("route", f.route).member("origin", f.origin);
  w.member("count", f.count).key("outcomes").begin_object();
  for (const auto& [outcome, count] : f.outcomes) w.member(outcome, count);
  w.end_object().key("ms").begin_object().member("p50", exporters::milliseconds(f.p50_us));
  w.member("p95", exporters::milliseconds(f.p95_us)).member("p99", exporters::milliseconds(f.p99_us)).end_object();
  w.member("request_bytes", f.request_bytes).member("response_bytes", f.response_bytes);
  w.member("largest_response", f.largest_response).end_object();
}

}  // namespace

std::int64_t percentile(const std::vector<std::int64_t>& sorted, int percent) {
  if (sorted.empty()) return 0;
  const std::size_t rank = (sorted.size() * static_cast<std::size_t>(percent) + 99) / 100;
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

void Statistics::add(const RedactedParts& parts) {
  const std::string route = match::route_text(parts.request);
  const std::string origin = http::to_string(parts.request.origin);
  Collected& to = routes_[{origin, route}];
  to.figures.route = route;
  to.figures.origin = origin;
  ++to.figures.count;
  ++to.figures.outcomes[outcome_of(parts)];
  to.latencies.push_back(std::max<std::int64_t>(parts.timing.finished_us, 0));
  to.figures.request_bytes += parts.request.body.wire_size;
  const std::uint64_t answer = parts.response ? parts.response->body.wire_size : 0;
  to.figures.response_bytes += answer;
  to.figures.largest_response = std::max(to.figures.largest_response, answer);
}

RouteFigures Statistics::finished(const Collected& collected) {
  RouteFigures out = collected.figures;
  std::vector<std::int64_t> sorted = collected.latencies;
  std::ranges::sort(sorted);
  out.p50_us = percentile(sorted, 50);
  out.p95_us = percentile(sorted, 95);
  out.p99_us = percentile(sorted, 99);
  return out;
}

std::vector<RouteFigures> Statistics::routes() const {
  std::vector<RouteFigures> out;
  for (const auto& [key, collected] : routes_) out.push_back(finished(collected));
  return out;
}

RouteFigures Statistics::total() const {
  Collected all;
  for (const auto& [key, one] : routes_) {
    all.figures.count += one.figures.count;
    all.figures.request_bytes += one.figures.request_bytes;
    all.figures.response_bytes += one.figures.response_bytes;
    all.figures.largest_response = std::max(all.figures.largest_response, one.figures.largest_response);
    for (const auto& [outcome, count] : one.figures.outcomes) all.figures.outcomes[outcome] += count;
    all.latencies.insert(all.latencies.end(), one.latencies.begin(), one.latencies.end());
  }
  return finished(all);
}

std::string statistics_text(const Statistics& statistics) {
  const std::vector<RouteFigures> routes = statistics.routes();
  bool one_origin = true;
  for (const RouteFigures& f : routes) one_origin = one_origin && f.origin == routes.front().origin;
  std::vector<std::string> names;
  std::size_t width = 5;
  for (const RouteFigures& f : routes) {
    names.push_back(printable(shortened(one_origin ? f.route : f.route + "  " + f.origin, 100)));
    width = std::max(width, names.back().size());
  }
  std::string out = one_origin && !routes.empty() ? printable(routes.front().origin) + "\n" : std::string();
  out += fmt::format("{:<{}}  {:>7}  {:>9} {:>9} {:>9}  {:>10} {:>10} {:>10}  {}\n", "route", width, "count", "p50 ms",
                     "p95 ms", "p99 ms", "sent", "received", "largest", "answers");
  for (std::size_t i = 0; i < routes.size(); ++i) out += row(routes[i], names[i], width);
  out += row(statistics.total(), "all", width);
  if (statistics.refusals() > 0) out += fmt::format("{} not heard; cvr ls says why\n", statistics.refusals());
  return out;
}

std::string statistics_json(const Statistics& statistics) {
  json::Writer w;
  w.begin_object().key("routes").begin_array();
  for (const RouteFigures& figures : statistics.routes()) write(w, figures);
  w.end_array().key("all");
  write(w, statistics.total());
  w.member("refused", statistics.refusals()).end_object();
  return w.take() + "\n";
}

}  // namespace cvr::app
