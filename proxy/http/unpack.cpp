#include "http/unpack.h"

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <memory>

#include "http/compressors.h"

namespace cvr::http {
namespace {

constexpr std::size_t kPiece = 64u << 10;

// Appends to `out` up to the limit; false when that was reached.
bool take(Unpacked& out, const char* piece, std::size_t size, std::uint64_t limit_bytes) {
  const auto room = static_cast<std::size_t>(limit_bytes - out.plain.size());
  out.plain.append(piece, std::min(size, room));
  out.over_limit = size > room;
  return !out.over_limit;
}

int window_of(Packing packing) {
  switch (packing) {
    case Packing::kGzip:
      return 15 + 16;
    case Packing::kZlib:
      return 15;
    default:
      return -15;
  }
}

// zlib counts in 32 bits; bodies are smaller (their limit is 1 GiB).
Unpacked inflate_what_stands(std::string_view bytes, Packing packing, std::uint64_t limit_bytes) {
  Unpacked out;
  z_stream stream{};
  if (inflateInit2(&stream, window_of(packing)) != Z_OK) return out;
  const std::unique_ptr<z_stream, int (*)(z_stream*)> closer(&stream, inflateEnd);
  std::array<char, kPiece> piece;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(std::min<std::size_t>(bytes.size(), UINT32_MAX));
  for (;;) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = piece.size();
    const int code = inflate(&stream, Z_NO_FLUSH);
    const std::size_t size = piece.size() - stream.avail_out;
    if (!take(out, piece.data(), size, limit_bytes)) break;
    if (code == Z_STREAM_END) {
      // Further members belong to a gzip file as well.
      out.whole = true;
      const bool more = packing == Packing::kGzip && stream.avail_in > 0 && inflateReset(&stream) == Z_OK;
      if (!more) break;
      out.whole = false;
    } else if (code != Z_OK || (stream.avail_in == 0 && size < piece.size())) {
      break;
    }
  }
  out.consumed = bytes.size() - stream.avail_in;
  return out;
}

Unpacked zstd_what_stands(std::string_view bytes, std::uint64_t limit_bytes) {
  Unpacked out;
  const std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context(ZSTD_createDCtx(), ZSTD_freeDCtx);
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, 23);
  std::array<char, kPiece> piece;
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  for (;;) {
    ZSTD_outBuffer to{piece.data(), piece.size(), 0};
    const std::size_t code = ZSTD_decompressStream(context.get(), &to, &in);
    if (!take(out, piece.data(), to.pos, limit_bytes)) break;
    if (ZSTD_isError(code) != 0) break;
    if (code == 0 && in.pos == in.size) {
      out.whole = true;
      break;
    }
    if (in.pos == in.size && to.pos < to.size) break;
  }
  out.consumed = in.pos;
  return out;
}

Unpacked brotli_what_stands(std::string_view bytes, std::uint64_t limit_bytes) {
  Unpacked out;
  const std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> state(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance);
  const auto* in = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::size_t in_left = bytes.size();
  std::array<char, kPiece> piece;
  for (;;) {
    std::size_t room = piece.size();
    auto* next = reinterpret_cast<std::uint8_t*>(piece.data());
    const auto code = BrotliDecoderDecompressStream(state.get(), &in_left, &in, &room, &next, nullptr);
    if (!take(out, piece.data(), piece.size() - room, limit_bytes)) break;
    if (code == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) continue;
    out.whole = code == BROTLI_DECODER_RESULT_SUCCESS && in_left == 0;
    break;
  }
  out.consumed = bytes.size() - in_left;
  return out;
}

}  // namespace

std::optional<Packing> packing_at(std::string_view bytes) {
  if (bytes.size() < 6) return std::nullopt;
  if (bytes.starts_with("\x1f\x8b\x08")) return Packing::kGzip;
  if (bytes.starts_with("\x28\xb5\x2f\xfd")) return Packing::kZstd;
  // CMF 0x78 (deflate, 32 KiB window), and a FLG that makes the pair a multiple of 31, without dictionary.
  const auto flags = static_cast<std::uint8_t>(bytes[1]);
  if (bytes[0] == 0x78 && (0x7800 + flags) % 31 == 0 && (flags & 0x20) == 0) return Packing::kZlib;
  return std::nullopt;
}

Unpacked unpack(std::string_view bytes, Packing packing, std::uint64_t limit_bytes) {
  switch (packing) {
    case Packing::kZstd:
      return zstd_what_stands(bytes, limit_bytes);
    case Packing::kBrotli:
      return brotli_what_stands(bytes, limit_bytes);
    default:
      return inflate_what_stands(bytes, packing, limit_bytes);
  }
}

Result<std::string> pack(std::string_view plain, Packing packing) {
  switch (packing) {
    case Packing::kGzip:
      return gzip(plain);
    case Packing::kZlib:
      return deflate_zlib(plain);
    case Packing::kZstd:
      return zstd_encode(plain);
    case Packing::kBrotli:
      return brotli_encode(plain);
    case Packing::kRawDeflate: {
      // The zlib format without its two bytes in front and four behind.
      auto wrapped = deflate_zlib(plain);
      if (wrapped) *wrapped = wrapped->substr(2, wrapped->size() - 6);
      return wrapped;
    }
  }
  return fail(ErrorCode::kUnsupported, "an unknown packing");
}

}  // namespace cvr::http
