// Content-Type values (RFC 9110 section 8.3), and guessing where they are silent.  Pure.
#pragma once

#include <string>
#include <string_view>

namespace cvr::redact {

struct MediaType {
  std::string essence;   // "application/json", lower case; empty when absent or malformed
  std::string charset;   // lower case
  std::string boundary;  // of multipart
};
MediaType parse_media_type(std::string_view value);

enum class BodyForm : std::uint8_t { kJson, kJsonLines, kEvents, kForm, kMultipart, kMarkup, kText, kBinary };
// What the type says, or for an absent, unknown or all too general type what the bytes look like.
BodyForm form_of_body(const MediaType& type, std::string_view bytes);

// The first and last bytes that are no white space are brackets of one kind.
bool looks_like_json(std::string_view bytes);

}  // namespace cvr::redact
