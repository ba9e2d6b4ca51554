// "\ud83d\udee9" in YAML: tools that write JSON escapes into double-quoted scalars; libyaml refuses the halves.  Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cvr::importers {

// The text with pairs as the character that they mean and lone halves as U+FFFD, in double-quoted scalars only:
// elsewhere a backslash is a backslash.  nullopt: there is nothing of the kind.
std::optional<std::string> without_surrogates(std::string_view text);

}  // namespace cvr::importers
