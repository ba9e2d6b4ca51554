// A log-linear histogram of durations: fixed memory, constant-time insertion, and percentiles
// whose relative error is below 1/128.  One thread at a time.  Unit: whatever the caller adds
// (nanoseconds here).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cvr::load {

class Histogram {
 public:
  Histogram();

  void add(std::uint64_t value);
  std::uint64_t count() const { return count_; }
  std::uint64_t max() const { return max_; }

  // The smallest value that at least `fraction` (0..1) of all values do not exceed, within the
  // histogram's precision (nearest-rank).  0 when empty; never above max().
  std::uint64_t percentile(double fraction) const;

 private:
  // Values below 2^kStepBits have a bucket each; above, every power of two is cut into 2^kStepBits.
  static constexpr unsigned kStepBits = 7;
  static std::size_t bucket_of(std::uint64_t value);
  static std::uint64_t last_value_of(std::size_t bucket);

  std::vector<std::uint64_t> buckets_;
  std::uint64_t count_ = 0;
  std::uint64_t max_ = 0;
};

}  // namespace cvr::load
