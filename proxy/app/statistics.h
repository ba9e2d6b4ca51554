// Figures of a cassette by route: how many, which answers, how long they took, how large they were.
// Exact: one number an interaction is kept.  One thread at a time.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cvr/interaction.h"

namespace cvr::app {

struct RouteFigures {
  std::string route;   // "GET /trips/*"
  std::string origin;  // "https://api.example.com"
  std::uint64_t count = 0;
  std::map<std::string, std::uint64_t> outcomes;        // "200", "timeout"
  std::int64_t p50_us = 0, p95_us = 0, p99_us = 0;      // of the whole exchange, nearest rank
  std::uint64_t request_bytes = 0, response_bytes = 0;  // of bodies on the wire, added up
  std::uint64_t largest_response = 0;
};

class Statistics {
 public:
  void add(const RedactedParts& parts);
  void add_refusal() { ++refusals_; }  // of a client that was not heard
  std::uint64_t refusals() const { return refusals_; }
  // By route, and then all of them; that one's route is empty.
  std::vector<RouteFigures> routes() const;
  RouteFigures total() const;

 private:
  struct Collected {
    RouteFigures figures;
    std::vector<std::int64_t> latencies;
  };
  static RouteFigures finished(const Collected& collected);
  std::map<std::pair<std::string, std::string>, Collected> routes_;
  std::uint64_t refusals_ = 0;
};

// The value at the given share of the sorted list: the smallest that at least so many do not exceed.
std::int64_t percentile(const std::vector<std::int64_t>& sorted, int percent);

// As a table for people, and as one JSON object.
std::string statistics_text(const Statistics& statistics);
std::string statistics_json(const Statistics& statistics);

}  // namespace cvr::app
