#include "cassette/meta.h"

#include <msgpack.hpp>

#include "samples.h"

namespace cvr::cassette {
namespace {

TEST(Meta, HeaderComesBack) {
  EXPECT_EQ(decode_header(encode_header(sample_header())).value(), sample_header());
  EXPECT_EQ(decode_header(encode_header({})).value(), Header{});
  Header told = sample_header();
  told.redaction = "pii 1f3a09bc";
  EXPECT_EQ(decode_header(encode_header(told)).value(), told);
}

TEST(Meta, GapComesBack) {
  const Gap gap{1'772'000'000'000'000, 17, "no space left on device"};
  EXPECT_EQ(decode_gap(encode_gap(gap)).value(), gap);
  EXPECT_EQ(decode_gap(encode_gap({})).value(), Gap{});
}

TEST(Meta, RefusalComesBack) {
  const Refusal refusal{1'772'000'000'000'000, "gate", "a.example", "no Host"};
  EXPECT_EQ(decode_refusal(encode_refusal(refusal)).value(), refusal);
  EXPECT_EQ(decode_refusal(encode_refusal({})).value(), Refusal{});
}

TEST(Meta, KeysOfTomorrowAreSkipped) {
  msgpack::sbuffer out;
  msgpack::packer<msgpack::sbuffer> pack(out);
  pack.pack_map(2).pack("tomorrow").pack(1.5).pack("lost").pack(3);
  EXPECT_EQ(decode_gap({out.data(), out.size()}).value(), (Gap{0, 3, ""}));
  EXPECT_EQ(decode_header({out.data(), out.size()}).value(), Header{});
  EXPECT_EQ(decode_refusal({out.data(), out.size()}).value(), Refusal{});
}

TEST(Meta, BrokenOnesAreMalformed) {
  for (const std::string& bytes : {std::string(), encode_gap({}) + "x", std::string("\x81\xa4lost\xff")}) {
    EXPECT_EQ(decode_gap(bytes).error().code, ErrorCode::kMalformed);
  }
  for (const std::string& bytes : {std::string(), encode_refusal({}) + "x", std::string("\x81\xa4kind\xff")}) {
    EXPECT_EQ(decode_refusal(bytes).error().code, ErrorCode::kMalformed);
  }
  EXPECT_EQ(decode_header("\x81\xa4tool\x01").error().code, ErrorCode::kMalformed);
}

TEST(Meta, LongTextsAreCut) {
  EXPECT_EQ(decode_gap(encode_gap({0, 1, std::string(1'000'000, 'x')}))->reason.size(), 4096U);
  EXPECT_EQ(decode_refusal(encode_refusal({0, "", "", std::string(1'000'000, 'x')}))->reason.size(), 4096U);
}

}  // namespace
}  // namespace cvr::cassette
