#include "app/alignment.h"

#include <gtest/gtest.h>

#include <string_view>

#include "support/random.h"

namespace cvr::app {
namespace {

// "a1" is an interaction of bucket a.
std::vector<Stand> stands(std::initializer_list<std::string_view> names) {
  std::vector<Stand> out;
  for (const std::string_view name : names) {
    out.push_back({cassette::sha256(name), {static_cast<std::uint64_t>(name.front()), 0}});
  }
  return out;
}

TEST(Alignment, WhatIsGoneAndWhatIsNewAreOneAnothersInOrder) {
  const Alignment found(stands({"a1", "b1", "a2"}), stands({"a8", "b1", "a9", "a10"}));
  EXPECT_EQ(found.replaced_by(0), 0u);
  EXPECT_EQ(found.replaced_by(2), 2u);
  EXPECT_EQ(found.replaces(2), 2u);
  EXPECT_FALSE(found.replaced_by(1));
  EXPECT_TRUE(found.is_in_base(1));
  EXPECT_TRUE(found.is_added(3));
  EXPECT_EQ(found.same(cassette::sha256("b1")), 1u);
}

TEST(Alignment, WhatStandsUnchangedPartsItsBucket) {
  const Alignment found(stands({"a1", "a2"}), stands({"a2", "a3"}));
  EXPECT_FALSE(found.replaced_by(0));
  EXPECT_TRUE(found.is_added(1));
}

TEST(Alignment, WhatMovedPartsNothing) {
  const Alignment found(stands({"a1", "a2", "a3"}), stands({"a2", "a1", "a9"}));
  EXPECT_EQ(found.replaced_by(2), 2u);
}

TEST(Alignment, EmptySides) {
  const Alignment nothing({}, {});
  EXPECT_FALSE(nothing.replaced_by(0));
  EXPECT_TRUE(Alignment({}, stands({"a1"})).is_added(0));
  EXPECT_FALSE(Alignment(stands({"a1"}), {}).replaced_by(0));
}

// Whatever the sides are: nothing is paired twice, and pairs are of one bucket, gone here and new there.
TEST(Alignment, PairsAreSound) {
  const auto below = [](std::uint64_t limit) { return test::rng()() % limit; };
  for (int round = 0; round < 300; ++round) {
    const auto drawn = [&] {
      std::vector<Stand> out;
      for (std::uint64_t left = below(12); left > 0; --left) {
        const std::string name{static_cast<char>('a' + below(3)), static_cast<char>('0' + below(8))};
        out.push_back({cassette::sha256(name), {static_cast<std::uint64_t>(name.front()), 0}});
      }
      return out;
    };
    const auto base = drawn(), side = drawn();
    const Alignment found(base, side);
    for (std::size_t j = 0; j < side.size(); ++j) {
      const auto old = found.replaces(j);
      if (!old) continue;
      EXPECT_EQ(found.replaced_by(*old), j);
      EXPECT_EQ(base[*old].bucket, side[j].bucket);
      EXPECT_FALSE(found.is_in_base(j));
      EXPECT_FALSE(found.same(base[*old].identity));
    }
  }
}

}  // namespace
}  // namespace cvr::app
