// What a log line may say of a request: method, host and path.  The query, fields and body may hold
// secrets and are left out; control characters are escaped (SAFETY T23); at most 200 bytes, whatever
// the request holds.  Request and Response have no formatter on purpose: this is the only way.  Pure.
#pragma once

#include <string>

#include "cvr/http.h"

namespace cvr::http {

// "GET https://sandbox.avinode.com/api/trips?..." (the dots say that there was a query).
std::string log_view(const Request& request);

}  // namespace cvr::http
