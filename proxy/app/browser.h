// Arguments that make Chromium use the proxy and trust its CA: it reads no variable for its trust (CLIENTS
// section 2).  Pure.
#pragma once

#include <string>
#include <vector>

namespace cvr::app {

// `spki`: of the CA, base64 of SHA-256.  `profile`: a directory; Chromium takes the trust for no other.
std::vector<std::string> browser_arguments(const std::string& proxy_url, const std::string& spki,
                                           const std::string& profile);

// One line, for `chromium $(cvr env --browser)`; quoted for a shell where needed.
std::string browser_line(const std::vector<std::string>& arguments);
// {"arguments": [...]}, for Playwright's launch({args}).
std::string browser_json(const std::vector<std::string>& arguments);

}  // namespace cvr::app
