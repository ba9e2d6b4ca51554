#include <map>
#include <set>

#include "cvr/matcher.h"
#include "support/random.h"

namespace cvr::match {
namespace {

using Bucket = std::pair<std::uint64_t, std::uint64_t>;

std::vector<std::uint32_t> numbers(const Index::Range& range) {
  std::vector<std::uint32_t> out;
  for (const Index::Entry* entry = range.first; entry != range.last; ++entry) out.push_back(entry->interaction);
  return out;
}

// Every key is found with all of its interactions in recorded order, and nothing else is.
void expect_sound(const std::vector<MatchKey>& keys) {
  std::map<Bucket, std::vector<std::uint32_t>> expected;
  for (std::uint32_t i = 0; i < keys.size(); ++i) expected[{keys[i].bucket_lo, keys[i].bucket_hi}].push_back(i);
  const Index index(keys);
  ASSERT_EQ(index.bucket_count(), expected.size());
  std::set<std::uint32_t> buckets;
  for (const auto& [bucket, interactions] : expected) {
    const Index::Range range = index.find({bucket.first, bucket.second, 1, 1, 1});
    ASSERT_EQ(numbers(range), interactions);
    EXPECT_LT(range.bucket, index.bucket_count());
    EXPECT_TRUE(buckets.insert(range.bucket).second);
    EXPECT_EQ(range.first->exact_lo, keys[interactions[0]].exact_lo);
    EXPECT_EQ(range.first->exact_hi, keys[interactions[0]].exact_hi);
    for (const Bucket& near : {Bucket(bucket.first + 1, bucket.second), Bucket(bucket.first, bucket.second - 1)}) {
      EXPECT_EQ(index.find({near.first, near.second}).empty(), !expected.contains(near));
    }
  }
}

TEST(Index, OfNothingFindsNothing) {
  const Index index(std::vector<MatchKey>{});
  EXPECT_TRUE(index.find({}).empty());
  EXPECT_EQ(index.bucket_count(), 0U);
}

TEST(Index, FindsOneAndTwo) {
  expect_sound({{1, 2, 3, 4, 5}});
  expect_sound({{1, 2, 3, 4, 5}, {~0ULL, ~0ULL, 3, 4, 5}});
  expect_sound({{0, 0, 0, 0, 0}, {0, 0, 1, 0, 0}});
}

TEST(Index, FindsRandomKeysWithRepeats) {
  auto& rng = test::rng();
  for (const std::size_t count : {3U, 64U, 65U, 1000U, 20'000U}) {
    std::vector<MatchKey> keys;
    while (keys.size() < count) {
      MatchKey key{rng(), rng(), rng(), rng(), 1};
      if (!keys.empty() && rng() % 3 == 0) key = keys[rng() % keys.size()];
      key.exact_lo = rng();
      keys.push_back(key);
    }
    expect_sound(keys);
  }
}

TEST(Index, BearsKeysMadeToCollide) {
  std::vector<MatchKey> keys;
  for (std::uint64_t i = 0; i < 20'000; ++i) keys.push_back({20'000 - i, i % 7, i, 0, 1});  // one bin
  for (std::uint64_t i = 0; i < 5'000; ++i) keys.push_back({42, 42, i, 0, 1});              // one bucket
  expect_sound(keys);
}

}  // namespace
}  // namespace cvr::match
