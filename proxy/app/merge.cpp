#include "app/merge.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/escape.h"
#include "cassette/digest.h"
#include "cvr/matcher.h"
#include "exporters/common.h"
#include "match/differences.h"

namespace cvr::app {
namespace {

using Identity = cassette::Digest;
using Bucket = std::pair<std::uint64_t, std::uint64_t>;

Result<std::vector<Identity>> identities_of(const cassette::Reader& reader) {
  std::vector<Identity> out;
  for (std::uint64_t i = 0; i < reader.size(); ++i) {
    const auto interaction = reader.interaction(i);
    if (!interaction) return std::unexpected(interaction.error());
    out.push_back(cassette::sha256(cassette::encode(*interaction)));
  }
  return out;
}

std::set<Identity> set_of(const std::vector<Identity>& list) { return {list.begin(), list.end()}; }

class ThreeWay {
 public:
  // `base`: nullptr when both sides began anew.
  ThreeWay(const cassette::Reader* base, const cassette::Reader& ours, const cassette::Reader& theirs,
           const match::MatchRules& rules, const std::vector<std::string>& volatile_headers)
      : base_(base), ours_(ours), theirs_(theirs), rules_(rules), headers_(volatile_headers) {}

  Result<MergePlan> run(const std::vector<Identity>& base, const std::vector<Identity>& a,
                        const std::vector<Identity>& b) {
    const std::set<Identity> in_base = set_of(base), in_a = set_of(a), in_b = set_of(b);
    MergePlan plan;
    plan.keep = {std::vector<bool>(a.size(), true), std::vector<bool>(b.size(), false)};
    for (std::size_t i = 0; i < a.size(); ++i) {
      const bool was_removed_there = in_base.contains(a[i]) && !in_b.contains(a[i]);
      plan.keep[0][i] = !was_removed_there;
      if (in_base.contains(a[i])) continue;
      const auto key = bucket(ours_, i);
      if (!key) return std::unexpected(key.error());
      new_here_[*key].push_back(i);
    }
    for (std::size_t i = 0; i < b.size(); ++i) {
      if (in_base.contains(b[i])) continue;
      if (in_a.contains(b[i])) {
        ++plan.duplicates;
        continue;
      }
      auto wanted = is_wanted(i, plan);
      if (!wanted) return std::unexpected(wanted.error());
      plan.keep[1][i] = *wanted;
    }
    for (std::size_t i = 0; i < base.size(); ++i) {
      if (in_a.contains(base[i]) || in_b.contains(base[i])) continue;
      if (auto done = gone_on_both_sides(i, plan); !done) return std::unexpected(done.error());
    }
    return plan;
  }

 private:
  Result<Bucket> bucket(const cassette::Reader& reader, std::uint64_t i) const {
    const auto interaction = reader.interaction(i);
    if (!interaction) return std::unexpected(interaction.error());
    const MatchKey key = match::key_of((*interaction)->request, rules_);
    return Bucket{key.bucket_hi, key.bucket_lo};
  }

  // One that both sides no longer have, and one side has anew: changed here and dropped there, or the other way round.
  Result<void> gone_on_both_sides(std::uint64_t i, MergePlan& plan) {
    const auto key = bucket(*base_, i);
    if (!key) return std::unexpected(key.error());
    const bool here = new_here_.contains(*key), there = turns_.contains(*key);
    if (here == there) return {};
    const auto old = base_->interaction(i);
    if (!old) return std::unexpected(old.error());
    plan.conflicts.push_back(printable((*old)->request.method) + " " + printable(exporters::url_of((*old)->request)) +
                             " (#" + std::to_string(i + 1) +
                             " before): " + (here ? "changed here, dropped there" : "dropped here, changed there"));
    return {};
  }

  // Whether theirs is something that ours has not.  Those to one request are compared in recorded order.
  Result<bool> is_wanted(std::uint64_t i, MergePlan& plan) {
    const auto key = bucket(theirs_, i);
    if (!key) return std::unexpected(key.error());
    const auto here = new_here_.find(*key);
    const std::size_t turn = turns_[*key]++;
    if (here == new_here_.end() || turn >= here->second.size()) return true;
    const auto mine = ours_.interaction(here->second[turn]);
    const auto other = theirs_.interaction(i);
    if (!mine) return std::unexpected(mine.error());
    if (!other) return std::unexpected(other.error());
    const auto differences = match::differences(**mine, **other, rules_, headers_);
    const auto counts = [](const match::PartDifference& one) { return !one.is_volatile; };
    const auto first = std::ranges::find_if(differences, counts);
    if (first == differences.end()) {
      ++plan.duplicates;
      return false;
    }
    plan.conflicts.push_back(printable((*mine)->request.method) + " " + printable(exporters::url_of((*mine)->request)) +
                             " (#" + std::to_string(here->second[turn] + 1) + " here, #" + std::to_string(i + 1) +
                             " there): " + first->part + (first->place.empty() ? "" : " ") +
                             printable(shortened(first->place, 100)) + " differs");
    return false;
  }

  const cassette::Reader* base_;
  const cassette::Reader& ours_;
  const cassette::Reader& theirs_;
  const match::MatchRules& rules_;
  const std::vector<std::string>& headers_;
  std::map<Bucket, std::vector<std::size_t>> new_here_;
  std::map<Bucket, std::size_t> turns_;
};

}  // namespace

Result<MergePlan> plan_merge(const std::vector<const cassette::Reader*>& sources) {
  MergePlan plan;
  std::set<Identity> seen;
  for (const cassette::Reader* source : sources) {
    const auto identities = identities_of(*source);
    if (!identities) return std::unexpected(identities.error());
    std::vector<bool> keep;
    for (const Identity& identity : *identities) keep.push_back(!seen.contains(identity));
    plan.duplicates += static_cast<std::uint64_t>(std::ranges::count(keep, false));
    plan.keep.push_back(std::move(keep));
    seen.insert(identities->begin(), identities->end());
  }
  return plan;
}

Result<MergePlan> plan_three_way(const cassette::Reader* base, const cassette::Reader& ours,
                                 const cassette::Reader& theirs, const match::MatchRules& rules,
                                 const std::vector<std::string>& volatile_headers) {
  const auto o = base == nullptr ? Result<std::vector<Identity>>(std::vector<Identity>()) : identities_of(*base);
  if (!o) return std::unexpected(o.error());
  const auto a = identities_of(ours);
  if (!a) return std::unexpected(a.error());
  const auto b = identities_of(theirs);
  if (!b) return std::unexpected(b.error());
  return ThreeWay(base, ours, theirs, rules, volatile_headers).run(*o, *a, *b);
}

}  // namespace cvr::app
