#include "engine/route_lookup.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>

#include "engine/lookup.h"
#include "support/random.h"

namespace cvr::engine {
namespace {

std::uint64_t below(std::uint64_t end) { return test::rng()() % end; }

// The top of `bucket_hi` is the route, as match::key_of makes it.
MatchKey key(std::uint32_t route, std::uint32_t what, std::uint64_t who = 0) {
  return {what * 0x9e3779b97f4a7c15, std::uint64_t{route} << 32 | what, who, ~who, 7};
}

std::vector<std::uint32_t> routes_of(const std::vector<MatchKey>& keys) {
  std::vector<std::uint32_t> out;
  for (const MatchKey& key : keys) out.push_back(match::route_in(key));
  return out;
}

template <class Lookup>
std::vector<std::vector<std::uint32_t>> groups(Lookup& lookup, const MatchKey& asked) {
  std::vector<std::vector<std::uint32_t>> out;
  const Bucket bucket = lookup.find(asked);
  for (std::uint32_t g = bucket.first; g < bucket.last; ++g) {
    const Group group = lookup.group(g);
    EXPECT_LT(g, lookup.size());
    out.emplace_back();
    for (std::uint32_t at = group.begin; at < group.end; ++at) out.back().push_back(lookup.interaction(at));
  }
  return out;
}

std::vector<MatchKey> random_keys(std::size_t count, std::uint32_t routes) {
  std::vector<MatchKey> out;
  for (std::size_t i = 0; i < count; ++i) {
    const auto route = static_cast<std::uint32_t>(below(routes))
                       << 16;  // as the ids of one path: the low half is equal
    out.push_back(key(route, static_cast<std::uint32_t>(below(5)), below(3)));
  }
  return out;
}

TEST(RouteLookup, FindsWhatALookupFinds) {
  for (const auto& [count, routes] : {std::pair{1, 1}, {300, 1}, {300, 40}, {3000, 5000}}) {
    const std::vector<MatchKey> keys = random_keys(static_cast<std::size_t>(count), static_cast<std::uint32_t>(routes));
    Lookup all = Lookup::build(keys);
    RouteLookup lazy(routes_of(keys), [&](std::uint32_t i) { return keys[i]; });
    ASSERT_EQ(lazy.size(), all.size());
    std::set<std::uint32_t> numbers;
    for (const std::uint32_t i : {0, 1, 2}) {  // in scattered order, and again
      for (std::size_t at = i; at < keys.size(); at += 2) ASSERT_EQ(groups(lazy, keys[at]), groups(all, keys[at]));
    }
    for (std::uint32_t route = 0; route < 100; ++route) {
      EXPECT_EQ(groups(lazy, key(route << 16, 3)), groups(all, key(route << 16, 3)));
      EXPECT_TRUE(groups(lazy, key(route << 16, 99)).empty());
    }
    for (const MatchKey& one : keys) numbers.insert(lazy.find(one).number);
    EXPECT_EQ(numbers.size(), all.buckets());  // no two buckets have one
  }
}

TEST(RouteLookup, OfNothingFindsNothing) {
  RouteLookup lazy({}, [](std::uint32_t) { return MatchKey{}; });
  EXPECT_EQ(lazy.size(), 0U);
  EXPECT_TRUE(lazy.find(key(1, 1)).empty());
}

TEST(RouteLookup, AsksForEachKeyOnceAndOnlyWhereItIsAskedItself) {
  const std::vector<MatchKey> keys = random_keys(20'000, 10'000);
  std::vector<int> asked(keys.size());
  RouteLookup lazy(routes_of(keys), [&](std::uint32_t i) {
    ++asked[i];
    return keys[i];
  });
  EXPECT_EQ(std::ranges::count(asked, 0), 20'000);
  EXPECT_FALSE(lazy.find(keys[0]).empty());
  EXPECT_EQ(asked[0], 1);
  EXPECT_LT(20'000 - std::ranges::count(asked, 0), 200);
  for (int round = 0; round < 2; ++round) {
    for (const MatchKey& one : keys) EXPECT_FALSE(lazy.find(one).empty());
  }
  EXPECT_EQ(std::ranges::count(asked, 1), 20'000);
}

TEST(RouteLookup, ARecordThatCanNotBeReadIsFoundByNothing) {
  const std::vector<MatchKey> keys = {key(1, 1), key(1, 2)};
  RouteLookup lazy(routes_of(keys), [&](std::uint32_t i) { return i == 0 ? MatchKey{} : keys[1]; });
  EXPECT_TRUE(lazy.find(keys[0]).empty());
  EXPECT_EQ(groups(lazy, keys[1]), (std::vector<std::vector<std::uint32_t>>{{1}}));
}

// Hints that lie cost answers and nothing else.
TEST(RouteLookup, AWrongRouteIsAMiss) {
  const std::vector<MatchKey> keys = random_keys(1000, 300);
  std::vector<std::uint32_t> wrong = routes_of(keys);
  for (std::uint32_t& route : wrong) route = static_cast<std::uint32_t>(below(UINT32_MAX));
  Lookup all = Lookup::build(keys);
  RouteLookup lazy(wrong, [&](std::uint32_t i) { return keys[i]; });
  for (const MatchKey& one : keys) {
    const Bucket bucket = lazy.find(one);
    for (std::uint32_t g = bucket.first; g < bucket.last; ++g) {
      const Group group = lazy.group(g);
      for (std::uint32_t at = group.begin; at < group.end; ++at) {
        EXPECT_EQ(keys[lazy.interaction(at)].bucket_hi, one.bucket_hi);
      }
    }
  }
}

TEST(RouteLookup, ServesManyThreads) {
  const std::vector<MatchKey> keys = random_keys(5000, 700);
  Lookup all = Lookup::build(keys);
  std::atomic<int> asked{0};
  RouteLookup lazy(routes_of(keys), [&](std::uint32_t i) {
    ++asked;
    return keys[i];
  });
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (std::size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i < keys.size(); ++i) {
        const MatchKey& one = keys[(i * 7919 + t * 13) % keys.size()];
        if (groups(lazy, one) != groups(all, one)) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(asked, 5000);
}

}  // namespace
}  // namespace cvr::engine
