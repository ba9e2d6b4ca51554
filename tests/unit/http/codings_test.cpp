#include "http/codings.h"

#include "support/random.h"

namespace cvr::http {
namespace {

using Codings = std::vector<std::string>;
constexpr std::uint64_t kLimit = 1u << 20;

std::string json_text(std::size_t size) {
  std::string text = "[";
  while (text.size() < size) text += R"({"id":"atrip-)" + test::random_text(4, "0123456789") + R"(","price":275.0},)";
  return text;
}

TEST(ParseCodings, OrderCaseAndIdentity) {
  EXPECT_EQ(parse_codings("gzip"), Codings{"gzip"});
  EXPECT_EQ(parse_codings(" X-GZip ,\tBr "), (Codings{"gzip", "br"}));
  EXPECT_EQ(parse_codings("identity"), Codings{});
  EXPECT_EQ(parse_codings(""), Codings{});
  EXPECT_EQ(parse_codings(",, ,"), Codings{});
  EXPECT_EQ(parse_codings("deflate, identity, snappy"), (Codings{"deflate", "snappy"}));
}

TEST(Codings, OnlyNamesOfTheRegistryAreTold) {
  for (const char* name : {"gzip", "deflate", "br", "zstd", "compress", "x-compress", "identity", "aes128gcm"}) {
    EXPECT_EQ(registered_coding(name), name);
  }
  for (const char* other : {"", "unknown", "gzip2", "gzi", "GZIP", "my-own"}) {
    EXPECT_EQ(registered_coding(other), "unknown") << other;
  }
}

TEST(Codings, RoundTripEachAndNested) {
  const std::vector<Codings> all = {{},       {"gzip"},       {"deflate"},    {"br"},
                                    {"zstd"}, {"gzip", "br"}, {"br", "zstd"}, {"deflate", "gzip", "br", "zstd"}};
  for (const Codings& codings : all) {
    for (const std::size_t size : {0, 1, 1024, 300'000}) {
      const std::string plain = size == 0 ? "" : json_text(size);
      const auto wire = encode_body(plain, codings);
      ASSERT_TRUE(wire);
      EXPECT_EQ(*encode_body(plain, codings), *wire) << "not deterministic";
      const auto back = decode_body(*wire, codings, kLimit);
      ASSERT_TRUE(back) << back.error().text;
      EXPECT_EQ(*back, plain);
    }
  }
}

TEST(Codings, UnknownAndTooManyAreUnsupported) {
  EXPECT_EQ(decode_body("x", {"snappy"}, kLimit).error().code, ErrorCode::kUnsupported);
  EXPECT_EQ(encode_body("x", {"snappy"}).error().code, ErrorCode::kUnsupported);
  const Codings five(5, "gzip");
  EXPECT_EQ(decode_body("x", five, kLimit).error().code, ErrorCode::kUnsupported);
  EXPECT_EQ(encode_body("x", five).error().code, ErrorCode::kUnsupported);
}

TEST(Codings, TheLimitHoldsInEveryLayer) {
  const std::string zeros(kLimit + 1, '\0');
  for (const char* coding : {"gzip", "deflate", "br", "zstd"}) {
    const auto bomb = encode_body(zeros, {coding});
    ASSERT_LT(bomb->size(), 4096U);
    EXPECT_EQ(decode_body(*bomb, {coding}, kLimit).error().code, ErrorCode::kLimit) << coding;
    EXPECT_TRUE(decode_body(*bomb, {coding}, kLimit + 1)) << coding;
    const auto nested = encode_body(*bomb, {"br"});
    EXPECT_EQ(decode_body(*nested, {coding, "br"}, kLimit).error().code, ErrorCode::kLimit) << coding;
  }
  EXPECT_EQ(decode_body("12345", {}, 4).error().code, ErrorCode::kLimit);
  EXPECT_TRUE(decode_body("1234", {}, 4));
}

TEST(Codings, AnyTruncationAndTrailingBytesAreMalformed) {
  const std::string plain = json_text(2000);
  for (const char* coding : {"gzip", "deflate", "br", "zstd"}) {
    const std::string wire = *encode_body(plain, {coding});
    for (std::size_t size = 0; size < wire.size(); ++size) {
      const auto cut = decode_body(wire.substr(0, size), {coding}, kLimit);
      ASSERT_FALSE(cut) << coding << " cut to " << size;
      ASSERT_EQ(cut.error().code, ErrorCode::kMalformed);
    }
    EXPECT_EQ(decode_body(wire + "x", {coding}, kLimit).error().code, ErrorCode::kMalformed) << coding;
    EXPECT_EQ(decode_body(wire + std::string(40, '\0'), {coding}, kLimit).error().code, ErrorCode::kMalformed);
  }
}

TEST(Codings, TheBeginningOfABodyIsReadAsFarAsItGoes) {
  const std::string plain = json_text(400'000);  // zstd reads whole blocks, of up to 128 KiB
  for (const char* name : {"gzip", "deflate", "br", "zstd"}) {
    const std::string wire = encode_body(plain, {name}).value();
    std::size_t most = 0;
    for (std::size_t size = 0; size < wire.size(); size += 1 + size / 7) {
      const std::string got = decode_beginning(std::string_view(wire).substr(0, size), {name}, kLimit);
      EXPECT_TRUE(plain.starts_with(got)) << name << " " << size;
      most = std::max(most, got.size());
    }
    EXPECT_GT(most, 0U) << name;
    EXPECT_EQ(decode_beginning(wire, {name}, 100), "") << "over the limit";
    EXPECT_EQ(decode_beginning("no such thing", {name}, kLimit), "") << name;
  }
  EXPECT_EQ(decode_beginning(encode_body(plain, {"gzip", "br"}).value(), {"gzip", "br"}, kLimit), "");
  EXPECT_EQ(decode_beginning(plain, {"snappy"}, kLimit), "");
}

TEST(Codings, FlippedBitsNeverCrashNorPassTheLimit) {
  const std::string plain = json_text(500);
  for (const char* coding : {"gzip", "deflate", "br", "zstd"}) {
    const std::string wire = *encode_body(plain, {coding});
    for (std::size_t i = 0; i < wire.size() * 8; ++i) {
      std::string flipped = wire;
      flipped[i / 8] = static_cast<char>(flipped[i / 8] ^ (1 << (i % 8)));
      const auto out = decode_body(flipped, {coding}, 4096);
      EXPECT_LE(out ? out->size() : 0, 4096U);
    }
  }
}

}  // namespace
}  // namespace cvr::http
