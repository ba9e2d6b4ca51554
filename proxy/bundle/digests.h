// SHA-256 (FIPS 180-4) as hex: what sha256sum prints.  Pure.
#pragma once

#include <string>
#include <string_view>

namespace cvr::bundle {

std::string sha256_hex(std::string_view bytes);

}  // namespace cvr::bundle
