#include "http/compressors.h"

#include <brotli/decode.h>
#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <memory>

namespace cvr::http {
namespace {

constexpr std::size_t kMostRoom = 1u << 30;  // zlib counts in 32 bits
constexpr int kGzipWindow = 15 + 16;
constexpr int kZlibWindow = 15;
constexpr int kRawWindow = -15;

std::unexpected<Error> malformed(const char* what) { return fail(ErrorCode::kMalformed, what); }
std::unexpected<Error> over_limit() { return fail(ErrorCode::kLimit, "a body that decodes to more than the limit"); }

// Where decoders write.  It only grows, and only when it is full, so that many small members or
// frames cost no more than one large one; at most one byte over the limit is ever asked for.
class Output {
 public:
  Output(std::size_t wire_size, std::uint64_t limit_bytes)
      : limit_bytes_(limit_bytes), next_size_(4 * wire_size + 512) {}

  // Room for at least one byte more; not to be called when `over_limit`.
  std::size_t make_room() {
    if (used_ == bytes_.size()) {
      bytes_.resize(std::min<std::uint64_t>(limit_bytes_ + 1, std::max(next_size_, used_ + 1)));
      next_size_ = 2 * bytes_.size();
    }
    return bytes_.size() - used_;
  }
  char* end() { return bytes_.data() + used_; }
  void add(std::size_t size) { used_ += size; }
  bool over_limit() const { return used_ > limit_bytes_; }
  std::string take() {
    bytes_.resize(used_);
    return std::move(bytes_);
  }

 private:
  std::string bytes_;
  std::uint64_t limit_bytes_;
  std::size_t next_size_;
  std::size_t used_ = 0;
};

Result<std::string> inflate_window(std::string_view wire, std::uint64_t limit_bytes, int window, bool members) {
  z_stream stream{};
  if (inflateInit2(&stream, window) != Z_OK) return malformed("zlib can not start");
  const std::unique_ptr<z_stream, int (*)(z_stream*)> closer(&stream, inflateEnd);
  Output out(wire.size(), limit_bytes);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(wire.data()));
  stream.avail_in = static_cast<uInt>(wire.size());
  for (;;) {
    const auto room = static_cast<uInt>(std::min<std::size_t>(out.make_room(), kMostRoom));
    stream.next_out = reinterpret_cast<Bytef*>(out.end());
    stream.avail_out = room;
    const int code = inflate(&stream, Z_NO_FLUSH);
    out.add(room - stream.avail_out);
    if (out.over_limit()) return over_limit();
    if (code == Z_STREAM_END) {
      if (stream.avail_in == 0) return out.take();
      if (!members || inflateReset(&stream) != Z_OK) return malformed("bytes after the compressed data");
      continue;
    }
    if (code != Z_OK) return malformed("broken compressed data");
    if (stream.avail_in == 0 && stream.avail_out > 0) return malformed("truncated compressed data");
  }
}

Result<std::string> deflate_window(std::string_view plain, int window) {
  z_stream stream{};
  if (deflateInit2(&stream, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    return malformed("zlib can not start");
  const std::unique_ptr<z_stream, int (*)(z_stream*)> closer(&stream, deflateEnd);
  std::string out(deflateBound(&stream, plain.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) return malformed("zlib can not compress");
  out.resize(stream.total_out);
  return out;
}

}  // namespace

Result<std::string> gunzip(std::string_view wire, std::uint64_t limit_bytes) {
  return inflate_window(wire, limit_bytes, kGzipWindow, true);
}

Result<std::string> inflate_any(std::string_view wire, std::uint64_t limit_bytes) {
  // RFC 9110 section 8.4.1.2 means the zlib format; some servers send raw deflate.
  auto wrapped = inflate_window(wire, limit_bytes, kZlibWindow, false);
  if (wrapped || wrapped.error().code == ErrorCode::kLimit) return wrapped;
  return inflate_window(wire, limit_bytes, kRawWindow, false);
}

Result<std::string> brotli_decode(std::string_view wire, std::uint64_t limit_bytes) {
  const std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> state(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance);
  const auto* in = reinterpret_cast<const std::uint8_t*>(wire.data());
  std::size_t in_left = wire.size();
  Output out(wire.size(), limit_bytes);
  for (;;) {
    const std::size_t room = out.make_room();
    std::size_t out_left = room;
    auto* next = reinterpret_cast<std::uint8_t*>(out.end());
    const auto code = BrotliDecoderDecompressStream(state.get(), &in_left, &in, &out_left, &next, nullptr);
    out.add(room - out_left);
    if (out.over_limit()) return over_limit();
    if (code == BROTLI_DECODER_RESULT_SUCCESS) {
      return in_left == 0 ? Result<std::string>(out.take()) : malformed("bytes after the compressed data");
    }
    if (code == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) return malformed("truncated compressed data");
    if (code == BROTLI_DECODER_RESULT_ERROR) return malformed("broken compressed data");
  }
}

Result<std::string> zstd_decode(std::string_view wire, std::uint64_t limit_bytes) {
  const std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context(ZSTD_createDCtx(), ZSTD_freeDCtx);
  // RFC 9659: 8 MiB is the largest window that a client needs to take.
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, 23);
  ZSTD_inBuffer in{wire.data(), wire.size(), 0};
  Output out(wire.size(), limit_bytes);
  for (;;) {
    const std::size_t room = out.make_room();
    ZSTD_outBuffer piece{out.end(), room, 0};
    const std::size_t code = ZSTD_decompressStream(context.get(), &piece, &in);
    out.add(piece.pos);
    if (ZSTD_isError(code) != 0) return malformed("broken compressed data");
    if (out.over_limit()) return over_limit();
    if (code == 0 && in.pos == in.size) return out.take();
    if (in.pos == in.size && piece.pos < piece.size) return malformed("truncated compressed data");
  }
}

Result<std::string> gzip(std::string_view plain) { return deflate_window(plain, kGzipWindow); }
Result<std::string> deflate_zlib(std::string_view plain) { return deflate_window(plain, kZlibWindow); }

Result<std::string> brotli_encode(std::string_view plain) {
  std::size_t size = BrotliEncoderMaxCompressedSize(plain.size());
  std::string out(std::max<std::size_t>(size, 1024), '\0');
  size = out.size();
  if (BrotliEncoderCompress(5, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, plain.size(),
                            reinterpret_cast<const std::uint8_t*>(plain.data()), &size,
                            reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_FALSE) {
    return malformed("brotli can not compress");
  }
  out.resize(size);
  return out;
}

Result<std::string> zstd_encode(std::string_view plain) {
  std::string out(ZSTD_compressBound(plain.size()), '\0');
  const std::size_t size = ZSTD_compress(out.data(), out.size(), plain.data(), plain.size(), 3);
  if (ZSTD_isError(size) != 0) return malformed("zstd can not compress");
  out.resize(size);
  return out;
}

}  // namespace cvr::http
