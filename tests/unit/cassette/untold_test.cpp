#include "cassette/untold.h"

#include <gtest/gtest.h>

#include <msgpack.hpp>
#include <set>

#include "cassette/earlier.h"
#include "cassette/meta.h"
#include "cassette/parts.h"
#include "samples.h"

namespace cvr::cassette {
namespace {

Result<std::string_view> nothing(std::uint64_t) { return fail(ErrorCode::kMalformed, "none"); }

std::set<std::string> texts_of(std::string_view payload, const PayloadOf& earlier = nothing) {
  std::set<std::string> out;
  each_untold(payload, earlier, [&](std::string_view text, bool is_binary) {
    if (!is_binary) out.insert(std::string(text));
  });
  return out;
}

// The record with `more` behind its pairs.
std::string with_pair(std::string msgpack, std::string_view key, const std::vector<std::string>& values) {
  msgpack[0] = static_cast<char>(msgpack[0] + 1);  // a map of up to 14 pairs
  msgpack::sbuffer more;
  msgpack::packer<msgpack::sbuffer> pack(more);
  pack.pack(key).pack(values);
  return msgpack + std::string(more.data(), more.size());
}

std::string payload_of(std::string_view msgpack) { return encode_payload({}, msgpack); }

TEST(Untold, OfWhatARecorderWritesThereIsNone) {
  EXPECT_TRUE(texts_of(encode(sample(1))).empty());
  EXPECT_TRUE(texts_of(payload_of(pack_parts(full_parts()))).empty());
}

TEST(Untold, StartAndMatchKeyAreBytes) {
  std::string bytes;
  const std::string payload = encode(sample(1));
  each_untold(payload, nothing, [&](std::string_view text, bool is_binary) {
    EXPECT_TRUE(is_binary);
    bytes += text;
  });
  EXPECT_EQ(bytes, payload.substr(0, kInteractionPrefix));
}

TEST(Untold, KeysOfTomorrowAndWhatStandsThereAreTold) {
  const std::string one = pack_parts(sample_parts(1));
  EXPECT_EQ(texts_of(payload_of(with_pair(one, "tomorrow", {"one", "two"}))),
            (std::set<std::string>{"tomorrow", "one", "two"}));
}

TEST(Untold, AWordThatIsReadAsAnotherIsTold) {
  RedactedParts parts = sample_parts(1);
  parts.request.path = {"/abc", {{1, 3, Kind::kToken, "rule"}}};
  std::string msgpack = pack_parts(parts);
  const std::size_t at = msgpack.find("token");
  ASSERT_NE(at, msgpack.npos);
  msgpack.replace(at, 5, "tokem");
  EXPECT_EQ(texts_of(payload_of(msgpack)), std::set<std::string>{"tokem"});
}

TEST(Untold, WhatALaterKeyReplacesIsTold) {
  const std::string msgpack = pack_parts(sample_parts(1));
  const std::string twice = with_pair(with_pair(msgpack, "notes", {"gone"}), "notes", {"stays"});
  EXPECT_EQ(texts_of(payload_of(twice)), std::set<std::string>{"gone"});
}

TEST(Untold, ARecordThatLeansOnEarlierOnesHasNone) {
  Earlier earlier;
  const Encoded first = earlier.encode(sample(1, 6000));
  earlier.remember(first, 1);
  RedactedParts parts = *sample(1, 6000);
  parts.timing.finished_us += 1;
  const Encoded second = earlier.encode(decode(encode_payload({}, pack_parts(parts))).value());
  ASSERT_LT(second.payload.size(), first.payload.size());
  EXPECT_TRUE(texts_of(second.payload, [&](std::uint64_t n) -> Result<std::string_view> {
                if (n != 1) return fail(ErrorCode::kMalformed, "none");
                return std::string_view(first.payload);
              }).empty());
}

TEST(Untold, WhatDoesNotParseIsToldWhole) {
  EXPECT_TRUE(texts_of("short").empty());
  msgpack::sbuffer odd;
  msgpack::pack(odd, std::vector<std::string>{"no", "map"});
  EXPECT_EQ(texts_of(payload_of({odd.data(), odd.size()})), (std::set<std::string>{"no", "map"}));
}

TEST(Untold, OfOtherFrames) {
  const auto texts = [](FrameType type, const std::string& payload) {
    std::set<std::string> out;
    Frame frame;
    frame.head.type = static_cast<std::uint8_t>(type);
    frame.payload = payload;
    each_untold(frame, [&](std::string_view text, bool) { out.insert(std::string(text)); });
    return out;
  };
  const std::string header = encode_header(sample_header());
  const std::string gap = encode_gap({1, 2, "a reason"});
  const std::string refusal = encode_refusal({1, "gate", "api.test", "a reason", 0});
  for (const auto& [type, payload] :
       {std::pair{FrameType::kHeader, header}, {FrameType::kGap, gap}, {FrameType::kRefusal, refusal}}) {
    EXPECT_TRUE(texts(type, payload).empty());
    EXPECT_EQ(texts(type, with_pair(payload, "x", {"y"})), (std::set<std::string>{"x", "y"}));
  }
  // Longer than what is read of it.
  const std::string reason(5000, 'r');
  msgpack::sbuffer out;
  msgpack::packer<msgpack::sbuffer> pack(out);
  pack.pack_map(1).pack("reason").pack(reason);
  EXPECT_TRUE(texts(FrameType::kGap, {out.data(), out.size()}).contains(reason));
  EXPECT_EQ(texts(FrameType::kIndex, "bytes"), std::set<std::string>{"bytes"});
  EXPECT_EQ(texts(FrameType::kLookup, "bytes"), std::set<std::string>{"bytes"});
  EXPECT_EQ(texts(FrameType::kHints, "bytes"), std::set<std::string>{"bytes"});
}

}  // namespace
}  // namespace cvr::cassette
