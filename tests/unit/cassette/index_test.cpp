#include "cassette/index.h"

namespace cvr::cassette {
namespace {

TableDraft sample_table() {
  TableDraft table{1000, 5, {}, {16, 900}};
  for (std::uint64_t i = 0; i < 3; ++i)
    table.entries.push_back({2000 + i, {static_cast<std::int64_t>(i), {i, 2, 3, 4, 5}}});
  return table;
}

TEST(Index, ATableIsReadInPlace) {
  const std::string bytes = encode_table(sample_table());
  const auto table = Table::parse(bytes);
  ASSERT_TRUE(table);
  EXPECT_EQ(table->previous(), 1000U);
  EXPECT_EQ(table->first(), 5U);
  ASSERT_EQ(table->size(), 3U);
  ASSERT_EQ(table->others(), 2U);
  EXPECT_EQ(table->entry(2).offset, 2002U);
  EXPECT_EQ(table->entry(2).prefix.started_utc_us, 2);
  EXPECT_EQ(table->entry(2).prefix.key, (MatchKey{2, 2, 3, 4, 5}));
  EXPECT_EQ(table->other(0), 16U);
  EXPECT_EQ(table->other(1), 900U);
}

TEST(Index, CountsThatDoNotFitAreRefused) {
  std::string bytes = encode_table(sample_table());
  EXPECT_FALSE(Table::parse(bytes.substr(0, bytes.size() - 1)));
  EXPECT_FALSE(Table::parse(bytes + "x"));
  EXPECT_FALSE(Table::parse(""));
  store_u32(bytes.data() + 16, UINT32_MAX);
  EXPECT_FALSE(Table::parse(bytes));
}

TEST(Index, TheSealComesBack) {
  const auto seal = decode_seal(encode_seal({1, 2, 3, -4}));
  ASSERT_TRUE(seal);
  EXPECT_EQ(seal->table, 1U);
  EXPECT_EQ(seal->count, 2U);
  EXPECT_EQ(seal->at, 3U);
  EXPECT_EQ(seal->sealed_utc_us, -4);
  EXPECT_FALSE(decode_seal("short"));
}

// A file made by hand: head, a header frame, two tables, the seal; every link may be made wrong.
struct HandMade {
  std::uint64_t count = 4;
  std::uint64_t second_first = 3;
  std::uint64_t second_previous = ~0ULL;  // the right one
  std::uint64_t seal_at = ~0ULL;
  std::string bytes() const {
    Digest chain{};
    std::string out = file_head();
    const auto table = [&](std::uint64_t previous, std::uint64_t first) {
      TableDraft draft{previous, first, {}, {}};
      draft.entries.resize(2);
      const std::uint64_t at = out.size();
      out += FrameDraft(FrameType::kIndex, encode_table(draft)).finish(first + 1, chain);
      return at;
    };
    const std::uint64_t first_at = table(0, 1);
    const std::uint64_t second_at = table(second_previous == ~0ULL ? first_at : second_previous, second_first);
    const std::uint64_t at = seal_at == ~0ULL ? out.size() : seal_at;
    out += FrameDraft(FrameType::kSeal, encode_seal({second_at, count, at, 0})).finish(count, chain);
    return out;
  }
};

TEST(Index, TablesAreFollowedBackwards) {
  const std::string bytes = HandMade().bytes();
  const auto index = read_index(bytes);
  ASSERT_TRUE(index);
  ASSERT_EQ(index->tables.size(), 2U);
  EXPECT_EQ(index->tables[0].first(), 1U);
  EXPECT_EQ(index->tables[1].first(), 3U);
}

TEST(Index, WhatDoesNotJoinIsRefused) {
  EXPECT_FALSE(read_index(HandMade{.count = 5}.bytes()));
  EXPECT_FALSE(read_index(HandMade{.second_first = 2}.bytes()));
  EXPECT_FALSE(read_index(HandMade{.second_first = 0}.bytes()));
  EXPECT_FALSE(read_index(HandMade{.second_previous = 0}.bytes()));
  EXPECT_FALSE(read_index(HandMade{.second_previous = 100'000}.bytes())) << "forwards: would never end";
  EXPECT_FALSE(read_index(HandMade{.second_previous = 17}.bytes()));
  EXPECT_FALSE(read_index(HandMade{.seal_at = 16}.bytes())) << "a file that was cut out of another";
  EXPECT_FALSE(read_index(HandMade().bytes() + "x"));
  EXPECT_FALSE(read_index(""));
}

}  // namespace
}  // namespace cvr::cassette
