// Which of many edits touch a stretch, without looking at all of them.  A value; one text.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "redact/budget.h"
#include "redact/edits.h"

namespace cvr::redact {

class Overlaps {
 public:
  // Those of `edits` from `first` on that `is_meant` picks.  They may overlap one another.
  template <class Pick>
  Overlaps(std::span<const Edit> edits, std::size_t first, const Pick& is_meant) {
    for (std::size_t i = first; i < edits.size(); ++i) {
      if (is_meant(edits[i])) places_.push_back({edits[i].begin, edits[i].end, edits[i].end, i});
    }
    std::ranges::sort(places_, {}, &Place::begin);
    for (std::size_t i = 1; i < places_.size(); ++i) places_[i].reach = std::max(places_[i].end, places_[i - 1].reach);
  }

  // Calls `visit(index of the edit)` for each that shares a byte with [begin, end), the last one first.  A step
  // costs a unit: edits that hold one another in many layers run out of budget.
  template <class Visit>
  void for_each(std::size_t begin, std::size_t end, Budget& budget, const Visit& visit) const {
    const auto after = std::ranges::lower_bound(places_, end, {}, &Place::begin);
    for (auto at = after; at != places_.begin() && budget.spend(1);) {
      --at;
      if (at->reach <= begin) return;
      if (at->end > begin) visit(at->index);
    }
  }

 private:
  struct Place {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t reach = 0;  // the furthest end up to here
    std::size_t index = 0;
  };
  std::vector<Place> places_;
};

}  // namespace cvr::redact
