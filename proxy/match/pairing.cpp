#include "match/pairing.h"

#include <map>

namespace cvr::match {
namespace {

struct Side {
  std::vector<MatchKey> keys;
  std::vector<bool> paired;
};

Side side_of(const Recording& recording, const MatchRules& rules, std::vector<std::uint64_t>& unreadable) {
  Side out;
  for (std::uint64_t i = 0; i < recording.count; ++i) {
    const auto fetched = recording.fetch(i);
    out.keys.push_back(fetched ? key_of((*fetched)->request, rules) : MatchKey{});
    out.paired.push_back(!fetched);
    if (!fetched) unreadable.push_back(i + 1);
  }
  return out;
}

// Pairs what has the same mark on both sides, in recorded order.
template <class Mark>
std::vector<Pair> pair_by(Side& first, Side& second, Mark mark) {
  std::map<decltype(mark(MatchKey{})), std::vector<std::size_t>> waiting;
  for (std::size_t i = second.keys.size(); i-- > 0;) {
    if (!second.paired[i]) waiting[mark(second.keys[i])].push_back(i);
  }
  std::vector<Pair> out;
  for (std::size_t i = 0; i < first.keys.size(); ++i) {
    if (first.paired[i]) continue;
    const auto found = waiting.find(mark(first.keys[i]));
    if (found == waiting.end() || found->second.empty()) continue;
    out.emplace_back(i, found->second.back());
    first.paired[i] = second.paired[found->second.back()] = true;
    found->second.pop_back();
  }
  return out;
}

std::vector<std::uint64_t> unpaired(const Side& side) {
  std::vector<std::uint64_t> out;
  for (std::size_t i = 0; i < side.paired.size(); ++i) {
    if (!side.paired[i]) out.push_back(i + 1);
  }
  return out;
}

}  // namespace

Pairing pair(const Recording& first, const Recording& second, const MatchRules& rules) {
  Pairing out;
  Side a = side_of(first, rules, out.unreadable_a);
  Side b = side_of(second, rules, out.unreadable_b);
  out.equal = pair_by(a, b, [](const MatchKey& key) { return std::pair(key.bucket_hi, key.bucket_lo); });
  out.same_path = pair_by(a, b, [](const MatchKey& key) { return key.bucket_hi >> 32; });
  out.same_route = pair_by(a, b, [](const MatchKey& key) { return key.bucket_hi >> 48; });
  out.only_first = unpaired(a);
  out.only_second = unpaired(b);
  return out;
}

}  // namespace cvr::match
