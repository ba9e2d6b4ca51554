// The libraries behind the content codings, one function a direction.  Decoders stop at
// `limit_bytes` of output (kLimit) while they decode, so a bomb costs no more than that; truncated
// or trailing data is kMalformed.  Encoders are deterministic.  Pure and thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cvr/result.h"

namespace cvr::http {

Result<std::string> gunzip(std::string_view wire, std::uint64_t limit_bytes);       // several members allowed
Result<std::string> inflate_any(std::string_view wire, std::uint64_t limit_bytes);  // zlib-wrapped or raw
Result<std::string> brotli_decode(std::string_view wire, std::uint64_t limit_bytes);
Result<std::string> zstd_decode(std::string_view wire, std::uint64_t limit_bytes);

Result<std::string> gzip(std::string_view plain);
Result<std::string> deflate_zlib(std::string_view plain);
Result<std::string> brotli_encode(std::string_view plain);
Result<std::string> zstd_encode(std::string_view plain);

}  // namespace cvr::http
