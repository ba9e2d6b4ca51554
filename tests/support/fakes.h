// Made-up machines for tests: a clock that stands still until told, entropy from a seed.
#pragma once

#include <cstdint>
#include <random>
#include <span>

#include "cvr/system.h"

namespace cvr::test {

class FakeClock : public Clock {
 public:
  explicit FakeClock(std::int64_t utc_us = 1'772'000'000'000'000) : utc_us_(utc_us) {}
  std::int64_t utc_us() const override { return utc_us_; }
  std::int64_t monotonic_us() const override { return utc_us_; }
  void advance_us(std::int64_t by) { utc_us_ += by; }

 private:
  std::int64_t utc_us_;
};

class SeededEntropy : public Entropy {
 public:
  explicit SeededEntropy(std::uint64_t seed) : engine_(seed) {}
  void fill(std::span<std::uint8_t> out) override {
    for (auto& byte : out) byte = static_cast<std::uint8_t>(engine_());
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace cvr::test
