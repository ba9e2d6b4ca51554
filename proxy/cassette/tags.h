// The pairs of kind and rule that the spans of one record use.  A span names its pair by number, so
// that "header.allowlist" stands once in a record and not once a header.  One thread at a time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cvr/interaction.h"

namespace cvr::cassette {

struct Tag {
  Kind kind = Kind::kOther;
  std::string rule;
};

class TagTable {
 public:
  std::uint32_t index_of(Kind kind, std::string_view rule) {
    // Most records have fewer than ten pairs; a hostile one must not make this quadratic.
    const std::size_t looked = std::min(list_.size(), kLooked);
    for (std::size_t i = 0; i < looked; ++i) {
      if (list_[i].kind == kind && list_[i].rule == rule) return static_cast<std::uint32_t>(i);
    }
    const auto next = static_cast<std::uint32_t>(list_.size());
    if (next >= kLooked) {
      const auto [place, is_new] = others_.try_emplace({kind, std::string(rule)}, next);
      if (!is_new) return place->second;
    }
    list_.push_back({kind, std::string(rule)});
    return next;
  }
  const std::vector<Tag>& list() const { return list_; }

 private:
  static constexpr std::size_t kLooked = 32;
  std::vector<Tag> list_;
  std::map<std::pair<Kind, std::string>, std::uint32_t> others_;  // from number kLooked on
};

}  // namespace cvr::cassette
