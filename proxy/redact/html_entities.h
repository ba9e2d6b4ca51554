// HTML character references (WHATWG HTML section 13.2.5.72): numeric ones, and the named ones of
// ASCII and Latin-1 characters, which is what a credential consists of.  Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cvr::redact {

struct Entity {
  std::size_t size = 0;  // bytes in the text, '&' and ';' included
  std::uint32_t code_point = 0;
};

// The reference at the beginning of `text`, which begins with '&'.  As browsers do, a numeric one and
// the oldest names need no ';'.
std::optional<Entity> entity_at(std::string_view text);

}  // namespace cvr::redact
