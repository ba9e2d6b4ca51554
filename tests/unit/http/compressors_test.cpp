#include "http/compressors.h"

#include <zlib.h>
#include <zstd.h>

namespace cvr::http {
namespace {

constexpr std::uint64_t kLimit = 1u << 20;

std::string raw_deflate(const std::string& plain) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(plain.size() + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

TEST(Gunzip, TakesSeveralMembers) {  // RFC 1952 section 2.2
  const std::string wire = *gzip("one ") + *gzip("") + *gzip("two");
  EXPECT_EQ(gunzip(wire, kLimit).value(), "one two");
  EXPECT_EQ(gunzip(wire, 6).error().code, ErrorCode::kLimit);
}

TEST(Gunzip, HasNoTimeStampInIt) {
  const std::string wire = *gzip("body");
  EXPECT_EQ(wire.substr(4, 4), std::string(4, '\0'));
}

TEST(InflateAny, TakesZlibAndRaw) {
  EXPECT_EQ(inflate_any(*deflate_zlib("wrapped"), kLimit).value(), "wrapped");
  EXPECT_EQ(inflate_any(raw_deflate("raw"), kLimit).value(), "raw");
  EXPECT_EQ(inflate_any(raw_deflate("raw") + "x", kLimit).error().code, ErrorCode::kMalformed);
}

TEST(ZstdDecode, TakesSeveralFramesAndSkippableOnes) {  // RFC 8878 section 3.1
  const std::string skippable("\x50\x2a\x4d\x18\x03\0\0\0abc", 11);
  EXPECT_EQ(zstd_decode(*zstd_encode("one ") + skippable + *zstd_encode("two"), kLimit).value(), "one two");
}

TEST(ZstdDecode, RefusesAHugeWindow) {  // 17 bytes may not ask for 2 GiB of memory
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, 27);
  ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
  std::string wire(256, '\0');
  ZSTD_outBuffer out{wire.data(), wire.size(), 0};
  ZSTD_inBuffer in{"body", 4, 0};
  EXPECT_EQ(ZSTD_compressStream2(context, &out, &in, ZSTD_e_flush), 0U);
  EXPECT_EQ(ZSTD_compressStream2(context, &out, &in, ZSTD_e_end), 0U);
  ZSTD_freeCCtx(context);
  wire.resize(out.pos);
  EXPECT_EQ(zstd_decode(wire, kLimit).error().code, ErrorCode::kMalformed);
}

// A mebibyte of empty members or frames: the work stays in proportion to the input.
TEST(Decoders, ManyEmptyMembersAreCheap) {
  const std::string member = *gzip("");
  const std::string frame = *zstd_encode("");
  std::string members;
  std::string frames;
  while (members.size() < kLimit) members += member;
  while (frames.size() < kLimit) frames += frame;
  EXPECT_EQ(gunzip(members, 1u << 24).value(), "");
  EXPECT_EQ(zstd_decode(frames, 1u << 24).value(), "");
}

TEST(BrotliDecode, RefusesBytesThatFollow) {
  EXPECT_EQ(brotli_decode(*brotli_encode("body") + "x", kLimit).error().code, ErrorCode::kMalformed);
  EXPECT_EQ(brotli_decode(*brotli_encode("body"), kLimit).value(), "body");
}

}  // namespace
}  // namespace cvr::http
