// Texts as YAML reads them in every version (1.1 and 1.2).  Pure.
#pragma once

#include <string>
#include <string_view>

namespace cvr::exporters {

// A double-quoted scalar: one line, whatever stands in it.  Bytes that are no UTF-8 become U+FFFD.
std::string yaml_quoted(std::string_view text);

// "!!binary BASE64", for bytes of any kind.
std::string yaml_binary(std::string_view bytes);

}  // namespace cvr::exporters
