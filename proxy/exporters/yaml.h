// Texts as YAML reads them in every version (1.1 and 1.2).  Pure.
#pragma once

#include <string>
#include <string_view>

namespace cvr::exporters {

// A double-quoted scalar: one line, whatever stands in it.  Bytes that are no UTF-8 become U+FFFD.
std::string yaml_quoted(std::string_view text);

// "!!binary BASE64", for bytes of any kind.
std::string yaml_binary(std::string_view bytes);

// A JSON text as YAML 1.1 reads it: all beyond printable ASCII is escaped.
std::string yaml_of_json(std::string_view json);

}  // namespace cvr::exporters
