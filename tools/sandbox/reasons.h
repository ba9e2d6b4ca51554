// Reason phrases of the status codes that the stand-in uses (RFC 9110 section 15).  Pure.
#pragma once

#include <string_view>

namespace cvr::sandbox {

std::string_view reason_phrase(int status);  // empty for others

}  // namespace cvr::sandbox
