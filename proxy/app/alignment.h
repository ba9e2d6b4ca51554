// Which interactions of one side of a three-way merge stand in the places of which of the base's.  Pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "cassette/digest.h"

namespace cvr::app {

using Bucket = std::pair<std::uint64_t, std::uint64_t>;  // of the match key: those of one answer the same request

// One interaction: what it is, byte for byte, and what it answers.
struct Stand {
  cassette::Digest identity;
  Bucket bucket;
};

class Alignment {
 public:
  // Within each bucket, which replay plays in order, what stands unchanged on both sides parts it into stretches;
  // what is gone from a stretch and what is new in it are one another's, in order.
  Alignment(const std::vector<Stand>& base, const std::vector<Stand>& side);

  // Indexes of the base and of the side.  An interaction may stand unchanged, stand for one that is gone, or be added.
  std::optional<std::size_t> same(const cassette::Digest& identity) const;  // on the side, the first of them
  bool is_in_base(std::size_t on_side) const { return in_base_[on_side]; }
  std::optional<std::size_t> replaced_by(std::size_t in_base) const;
  std::optional<std::size_t> replaces(std::size_t on_side) const;
  bool is_added(std::size_t on_side) const { return !in_base_[on_side] && !replaces(on_side); }

 private:
  struct Lane {
    std::vector<std::size_t> base, side;
  };
  void pair(const Lane& lane, const std::vector<Stand>& base, const std::vector<Stand>& side);

  std::map<cassette::Digest, std::size_t> on_side_;
  std::vector<bool> in_base_;
  std::map<std::size_t, std::size_t> by_base_, by_side_;
};

}  // namespace cvr::app
