#include "app/alignment.h"

#include <algorithm>

namespace cvr::app {
namespace {

std::optional<std::size_t> find(const std::map<std::size_t, std::size_t>& map, std::size_t key) {
  const auto found = map.find(key);
  return found == map.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

Alignment::Alignment(const std::vector<Stand>& base, const std::vector<Stand>& side) {
  std::map<cassette::Digest, std::size_t> in_base;
  std::map<Bucket, Lane> lanes;
  for (std::size_t i = 0; i < base.size(); ++i) {
    in_base.try_emplace(base[i].identity, i);
    lanes[base[i].bucket].base.push_back(i);
  }
  for (std::size_t i = 0; i < side.size(); ++i) {
    on_side_.try_emplace(side[i].identity, i);
    in_base_.push_back(in_base.contains(side[i].identity));
    lanes[side[i].bucket].side.push_back(i);
  }
  for (const auto& [bucket, lane] : lanes) pair(lane, base, side);
}

void Alignment::pair(const Lane& lane, const std::vector<Stand>& base, const std::vector<Stand>& side) {
  std::map<cassette::Digest, std::size_t> turn_of;
  for (std::size_t turn = 0; turn < lane.base.size(); ++turn) turn_of.try_emplace(base[lane.base[turn]].identity, turn);
  std::size_t begin = 0;  // of the stretch, as turns of the base
  std::vector<std::size_t> fresh;
  const auto close = [&](std::size_t end) {
    auto next = fresh.begin();
    for (; begin < end && next != fresh.end(); ++begin) {
      const std::size_t gone = lane.base[begin];
      if (on_side_.contains(base[gone].identity)) continue;
      by_base_[gone] = *next;
      by_side_[*next++] = gone;
    }
    fresh.clear();
  };
  for (const std::size_t i : lane.side) {
    if (!in_base_[i]) {
      fresh.push_back(i);
      continue;
    }
    // One that stands before what was passed has moved, and parts nothing.
    const auto turn = turn_of.find(side[i].identity);
    if (turn == turn_of.end() || turn->second < begin) continue;
    close(turn->second);
    begin = turn->second + 1;
  }
  close(lane.base.size());
}

std::optional<std::size_t> Alignment::same(const cassette::Digest& identity) const {
  const auto found = on_side_.find(identity);
  return found == on_side_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> Alignment::replaced_by(std::size_t in_base) const { return find(by_base_, in_base); }

std::optional<std::size_t> Alignment::replaces(std::size_t on_side) const { return find(by_side_, on_side); }

}  // namespace cvr::app
