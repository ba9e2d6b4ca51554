// Fields that belong to one connection: hop-by-hop by their own name or because Connection names
// them (RFC 9110 section 7.6.1).  Pure.
#pragma once

#include <string_view>

#include "cvr/http.h"

namespace cvr::http {

bool belongs_to_connection(const Fields& fields, std::string_view name);

}  // namespace cvr::http
