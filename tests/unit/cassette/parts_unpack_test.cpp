#include <functional>
#include <msgpack.hpp>

#include "cassette/parts.h"
#include "samples.h"

namespace cvr::cassette {
namespace {

using Pack = msgpack::packer<msgpack::sbuffer>;

std::string packed(const std::function<void(Pack&)>& f) {
  msgpack::sbuffer out;
  Pack pack(out);
  f(pack);
  return {out.data(), out.size()};
}

ErrorCode error_of(const std::function<void(Pack&)>& f) {
  const auto parts = unpack_parts(packed(f));
  EXPECT_FALSE(parts);
  return parts ? ErrorCode::kUsage : parts.error().code;
}

// Three of the keys that are always there.
void pack_facts(Pack& p) {
  p.pack("framing").pack("none");
  p.pack("via").pack("connect");
  p.pack("t").pack_array(3).pack(1).pack(2).pack(3);
}
// Three of those of a request.
void pack_origin(Pack& p) {
  p.pack("o").pack_array(3).pack("https").pack("h").pack(443);
  p.pack("v").pack(1);
}

TEST(PartsUnpack, KeysInAnyOrderAndUnknownOnesSkipped) {
  const auto parts = unpack_parts(packed([](Pack& p) {
    p.pack_map(7);
    p.pack("tomorrow").pack(std::vector<int>{1, 2, 3});
    pack_facts(p);
    p.pack("req").pack_map(5);
    pack_origin(p);
    p.pack("p").pack_array(4).pack("/a/b").pack(1).pack(1).pack(0);
    p.pack("also").pack_map(1).pack("nested").pack_nil();
    p.pack("m").pack("PUT");
    p.pack("step").pack("s");
    p.pack("tags").pack_array(2).pack("token").pack("ledger");
  }));
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->request.method, "PUT");
  EXPECT_EQ(parts->step, "s");
  EXPECT_EQ(parts->request.path, (RedactedText{"/a/b", {{1, 1, Kind::kToken, "ledger"}}}));
}

TEST(PartsUnpack, AKindOfTomorrowIsSomeOtherKind) {
  const auto parts = unpack_parts(packed([](Pack& p) {
    p.pack_map(5).pack("tags").pack_array(2).pack("passport-number").pack("r");
    pack_facts(p);
    p.pack("req").pack_map(4).pack("m").pack("GET");
    pack_origin(p);
    p.pack("p").pack_array(4).pack("/a").pack(0).pack(2).pack(0);
  }));
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->request.path.spans[0].kind, Kind::kOther);
}

TEST(PartsUnpack, AFramingOfTomorrowIsRefused) {
  EXPECT_EQ(error_of([](Pack& p) { p.pack_map(1).pack("framing").pack("quic"); }), ErrorCode::kUnsupported);
  EXPECT_EQ(error_of([](Pack& p) { p.pack_map(1).pack("via").pack("pigeon"); }), ErrorCode::kUnsupported);
  EXPECT_EQ(error_of([](Pack& p) { p.pack_map(1).pack("fail").pack_array(2).pack("gremlins").pack(""); }),
            ErrorCode::kUnsupported);
}

TEST(PartsUnpack, SpansThatDoNotFitAreMalformed) {
  const std::vector<std::vector<unsigned>> wrong = {{0, 5, 0},
                                                    {4, 1, 0},
                                                    {0, 0, 0},
                                                    {0, 1, 1},
                                                    {2, 1, 0, 1, 1, 0},
                                                    {0, 2, 0, 1, 2, 0},
                                                    {4294967295U, 4294967295U, 0}};
  for (const auto& numbers : wrong) {
    EXPECT_EQ(
        error_of([&](Pack& p) {
          p.pack_map(2).pack("tags").pack_array(2).pack("token").pack("r");
          p.pack("req").pack_map(1).pack("p").pack_array(static_cast<std::uint32_t>(1 + numbers.size())).pack("/abc");
          for (const unsigned number : numbers) p.pack(number);
        }),
        ErrorCode::kMalformed);
  }
}

TEST(PartsUnpack, WrongTypesAreMalformed) {
  EXPECT_EQ(error_of([](Pack& p) { p.pack(1); }), ErrorCode::kMalformed);
  EXPECT_EQ(error_of([](Pack& p) { p.pack_map(0).pack(1); }), ErrorCode::kMalformed) << "bytes that follow";
  EXPECT_EQ(error_of([](Pack& p) { p.pack_map(1).pack("req").pack(1); }), ErrorCode::kMalformed);
  EXPECT_EQ(error_of([](Pack& p) { p.pack_map(1).pack("pieces").pack_array(3).pack(1).pack(2).pack(3); }),
            ErrorCode::kMalformed);
  EXPECT_EQ(error_of([](Pack& p) {
              p.pack_map(1).pack("req").pack_map(1).pack("o").pack_array(3).pack("https").pack("h").pack(65536);
            }),
            ErrorCode::kMalformed);
  EXPECT_EQ(error_of([](Pack& p) {
              p.pack_map(1).pack("req").pack_map(1).pack("o").pack_array(3).pack("ftp").pack("h").pack(21);
            }),
            ErrorCode::kMalformed);
  EXPECT_EQ(error_of([](Pack& p) { p.pack_map(1).pack("res").pack_map(1).pack("s").pack(5'000'000'000); }),
            ErrorCode::kMalformed);
  EXPECT_FALSE(unpack_parts(""));
}

// Each of the keys that FORMAT calls always there: without it the record is damage, not an interaction of defaults.
TEST(PartsUnpack, WhatIsAlwaysThereMayNotBeMissing) {
  const auto without = [](int missing) {
    return packed([missing](Pack& p) {
      int next = 0;
      const auto put = [&](auto f) {
        if (next++ != missing) f();
      };
      const auto outer = [missing](int of) { return static_cast<std::uint32_t>(of - (missing >= 0 && missing < of)); };
      p.pack_map(outer(3) + 2);
      put([&] { p.pack("framing").pack("none"); });
      put([&] { p.pack("via").pack("connect"); });
      put([&] { p.pack("t").pack_array(3).pack(1).pack(2).pack(3); });
      p.pack("req").pack_map(static_cast<std::uint32_t>(4 - (missing >= 3 && missing < 7)));
      put([&] { p.pack("m").pack("GET"); });
      put([&] { p.pack("o").pack_array(3).pack("https").pack("h").pack(443); });
      put([&] { p.pack("p").pack("/"); });
      put([&] { p.pack("v").pack(1); });
      p.pack("res").pack_map(static_cast<std::uint32_t>(2 - (missing >= 7)));
      put([&] { p.pack("s").pack(200); });
      put([&] { p.pack("v").pack(1); });
    });
  };
  EXPECT_TRUE(unpack_parts(without(-1)));
  for (int i = 0; i < 9; ++i) EXPECT_FALSE(unpack_parts(without(i))) << i;
}

TEST(PartsUnpack, MoreItemsThanTheLimitsAllowAreMalformed) {
  EXPECT_EQ(error_of([](Pack& p) {
              p.pack_map(1).pack("flags").pack_array(5000);
              for (int i = 0; i < 5000; ++i) p.pack("");
            }),
            ErrorCode::kMalformed);
  EXPECT_EQ(error_of([](Pack& p) {
              p.pack_map(1).pack("req").pack_map(1).pack("h").pack_array(2 * 70'000);
              for (int i = 0; i < 2 * 70'000; ++i) p.pack("");
            }),
            ErrorCode::kMalformed);
}

}  // namespace
}  // namespace cvr::cassette
