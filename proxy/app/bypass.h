// NO_PROXY for children: the loopback names and the caller's own entries, without those that would
// hide a host in scope, since that makes a silent miss (CLIENTS section 4).  Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cvr::app {

// Whether some client would take `entry` of a NO_PROXY list as covering a host in scope.  Clients
// differ (a suffix without a dot counts in one of them), so the widest reading decides.
bool hides_host(std::string_view entry, const std::vector<std::string>& hosts);

struct Bypass {
  std::string list;                   // comma-separated, no blanks
  std::vector<std::string> left_out;  // the caller's entries that would hide a host
};
// `given`: the caller's lists, no_proxy and NO_PROXY.
Bypass bypass_list(const std::vector<std::string>& given, const std::vector<std::string>& hosts);

}  // namespace cvr::app
