#include "match/digester.h"

#include <algorithm>

namespace cvr::match {
namespace {

enum Seed : std::uint64_t { kLeafSeed = 0x100, kNameSeed = 0x200, kContainerSeed = 0x300 };

Digest empty(Shape shape) {
  const Hash hash{0x9e3779b97f4a7c15ULL, static_cast<std::uint64_t>(shape) + 1};
  return {hash, hash};
}

bool is_masked(const Leaf& leaf) {
  return leaf.exact.data() != leaf.by_kind.data() || leaf.exact.size() != leaf.by_kind.size();
}

// Most objects have few members, and many are written in one order; no buffer is needed for them.
template <class Iterator, class Less>
void sort_stably(Iterator first, Iterator last, Less less) {
  constexpr auto kFew = 24;
  if (last - first > kFew) return std::stable_sort(first, last, less);
  for (Iterator it = first; it != last; ++it) {
    if (it == first || !less(*it, it[-1])) continue;
    std::rotate(std::upper_bound(first, it, *it, less), it, it + 1);
  }
}

template <class Member>
Hash hash_of_members(const std::vector<Member>& members, std::size_t first, Shape shape) {
  static_assert(sizeof(Member) == 2 * sizeof(Hash));
  const std::string_view bytes(reinterpret_cast<const char*>(members.data() + first),
                               (members.size() - first) * sizeof(Member));
  return hash_of(bytes, kContainerSeed + static_cast<std::uint64_t>(shape));
}

}  // namespace

Digester::Digester() {
  open_.reserve(8);
  members_.reserve(16);
}

void Digester::mask() {
  if (masked_) return;
  masked_ = true;
  exact_ = members_;
}

void Digester::begin(Shape shape) { open_.push_back({shape, members_.size(), {}, empty(shape)}); }

// Hashes go by value here, in registers: a Digest that is stored in halves and loaded at once stalls
// (half of the time of a key went there).
void Digester::name(const Leaf& name) {
  const Hash by_kind = hash_of(name.by_kind, kNameSeed);
  Hash exact = by_kind;
  if (is_masked(name)) {
    mask();
    exact = hash_of(name.exact, kNameSeed);
  }
  last_name_ = {by_kind, exact};
  open_.back().name = {by_kind, exact};
}

void Digester::leaf(const Leaf& leaf) {
  const std::uint64_t seed = kLeafSeed + static_cast<std::uint64_t>(leaf.type);
  const Hash by_kind = hash_of(leaf.by_kind, seed);
  if (!is_masked(leaf)) return add(by_kind, by_kind);
  mask();
  add(by_kind, hash_of(leaf.exact, seed));
}

void Digester::restart() {
  open_.clear();
  members_.clear();
  exact_.clear();
  masked_ = false;
  last_ = {};
}

Digest Digester::take() {
  const Digest taken = last_;
  restart();
  return taken;
}

void Digester::add(Hash by_kind, Hash exact) {
  last_ = {by_kind, exact};
  if (open_.empty()) return;
  Open& top = open_.back();
  if (top.shape == Shape::kArray) {
    const Hash fold = hash_of_all(top.fold.by_kind, by_kind);
    top.fold.exact = masked_ ? hash_of_all(top.fold.exact, exact) : fold;
    top.fold.by_kind = fold;
    return;
  }
  members_.push_back({top.name.by_kind, by_kind});
  if (masked_) exact_.push_back({top.name.exact, exact});
}

void Digester::sort(const Open& open) {
  const auto first = members_.begin() + static_cast<std::ptrdiff_t>(open.first_member);
  if (open.shape == Shape::kObject) {
    sort_stably(first, members_.end(), [](const Member& a, const Member& b) { return a.name < b.name; });
  } else {
    sort_stably(first, members_.end(), std::less<>());
  }
}

// The same order for both lists; what is equal by kind among pairs is ordered exactly.
void Digester::sort_masked(const Open& open) {
  using Both = std::pair<Member, Member>;
  std::vector<Both> both;
  for (std::size_t i = open.first_member; i < members_.size(); ++i) both.emplace_back(members_[i], exact_[i]);
  if (open.shape == Shape::kObject) {
    sort_stably(both.begin(), both.end(), [](const Both& a, const Both& b) { return a.first.name < b.first.name; });
  } else {
    sort_stably(both.begin(), both.end(), std::less<>());
  }
  for (std::size_t i = 0; i < both.size(); ++i) {
    members_[open.first_member + i] = both[i].first;
    exact_[open.first_member + i] = both[i].second;
  }
}

void Digester::end() {
  const Open ended = open_.back();
  open_.pop_back();
  if (ended.shape == Shape::kArray) return add(ended.fold.by_kind, ended.fold.exact);
  if (members_.size() > ended.first_member + 1) masked_ ? sort_masked(ended) : sort(ended);
  const Hash by_kind = hash_of_members(members_, ended.first_member, ended.shape);
  const Hash exact = masked_ ? hash_of_members(exact_, ended.first_member, ended.shape) : by_kind;
  members_.resize(ended.first_member);
  if (masked_) exact_.resize(ended.first_member);
  add(by_kind, exact);
}

}  // namespace cvr::match
