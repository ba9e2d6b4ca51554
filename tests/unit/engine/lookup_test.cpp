#include "engine/lookup.h"

#include <gtest/gtest.h>

#include <map>

#include "support/random.h"

namespace cvr::engine {
namespace {

MatchKey key(std::uint64_t what, std::uint64_t who = 0) { return {what * 0x9e3779b97f4a7c15, what, who, ~who, 7}; }

std::uint64_t below(std::uint64_t end) { return test::rng()() % end; }

std::vector<std::uint32_t> answers(const Lookup& lookup, const MatchKey& asked) {
  std::vector<std::uint32_t> out;
  const Bucket bucket = lookup.find(asked);
  for (std::uint32_t g = bucket.first; g < bucket.last; ++g) {
    const Group group = lookup.group(g);
    for (std::uint32_t at = group.begin; at < group.end; ++at) out.push_back(lookup.interaction(at));
  }
  return out;
}

TEST(Lookup, GroupsStandInTheOrderOfTheirFirstRecording) {
  const Lookup lookup = Lookup::build({key(1, 9), key(2), key(1, 3), key(1, 9), key(1, 3)});
  EXPECT_EQ(answers(lookup, key(1)), (std::vector<std::uint32_t>{0, 3, 2, 4}));
  EXPECT_EQ(answers(lookup, key(2)), (std::vector<std::uint32_t>{1}));
  EXPECT_TRUE(answers(lookup, key(3)).empty());
  EXPECT_EQ(lookup.groups(), 3U);
  EXPECT_EQ(lookup.size(), 5U);
}

TEST(Lookup, OfNothingFindsNothing) {
  const Lookup lookup = Lookup::build({});
  EXPECT_TRUE(lookup.find(key(1)).empty());
  EXPECT_EQ(lookup.size(), 0U);
  EXPECT_TRUE(Lookup::encode({}).empty());
}

TEST(Lookup, FindsEveryKeyAlsoFromItsBytes) {
  std::vector<MatchKey> keys;
  std::map<std::uint64_t, std::vector<std::uint32_t>> expected;
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    const std::uint64_t what = below(12'000);
    keys.push_back(key(what));
    expected[what].push_back(i);
  }
  const std::string bytes = Lookup::encode(keys);
  const auto lookup = Lookup::view(bytes, keys.size(), 7);
  ASSERT_TRUE(lookup.has_value());
  for (std::uint64_t what = 0; what < 12'100; ++what) {
    const auto found = expected.find(what);
    EXPECT_EQ(answers(*lookup, key(what)), found == expected.end() ? std::vector<std::uint32_t>{} : found->second);
  }
}

TEST(Lookup, KeysThatShareABinAreFoundToo) {
  std::vector<MatchKey> keys;
  for (std::uint64_t i = 0; i < 1000; ++i) keys.push_back({i / 3, i, 0, 0, 7});
  const Lookup lookup = Lookup::build(keys);
  for (std::uint32_t i = 0; i < 1000; ++i) EXPECT_EQ(answers(lookup, keys[i]), std::vector<std::uint32_t>{i});
  EXPECT_TRUE(answers(lookup, {5, 5, 0, 0, 7}).empty());
}

TEST(Lookup, AnotherOnesTableIsNotTaken) {
  const std::string bytes = Lookup::encode({key(1), key(2)});
  EXPECT_TRUE(Lookup::view(bytes, 2, 7));
  EXPECT_FALSE(Lookup::view(bytes, 3, 7));
  EXPECT_FALSE(Lookup::view(bytes, 2, 8));
  EXPECT_FALSE(Lookup::view(std::string_view(bytes).substr(0, bytes.size() - 1), 2, 7));
  EXPECT_FALSE(Lookup::view("", 0, 7));
  MatchKey other = key(2);
  other.rules = 8;
  EXPECT_TRUE(Lookup::encode({key(1), other}).empty());
}

TEST(Lookup, AForgedTableAnswersNothingOutside) {
  std::vector<MatchKey> keys;
  for (std::uint64_t i = 0; i < 300; ++i) keys.push_back(key(i % 200, i % 3));
  const std::string whole = Lookup::encode(keys);
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = whole;
    for (int i = 0; i < 4; ++i) bytes[below(bytes.size())] = static_cast<char>(below(256));
    const auto lookup = Lookup::view(bytes, keys.size(), 7);
    if (!lookup) continue;
    for (std::uint64_t what = 0; what < 200; what += 7) {
      const Bucket bucket = lookup->find(key(what));
      for (std::uint32_t g = bucket.first; g < bucket.last && g < bucket.first + 10; ++g) {
        ASSERT_LT(g, lookup->groups());
        const Group group = lookup->group(g);
        ASSERT_LE(group.end, lookup->size());
        for (std::uint32_t at = group.begin; at < group.end; ++at) ASSERT_LT(lookup->interaction(at), lookup->size());
      }
    }
  }
}

}  // namespace
}  // namespace cvr::engine
