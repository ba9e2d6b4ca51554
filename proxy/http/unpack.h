// Compressed data whose coding no header names: found in a body by its first bytes, or by trying.
// Unlike the content codings (codings.h) the decoders here answer what they have read when data is
// truncated or broken, because a reader of the file could read that much too.  Output stops at a
// limit.  Pure and thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cvr/result.h"

namespace cvr::http {

enum class Packing : std::uint8_t { kGzip, kZlib, kRawDeflate, kZstd, kBrotli };

struct Unpacked {
  std::string plain;
  std::size_t consumed = 0;  // bytes of input
  bool whole = false;        // ended as the format says
  bool over_limit = false;   // there is more than the limit
};

// By magic number: gzip (RFC 1952), zlib (RFC 1950), zstd (RFC 8878).
std::optional<Packing> packing_at(std::string_view bytes);

Unpacked unpack(std::string_view bytes, Packing packing, std::uint64_t limit_bytes);

Result<std::string> pack(std::string_view plain, Packing packing);

}  // namespace cvr::http
