// What a player looks keys up in: a Lookup, or a RouteLookup where keys are not known yet.  Any thread.
#pragma once

#include <memory>
#include <utility>
#include <variant>

#include "engine/lookup.h"
#include "engine/route_lookup.h"

namespace cvr::engine {

class Table {
 private:
  template <class F>
  auto visit(F f) const {
    if (const auto* lookup = std::get_if<Lookup>(&is_)) return f(*lookup);
    return f(*std::get<std::unique_ptr<RouteLookup>>(is_));
  }

 public:
  explicit Table(Lookup lookup) : is_(std::move(lookup)) {}
  explicit Table(std::unique_ptr<RouteLookup> by_route) : is_(std::move(by_route)) {}

  Bucket find(const MatchKey& key) const {
    return visit([&](auto& table) { return table.find(key); });
  }
  Group group(std::uint32_t index) const {
    return visit([&](auto& table) { return table.group(index); });
  }
  std::uint32_t interaction(std::uint32_t place) const {
    return visit([&](auto& table) { return table.interaction(place); });
  }
  std::uint32_t size() const {
    return visit([](auto& table) { return table.size(); });
  }
  // All numbers of groups are below this.
  std::uint32_t groups() const {
    const auto* lookup = std::get_if<Lookup>(&is_);
    return lookup != nullptr ? lookup->groups() : size();
  }
  // Whether one bucket may have several groups.
  bool may_have_rivals() const {
    const auto* lookup = std::get_if<Lookup>(&is_);
    return lookup == nullptr || lookup->groups() > lookup->buckets();
  }

 private:
  std::variant<Lookup, std::unique_ptr<RouteLookup>> is_;
};

}  // namespace cvr::engine
