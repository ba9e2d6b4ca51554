// A request as a text file, as editors' REST clients and RFC 9112 write it:
//
//   POST https://api.example.com/trips?x=1 HTTP/1.1      or: POST /trips HTTP/1.1 with a Host line
//   Content-Type: application/json
//
//   {"a": 1}
//
// Lines may end in LF; the version may be left out.  The body is all that follows the empty line (one
// line break at the very end of the file is none of it when Content-Length does not say otherwise).
#pragma once

#include <string>
#include <string_view>

#include "cvr/http.h"
#include "cvr/result.h"

namespace cvr::commands {

// Errors (kUsage): what is wrong, without the text that is wrong: it may hold secrets.
Result<http::Request> parse_request_file(std::string_view text, const std::string& name);

}  // namespace cvr::commands
