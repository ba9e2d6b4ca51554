// Content codings (RFC 9110 section 8.4.1): identity, gzip (x-gzip), deflate (zlib or raw), br, zstd.
// Pure and thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/result.h"

namespace cvr::http {

// Splits a Content-Encoding value into lower-case names in the order they were applied; "identity"
// is dropped, "x-gzip" is "gzip".
std::vector<std::string> parse_codings(std::string_view header_value);

// What may be told of a token of Content-Encoding, which is whatever somebody wrote there: itself when the registry of
// codings has it (RFC 9110 section 16.6.1), else "unknown".  Of parse_codings' names.
std::string_view registered_coding(std::string_view name);

// Removes `codings` (in the order they were applied).  Errors: kUnsupported for an unknown coding
// or more than 4; kMalformed for broken or truncated data or trailing garbage; kLimit when any
// layer's output passes `limit_bytes` (memory stays bounded by about twice the limit).
Result<std::string> decode_body(std::string_view wire, const std::vector<std::string>& codings,
                                std::uint64_t limit_bytes);

// What the first part of a body decodes to, when the rest never came.  Of one coding only; empty: of several, of an
// unknown one, or nothing can be read of so little.
std::string decode_beginning(std::string_view wire, const std::vector<std::string>& codings, std::uint64_t limit_bytes);

// Applies `codings` again, deterministically (fixed levels, no time stamps).  kUnsupported for an
// unknown coding.
Result<std::string> encode_body(std::string_view plain, const std::vector<std::string>& codings);

}  // namespace cvr::http
