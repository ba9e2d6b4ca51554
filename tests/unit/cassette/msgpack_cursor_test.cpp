#include "cassette/msgpack_cursor.h"

#include <msgpack.hpp>

#include "support/random.h"

namespace cvr::cassette {
namespace {

template <class F>
std::string packed(F f) {
  msgpack::sbuffer out;
  msgpack::packer<msgpack::sbuffer> pack(out);
  f(pack);
  return {out.data(), out.size()};
}

TEST(MsgpackCursor, ReadsTheNumbersThatMsgpackWrites) {
  for (int shift = 0; shift < 64; ++shift) {
    for (const std::uint64_t near : {~0ULL, 0ULL, 1ULL}) {
      const std::uint64_t value = (1ULL << shift) + near;
      const std::string bytes = packed([&](auto& p) { p.pack(value).pack(static_cast<std::int64_t>(value)); });
      MsgpackCursor in(bytes);
      EXPECT_EQ(in.number(), value);
      EXPECT_EQ(in.signed_number(), static_cast<std::int64_t>(value));
      EXPECT_TRUE(in.ok() && in.at_end());
      const std::string negative = packed([&](auto& p) { p.pack(-static_cast<std::int64_t>(value >> 1)); });
      MsgpackCursor again(negative);
      EXPECT_EQ(again.signed_number(), -static_cast<std::int64_t>(value >> 1));
    }
  }
}

TEST(MsgpackCursor, ReadsTextsOfEverySize) {
  for (const std::size_t size : {0, 31, 32, 255, 256, 65535, 65536}) {
    const std::string text(size, 'x');
    const std::string bytes = packed([&](auto& p) {
      p.pack(text);
      p.pack_bin(static_cast<std::uint32_t>(size)).pack_bin_body(text.data(), static_cast<std::uint32_t>(size));
      p.pack(true).pack(false);
    });
    MsgpackCursor in(bytes);
    EXPECT_EQ(in.text(), text);
    EXPECT_EQ(in.text(), text);
    EXPECT_TRUE(in.boolean());
    EXPECT_FALSE(in.boolean());
    EXPECT_TRUE(in.ok() && in.at_end());
  }
}

TEST(MsgpackCursor, ReadsAndSkipsContainersOfEverySize) {
  for (const std::uint32_t size : {0U, 15U, 16U, 65535U, 65536U}) {
    const std::string bytes = packed([&](auto& p) {
      p.pack_array(size);
      for (std::uint32_t i = 0; i < size; ++i) p.pack(i);
      p.pack_map(size);
      for (std::uint32_t i = 0; i < size; ++i) p.pack(i).pack_nil();
    });
    MsgpackCursor in(bytes);
    EXPECT_TRUE(in.at_array());
    EXPECT_EQ(in.array(), size);
    for (std::uint32_t i = 0; i < size; ++i) EXPECT_EQ(in.number(), i);
    EXPECT_FALSE(in.at_array());
    EXPECT_EQ(in.map(), size);
    MsgpackCursor skipping(bytes);
    skipping.skip();
    skipping.skip();
    EXPECT_TRUE(skipping.ok() && skipping.at_end());
  }
}

TEST(MsgpackCursor, SkipsEveryKind) {
  const std::string bytes = packed([](auto& p) {
    p.pack_array(8).pack_nil().pack(1.5).pack(1.5F).pack(-7).pack("text").pack(true);
    p.pack_ext(3, 5).pack_ext_body("abc", 3);
    p.pack_ext(16, 5).pack_ext_body("0123456789abcdef", 16);
    p.pack(1);
  });
  MsgpackCursor in(bytes);
  in.skip();
  EXPECT_EQ(in.number(), 1U);
  EXPECT_TRUE(in.at_end());
}

// Five bytes that claim 96 GB; a million levels; a size of 4 GiB (SAFETY T13).
TEST(MsgpackCursor, BombsAreRefused) {
  using namespace std::string_literals;
  for (const std::string& bomb : {"\xdd\xff\xff\xff\xff"s, "\xdf\xff\xff\xff\xff"s, "\xc6\xff\xff\xff\xff"s,
                                  "\xdb\xff\xff\xff\xff"s, "\xc9\xff\xff\xff\xff\x01"s}) {
    MsgpackCursor in(bomb);
    in.skip();
    EXPECT_FALSE(in.ok());
    EXPECT_EQ(MsgpackCursor(bomb).array(), 0U);
    EXPECT_EQ(MsgpackCursor(bomb).map(), 0U);
    EXPECT_EQ(MsgpackCursor(bomb).text(), "");
  }
  MsgpackCursor deep(std::string_view("\x91", 1));
  deep.skip();
  EXPECT_FALSE(deep.ok());
  const std::string levels(1'000'000, '\x91');
  MsgpackCursor unfinished(levels);
  unfinished.skip();
  EXPECT_FALSE(unfinished.ok());
  const std::string finished = levels + '\x01';
  MsgpackCursor in(finished);
  in.skip();
  EXPECT_TRUE(in.ok() && in.at_end());
}

TEST(MsgpackCursor, AnErrorSticks) {
  MsgpackCursor in("\x01\x02");
  EXPECT_EQ(in.text(), "");
  EXPECT_FALSE(in.ok());
  EXPECT_EQ(in.number(), 0U);
  EXPECT_FALSE(in.ok());
}

TEST(MsgpackCursor, RandomBytesEnd) {
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes(test::rng()() % 64, '\0');
    for (char& c : bytes) c = static_cast<char>(test::rng()());
    MsgpackCursor in(bytes);
    for (int k = 0; k < 70 && in.ok() && !in.at_end(); ++k) in.skip();
    EXPECT_TRUE(!in.ok() || in.at_end());
  }
}

}  // namespace
}  // namespace cvr::cassette
