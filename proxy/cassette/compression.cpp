// Interaction frames and their compression: from 4 KiB on, where a fast pass of zstd pays.
#include <zstd.h>

#include <memory>

#include "cassette/scan.h"

namespace cvr::cassette {
namespace {

constexpr std::size_t kPrefix = 48;            // stays readable without decompression
constexpr std::size_t kWorthCompressing = 4096;
constexpr int kLevel = 1;
constexpr std::uint64_t kMostDecompressed = 256u << 20;

struct Free {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

}  // namespace

void append_interaction(std::string& out, std::string_view payload) {
  if (payload.size() - kPrefix >= kWorthCompressing) {
    thread_local const std::unique_ptr<ZSTD_CCtx, Free> context(ZSTD_createCCtx());
    thread_local std::string packed;
    const std::string_view map = payload.substr(kPrefix);
    packed.assign(payload.substr(0, kPrefix));
    packed.resize(kPrefix + ZSTD_compressBound(map.size()));
    const std::size_t size =
        ZSTD_compressCCtx(context.get(), packed.data() + kPrefix, packed.size() - kPrefix, map.data(), map.size(), kLevel);
    if (ZSTD_isError(size) == 0 && size < map.size() - map.size() / 8) {
      packed.resize(kPrefix + size);
      append_frame(out, 'I', kCompressed, packed);
      if (packed.capacity() > (1u << 20)) std::string().swap(packed);
      return;
    }
  }
  append_frame(out, 'I', 0, payload);
}

Result<std::string> payload_of(const Frame& frame) {
  if ((frame.flags & kCompressed) == 0) return std::string(frame.payload);
  const auto damaged = [] { return fail(ErrorCode::kDamaged, "a compressed record that does not decompress"); };
  if (frame.payload.size() < kPrefix) return damaged();
  const std::string_view packed = frame.payload.substr(kPrefix);
  const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > kMostDecompressed) return damaged();
  // A claimed size costs memory before a byte is checked: zstd can not do better than about 1:20000.
  if (size > packed.size() * 32768ULL) return damaged();
  std::string out(frame.payload.substr(0, kPrefix));
  out.resize(kPrefix + static_cast<std::size_t>(size));
  const std::size_t got = ZSTD_decompress(out.data() + kPrefix, static_cast<std::size_t>(size), packed.data(), packed.size());
  if (ZSTD_isError(got) != 0 || got != size) return damaged();
  return out;
}

}  // namespace cvr::cassette
