#include "http/unpack.h"

#include "support/random.h"

namespace cvr::http {
namespace {

constexpr Packing kAll[] = {Packing::kGzip, Packing::kZlib, Packing::kRawDeflate, Packing::kZstd, Packing::kBrotli};

std::string sample(std::size_t size) { return test::random_text(size, "abcdefgh01"); }

TEST(Unpack, ThereAndBack) {
  for (const Packing packing : kAll) {
    const std::string plain = sample(200'000);
    const std::string packed = pack(plain, packing).value();
    const Unpacked out = unpack(packed, packing, 1u << 20);
    EXPECT_EQ(out.plain, plain);
    EXPECT_TRUE(out.whole);
    EXPECT_EQ(out.consumed, packed.size());
    EXPECT_FALSE(out.over_limit);
  }
}

TEST(Unpack, WhatIsTruncatedOrBrokenIsReadAsFarAsItGoes) {
  for (const Packing packing : kAll) {
    const std::string plain = sample(400'000);
    std::string packed = pack(plain, packing).value();
    packed.resize(packed.size() - 20);
    const Unpacked out = unpack(packed, packing, 1u << 20);
    EXPECT_FALSE(out.whole);
    EXPECT_FALSE(out.plain.empty());
    EXPECT_TRUE(plain.starts_with(out.plain));
  }
  EXPECT_TRUE(unpack("no such thing", Packing::kGzip, 100).plain.empty());
  EXPECT_TRUE(unpack("", Packing::kBrotli, 100).plain.empty());
}

TEST(Unpack, StopsAtTheLimit) {
  for (const Packing packing : kAll) {
    const std::string packed = pack(std::string(1u << 20, 'x'), packing).value();
    const Unpacked out = unpack(packed, packing, 1000);
    EXPECT_TRUE(out.over_limit);
    EXPECT_EQ(out.plain.size(), 1000u);
  }
}

TEST(Unpack, SeveralGzipMembers) {
  const std::string two = pack("one", Packing::kGzip).value() + pack("two", Packing::kGzip).value();
  EXPECT_EQ(unpack(two, Packing::kGzip, 100).plain, "onetwo");
  EXPECT_TRUE(unpack(two, Packing::kGzip, 100).whole);
}

TEST(Unpack, MagicNumbers) {
  EXPECT_EQ(packing_at(pack("text", Packing::kGzip).value()), Packing::kGzip);
  EXPECT_EQ(packing_at(pack("text", Packing::kZlib).value()), Packing::kZlib);
  EXPECT_EQ(packing_at(pack("text", Packing::kZstd).value()), Packing::kZstd);
  EXPECT_EQ(packing_at("plain words"), std::nullopt);
  EXPECT_EQ(packing_at("xy plain"), std::nullopt);
  EXPECT_EQ(packing_at(""), std::nullopt);
}

}  // namespace
}  // namespace cvr::http
