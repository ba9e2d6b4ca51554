// The proxy user name of a request: which session it belongs to (CONTRACT "Sessions").  Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cvr/result.h"
#include "http/head.h"

namespace cvr::net {

// Value of Proxy-Authorization, or empty.  kMalformed: there are several.
Result<std::string_view> proxy_authorization(const std::vector<http::FieldView>& fields);

// The user name in "Basic base64(NAME:anything)" (RFC 7617); empty: there is none.  kMalformed says what
// is wrong without repeating what came: names that are no session's may be credentials.
Result<std::string> user_of(std::string_view authorization);

}  // namespace cvr::net
