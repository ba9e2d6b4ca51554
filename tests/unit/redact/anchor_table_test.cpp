#include "redact/anchor_table.h"

#include <set>

#include "support/random.h"

namespace cvr::redact {
namespace {

// Whether a reader who looks at every `stride`th position of `text` meets an anchor of `entry`.
bool meets(const AnchorTable& table, std::string_view text, std::uint32_t entry) {
  bool met = false;
  for (std::size_t at = 0; at + AnchorTable::kWindow <= text.size(); at += table.stride()) {
    char window[8] = {};
    std::memcpy(window, text.data() + at, AnchorTable::kWindow);
    const auto hash = table.hash(window);
    if (!table.may_hold(hash)) continue;
    table.for_each(hash,
                   [&](const AnchorTable::Anchor& anchor) { met |= anchor.entry == entry && anchor.offset <= at; });
  }
  return met;
}

TEST(AnchorTable, MeetsEveryPatternAtEveryOffset) {
  for (const std::size_t stride : {std::size_t{1}, std::size_t{4}}) {
    AnchorTable table(1024, stride, 0x9e3779b97f4a7c15);
    std::vector<std::string> patterns;
    for (std::uint32_t i = 0; i < 50; ++i) {
      patterns.push_back(test::random_base64url(8 + i % 20));
      table.insert(patterns.back(), i, i % 9);
    }
    for (std::uint32_t i = 0; i < 50; ++i) {
      for (std::size_t before = 0; before < 9; ++before) {
        EXPECT_TRUE(meets(table, std::string(before, '.') + patterns[i] + "..", i));
      }
    }
  }
}

TEST(AnchorTable, AnchorsSayWhatWasEntered) {
  AnchorTable table(1024, 1, 1);
  table.insert(test::random_text(70'000, "x") + "needle12", 0xfffff - 1, 8);
  std::size_t seen = 0;
  const auto visit = [&](const AnchorTable::Anchor& anchor) {
    ++seen;
    EXPECT_EQ(anchor.entry, 0xfffffu - 1);
    EXPECT_EQ(anchor.variant, 8u);
    EXPECT_LE(anchor.offset, 70'000u);
  };
  char window[8] = {'x', 'x', 'x', 'x', 'x'};
  table.for_each(table.hash(window), visit);
  EXPECT_EQ(seen, 1u);
}

TEST(AnchorTable, SharedBeginningsAreSpread) {
  AnchorTable table(4096, 4, 0x12345678abcdef1);
  for (std::uint32_t i = 0; i < 100; ++i) table.insert("same-beginning-" + test::random_hex(24), i, 0);
  char window[8] = {'s', 'a', 'm', 'e', '-'};
  std::size_t crowd = 0;
  table.for_each(table.hash(window), [&](const AnchorTable::Anchor&) { ++crowd; });
  EXPECT_LT(crowd, 5u);
}

TEST(AnchorTable, KnowsWhenItIsFull) {
  AnchorTable table(1024, 4, 77);
  std::uint32_t entered = 0;
  while (!table.full()) table.insert(test::random_hex(16), entered++, 0);
  EXPECT_LE(table.used(), 1024u);
  EXPECT_GT(entered, 100u);
}

}  // namespace
}  // namespace cvr::redact
