// The headers that every call needs (FACTS section 3), in the order in which they are checked:
// X-Avinode-ApiToken and X-Avinode-SentTimestamp present, Authorization a Bearer token, no header
// twice, credentials good, timestamp in its window.  Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "cvr/http.h"
#include "sandbox/errors.h"
#include "sandbox/gaps.h"

namespace cvr::sandbox {

struct HeaderError {
  ErrorKind kind = ErrorKind::kMissingHeader;
  std::string name;  // of the header
};

// Is this pair of API token and bearer token good?
using Authenticate = std::function<bool(std::string_view api_token, std::string_view bearer)>;

// nullopt: all is well.
std::optional<HeaderError> check_headers(const http::Request& request, const Gaps& gaps, std::int64_t now_utc_us,
                                         const Authenticate& authenticate);

// True when Accept-Encoding allows gzip (RFC 9110 section 12.5.3).
bool accepts_gzip(std::string_view accept_encoding);

}  // namespace cvr::sandbox
