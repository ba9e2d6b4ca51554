#include "app/merge.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/alignment.h"
#include "base/escape.h"
#include "cvr/matcher.h"
#include "exporters/common.h"
#include "match/differences.h"

namespace cvr::app {
namespace {

using Identity = cassette::Digest;

Result<std::vector<Identity>> identities_of(const cassette::Reader& reader) {
  std::vector<Identity> out;
  for (std::uint64_t i = 0; i < reader.size(); ++i) {
    const auto interaction = reader.interaction(i);
    if (!interaction) return std::unexpected(interaction.error());
    out.push_back(cassette::sha256(cassette::encode(*interaction)));
  }
  return out;
}

Result<std::vector<Stand>> stands_of(const cassette::Reader& reader, const match::MatchRules& rules) {
  std::vector<Stand> out;
  for (std::uint64_t i = 0; i < reader.size(); ++i) {
    const auto interaction = reader.interaction(i);
    if (!interaction) return std::unexpected(interaction.error());
    const MatchKey key = match::key_of((*interaction)->request, rules);
    out.push_back({cassette::sha256(cassette::encode(*interaction)), {key.bucket_hi, key.bucket_lo}});
  }
  return out;
}

struct Sides {
  const cassette::Reader* base;  // nullptr when both sides began anew
  const cassette::Reader& ours;
  const cassette::Reader& theirs;
};

struct Stands {
  std::vector<Stand> base, ours, theirs;
};

class ThreeWay {
 public:
  ThreeWay(const Sides& sides, const Stands& stands, const match::MatchRules& rules,
           const std::vector<std::string>& volatile_headers)
      : sides_(sides),
        stands_(stands),
        rules_(rules),
        headers_(volatile_headers),
        ours_(stands.base, stands.ours),
        theirs_(stands.base, stands.theirs) {}

  Result<MergePlan> run() {
    plan_.keep = {std::vector<bool>(stands_.ours.size(), true), std::vector<bool>(stands_.theirs.size(), false)};
    for (std::size_t i = 0; i < stands_.ours.size(); ++i) {
      const bool was_removed_there = ours_.is_in_base(i) && !theirs_.same(stands_.ours[i].identity);
      plan_.keep[0][i] = !was_removed_there;
      if (ours_.is_added(i)) added_here_[stands_.ours[i].bucket].push_back(i);
    }
    for (std::size_t i = 0; i < stands_.base.size(); ++i) base_.try_emplace(stands_.base[i].identity, i);
    for (std::size_t j = 0; j < stands_.theirs.size(); ++j) {
      const auto place = place_of(j);
      if (!place) return std::unexpected(place.error());
      // Those to one request stay in the order that they have there, whatever stands between them.
      std::size_t& last = last_place_[stands_.theirs[j].bucket];
      if (plan_.keep[1][j]) last = std::max(last, *place);
      plan_.before.push_back(plan_.keep[1][j] ? last : *place);
    }
    for (std::size_t i = 0; i < stands_.base.size(); ++i) {
      if (auto done = gone_on_both_sides(i); !done) return std::unexpected(done.error());
    }
    if (auto done = check_order(); !done) return std::unexpected(done.error());
    return std::move(plan_);
  }

 private:
  // Where in ours the j-th of theirs stands, and whether it is kept.  `at_` moves on with it.
  Result<std::size_t> place_of(std::size_t j) {
    const Stand& stand = stands_.theirs[j];
    if (const auto here = ours_.same(stand.identity)) {
      if (!theirs_.is_in_base(j)) ++plan_.duplicates;
      return at_ = *here + 1;
    }
    const auto old = theirs_.is_in_base(j) ? std::optional(base_.at(stand.identity)) : theirs_.replaces(j);
    if (!old) return place_of_added(j);
    const auto changed_here = ours_.replaced_by(*old);
    if (changed_here) at_ = *changed_here + 1;
    if (theirs_.is_in_base(j)) return at_;  // dropped or changed here
    if (changed_here) {
      if (auto done = compare(*changed_here, j); !done) return std::unexpected(done.error());
    } else if (const auto unchanged = ours_.same(stands_.base[*old].identity)) {
      plan_.keep[1][j] = true;
      at_ = *unchanged + 1;
    }
    return at_;
  }

  // Behind its neighbour, and behind what ours added there.
  Result<std::size_t> place_of_added(std::size_t j) {
    const auto& here = added_here_[stands_.theirs[j].bucket];
    const std::size_t turn = turns_[stands_.theirs[j].bucket]++;
    if (turn < here.size()) {
      at_ = here[turn] + 1;
      if (auto done = compare(here[turn], j); !done) return std::unexpected(done.error());
      return at_;
    }
    while (at_ < stands_.ours.size() && ours_.is_added(at_)) ++at_;
    plan_.keep[1][j] = true;
    return at_;
  }

  // One that both sides no longer have, and one side has anew: changed here and dropped there, or the other way round.
  Result<void> gone_on_both_sides(std::size_t i) {
    if (ours_.same(stands_.base[i].identity) || theirs_.same(stands_.base[i].identity)) return {};
    const bool here = ours_.replaced_by(i).has_value(), there = theirs_.replaced_by(i).has_value();
    if (here == there) return {};
    const auto old = sides_.base->interaction(i);
    if (!old) return std::unexpected(old.error());
    plan_.conflicts.push_back(printable((*old)->request.method) + " " + printable(exporters::url_of((*old)->request)) +
                              " (#" + std::to_string(i + 1) +
                              " before): " + (here ? "changed here, dropped there" : "dropped here, changed there"));
    return {};
  }

  // Equal requests are answered in order.  Where what they have added or changed can not stand in their order beside
  // what is here, in an order of its own, nobody but a person knows which is right.
  Result<void> check_order() {
    std::vector<std::size_t> kept, at(stands_.ours.size());
    for (std::size_t j = 0; j < stands_.theirs.size(); ++j) {
      if (plan_.keep[1][j]) kept.push_back(j);
    }
    std::ranges::stable_sort(kept, {}, [&](std::size_t j) { return plan_.before[j]; });
    std::map<std::size_t, std::size_t> of_kept;  // theirs -> its place in the result
    std::size_t place = 0;
    auto next = kept.begin();
    for (std::size_t i = 0; i <= stands_.ours.size(); ++i) {
      for (; next != kept.end() && plan_.before[*next] <= i; ++next) of_kept[*next] = place++;
      if (i < stands_.ours.size()) at[i] = place++;
    }
    struct Last {
      std::size_t any = 0, kept = 0;
      bool told = false;
    };
    std::map<Bucket, Last> last;
    for (std::size_t j = 0; j < stands_.theirs.size(); ++j) {
      const auto here = ours_.same(stands_.theirs[j].identity);
      if (!here && !plan_.keep[1][j]) continue;
      Last& of = last[stands_.theirs[j].bucket];
      const std::size_t mine = plan_.keep[1][j] ? of_kept[j] : at[*here];
      if (!of.told && mine < (plan_.keep[1][j] ? of.any : of.kept)) {
        of.told = true;
        const auto interaction = sides_.theirs.interaction(j);
        if (!interaction) return std::unexpected(interaction.error());
        plan_.conflicts.push_back(printable((*interaction)->request.method) + " " +
                                  printable(exporters::url_of((*interaction)->request)) + " (#" +
                                  std::to_string(j + 1) + " there): its answers stand in another order here");
      }
      of.any = std::max(of.any, mine);
      if (plan_.keep[1][j]) of.kept = std::max(of.kept, mine);
    }
    return {};
  }

  // What both recorded anew: ours counts, and it is a conflict when they say different things.
  Result<void> compare(std::size_t i, std::size_t j) {
    const auto mine = sides_.ours.interaction(i);
    const auto other = sides_.theirs.interaction(j);
    if (!mine) return std::unexpected(mine.error());
    if (!other) return std::unexpected(other.error());
    const auto differences = match::differences(**mine, **other, rules_, headers_);
    const auto counts = [](const match::PartDifference& one) { return !one.is_volatile; };
    const auto first = std::ranges::find_if(differences, counts);
    if (first == differences.end()) {
      ++plan_.duplicates;
      return {};
    }
    plan_.conflicts.push_back(printable((*mine)->request.method) + " " +
                              printable(exporters::url_of((*mine)->request)) + " (#" + std::to_string(i + 1) +
                              " here, #" + std::to_string(j + 1) + " there): " + first->part +
                              (first->place.empty() ? "" : " ") + printable(shortened(first->place, 100)) + " differs");
    return {};
  }

  const Sides& sides_;
  const Stands& stands_;
  const match::MatchRules& rules_;
  const std::vector<std::string>& headers_;
  const Alignment ours_, theirs_;
  MergePlan plan_;
  std::size_t at_ = 0;  // in ours: behind what stands in front of the next of theirs
  std::map<Identity, std::size_t> base_;
  std::map<Bucket, std::vector<std::size_t>> added_here_;
  std::map<Bucket, std::size_t> turns_, last_place_;
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
  auto o = base == nullptr ? Result<std::vector<Stand>>(std::vector<Stand>()) : stands_of(*base, rules);
  if (!o) return std::unexpected(o.error());
  auto a = stands_of(ours, rules);
  if (!a) return std::unexpected(a.error());
  auto b = stands_of(theirs, rules);
  if (!b) return std::unexpected(b.error());
  const Sides sides{base, ours, theirs};
  const Stands stands{std::move(*o), std::move(*a), std::move(*b)};
  return ThreeWay(sides, stands, rules, volatile_headers).run();
}

Result<void> weave(const MergePlan& plan, const cassette::Reader& ours, const cassette::Reader& theirs, Rewrite& out) {
  std::vector<std::size_t> order;
  for (std::size_t j = 0; j < plan.before.size(); ++j) {
    if (plan.keep[1][j]) order.push_back(j);
  }
  std::ranges::stable_sort(order, {}, [&](std::size_t j) { return plan.before[j]; });
  auto next = order.begin();
  const auto put = [&out](const cassette::Reader& from, std::uint64_t i) -> Result<void> {
    const auto interaction = from.interaction(i);
    if (!interaction) return std::unexpected(interaction.error());
    return out.add(*interaction, from.name(), i + 1);
  };
  auto done = walk(ours, out, [&](std::uint64_t i) -> Result<void> {
    for (; next != order.end() && plan.before[*next] <= i; ++next) {
      if (auto written = put(theirs, *next); !written) return written;
    }
    if (i == ours.size() || !plan.keep[0][i]) return {};
    return put(ours, i);
  });
  if (!done) return done;
  return walk(theirs, out, [](std::uint64_t) -> Result<void> { return {}; });
}

}  // namespace cvr::app
