// Values back to bytes.  Messages are always written from parsed fields, never copied from the wire.
#pragma once

#include <string>
#include <string_view>

#include "cvr/http.h"

namespace cvr::http {

// "Name: value\r\n"
void append_field(std::string& out, std::string_view name, std::string_view value);

// Status line and fields, no framing field added, no empty line.
std::string head_without_framing(const Response& response);

// The whole message with Content-Length, for answers that CVR makes itself.  `close`: adds
// "Connection: close".  `head_only`: the answer to HEAD.
std::string serialise(const Response& response, bool close, bool head_only);

}  // namespace cvr::http
