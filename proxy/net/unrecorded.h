// What a request shows that stands on no record: its head was refused, is for CVR itself, or names the proxy's user.
// As a request value, for the redactor to learn its credentials from.  Pure.
#pragma once

#include <string>
#include <string_view>

#include "cvr/http.h"
#include "http/head.h"

namespace cvr::net {

// Its fields; credentials in front of a host ("user:password@") as those of Basic.
http::Request shown_fields(const http::RequestHead& head);
// Those, path and query: of a head that was refused.
http::Request shown(const http::RequestHead& head);

// Proxy-Authorization as far as it is a secret: the user of Basic is the session's name.
std::string secret_of_proxy_user(std::string_view authorization);

}  // namespace cvr::net
