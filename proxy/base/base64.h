// Base64 (RFC 4648), both alphabets.  Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cvr {

std::string base64_encode(std::string_view bytes);     // + / with padding
std::string base64url_encode(std::string_view bytes);  // - _ without padding

// Accepts either alphabet, padded or not; nothing else (no white space).  nullopt when malformed.
std::optional<std::string> base64_decode(std::string_view text);

std::string hex_encode(std::string_view bytes);  // lower case
std::optional<std::string> hex_decode(std::string_view text);

}  // namespace cvr
