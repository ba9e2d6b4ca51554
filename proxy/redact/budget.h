// How much work one text may cost.  Searching is linear for any honest text; a hostile one (long
// near misses, encodings in encodings, decompression bombs) runs out of budget, and the text is left
// out: fail closed.
#pragma once

#include <cstdint>
#include <string_view>

namespace cvr::redact {

class Budget {
 public:
  static constexpr std::uint64_t kMaxUnpacked = 32u << 20;  // bytes out of compressed data, in all

  // `size`: bytes of the text.  A unit is about one byte compared.
  // `cut`: the text stops half way, and a known value may stop with it.
  explicit Budget(std::uint64_t size, bool cut = false) : left_((1u << 20) + size * kPasses), cut_(cut) {}
  bool cut() const { return cut_; }

  bool spend(std::uint64_t units) {
    if (units <= left_) {
      left_ -= units;
      return true;
    }
    exhaust("too much to search");
    return false;
  }

  // Compressed data has grown by so many bytes, which want searching too.
  bool unpack(std::uint64_t bytes) {
    if (bytes > unpackable_) {
      exhaust("compressed data over the limit");
      return false;
    }
    unpackable_ -= bytes;
    left_ += bytes * kPasses;
    return true;
  }
  std::uint64_t unpackable() const { return unpackable_; }

  // `reason`: a literal.  The first one counts.
  void exhaust(std::string_view reason) {
    left_ = 0;
    if (reason_.empty()) reason_ = reason;
  }
  bool exhausted() const { return !reason_.empty(); }
  std::string_view reason() const { return reason_; }

 private:
  static constexpr std::uint64_t kPasses = 64;
  std::uint64_t left_;
  bool cut_;
  std::uint64_t unpackable_ = kMaxUnpacked;
  std::string_view reason_;
};

}  // namespace cvr::redact
