// How much work one text may cost.  Searching is linear for any honest text; a hostile one (long
// near misses, encodings in encodings) runs out of budget, and the text is left out: fail closed.
#pragma once

#include <cstdint>

namespace cvr::redact {

class Budget {
 public:
  // `size`: bytes of the text.  A unit is about one byte compared.
  explicit Budget(std::uint64_t size) : left_((1u << 20) + size * 64) {}

  bool spend(std::uint64_t units) {
    if (units > left_) {
      left_ = 0;
      exhausted_ = true;
      return false;
    }
    left_ -= units;
    return true;
  }
  void exhaust() { spend(~std::uint64_t{0}); }
  bool exhausted() const { return exhausted_; }

 private:
  std::uint64_t left_;
  bool exhausted_ = false;
};

}  // namespace cvr::redact
