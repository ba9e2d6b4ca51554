#include "histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace cvr::load {

Histogram::Histogram() : buckets_(std::size_t{65 - kStepBits} << kStepBits) {}

std::size_t Histogram::bucket_of(std::uint64_t value) {
  if (value < (1u << kStepBits)) return value;
  // `shift` is how many low bits of the value its bucket does not tell.
  const unsigned shift = static_cast<unsigned>(std::bit_width(value)) - 1 - kStepBits;
  const std::uint64_t step = (value >> shift) - (1u << kStepBits);
  return ((std::size_t{shift} + 1) << kStepBits) + step;
}

std::uint64_t Histogram::last_value_of(std::size_t bucket) {
  if (bucket < (1u << kStepBits)) return bucket;
  const std::size_t shift = (bucket >> kStepBits) - 1;
  const std::uint64_t step = (bucket & ((1u << kStepBits) - 1)) | (1u << kStepBits);
  return (step << shift) + ((std::uint64_t{1} << shift) - 1);
}

void Histogram::add(std::uint64_t value) {
  ++buckets_[bucket_of(value)];
  ++count_;
  max_ = std::max(max_, value);
}

std::uint64_t Histogram::percentile(double fraction) const {
  if (count_ == 0) return 0;
  const double rank = std::ceil(std::clamp(fraction, 0.0, 1.0) * static_cast<double>(count_));
  const std::uint64_t wanted = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(rank));
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < buckets_.size(); ++i) {
    seen += buckets_[i];
    if (seen >= wanted) return std::min(last_value_of(i), max_);
  }
  return max_;
}

}  // namespace cvr::load
