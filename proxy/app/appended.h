// Variables that hold settings of the caller's own: ours are appended to them, and can be taken away again
// (CLIENTS section 1).  Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cvr::app {

inline constexpr std::string_view kPreloadName = "cvr-preload.cjs";
inline constexpr std::string_view kPhpDirectoryName = "cvr-php.d";
inline constexpr std::string_view kJavaPassword = "changeit";  // what every JVM has for its cacerts: no secret

// ` --require "/PATH/cvr-preload.cjs"`, quoted as Node reads NODE_OPTIONS.  `path` is absolute.
std::string node_options(const std::string& callers, const std::string& path);
// The same for Bun's own words.
std::string bun_options(const std::string& callers, const std::string& path);
// ":DIR": what stands before the colon, or the distribution's directory, is read first.
std::string php_scan_dir(const std::string& callers, const std::string& directory);
// Proxy and trust store of a JVM, which reads no other variable.  `bypass`: the NO_PROXY list.  nullopt: the
// path has both kinds of quotes, and no JVM could be told.
std::optional<std::string> java_tool_options(const std::string& callers, const std::string& proxy_url,
                                             const std::string& bypass, const std::string& store);

// The names of these variables, and their value without what one of the functions above has appended.
std::vector<std::string> appended_names();
std::string without_ours(std::string_view name, const std::string& value);

}  // namespace cvr::app
