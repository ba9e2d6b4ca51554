// Message framing: which bytes after the head belong to the body (RFC 9112 section 6).  Whatever
// has two readings is refused.  Pure.
#pragma once

#include <string_view>

#include "http/head.h"

namespace cvr::http {

// Sets framing, length, keep-alive and the like of a head whose fields are parsed.  Answers why it
// is refused (static text), or nullptr.
const char* frame_request(RequestHead& head, int& status);
const char* frame_response(ResponseHead& head, std::string_view method);

// Content-Length, Transfer-Encoding, Host: never in trailers.
bool is_framing_name(std::string_view name);

// "Content_Length" and the like: some servers read '_' as '-', so such a name is a second reading.
bool is_disguised_framing_name(std::string_view name);

}  // namespace cvr::http
