// An HTTP/1.1 answer in the fields of HTTP/2 (RFC 9113 section 8.3.2): `:status` first, names in lower
// case, without what belongs to an HTTP/1.1 connection.  Pure.
#pragma once

#include "http/head.h"

namespace cvr::http {

Fields http2_response(const ResponseHead& head);
// Of an answer that has a body: its length stands with it.
Fields http2_response(const Response& response);

Fields http2_trailers(const Fields& trailers);

}  // namespace cvr::http
