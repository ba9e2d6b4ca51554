// Reasons for which a body is left out that say something of the message itself: the redactor writes them
// (RedactedBody::omitted), diagnosis reads them.
#pragma once

#include <string_view>

namespace cvr {

inline constexpr std::string_view kOmittedNoJson = "omitted: not readable as JSON";  // declared so, and is none
inline constexpr std::string_view kOmittedBrokenCoding = "omitted: broken content coding";

}  // namespace cvr
