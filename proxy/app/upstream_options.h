// The values of --upstream-proxy and --latency.  Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/proxy.h"
#include "os/process.h"

namespace cvr::app {

// "http://[USER:PASSWORD@]HOST[:PORT]"; user and password may be percent-encoded.  The text is never part
// of an error: it may hold a password.  Nothing for anything else.  The hosts of no_proxy, or else NO_PROXY, are
// reached without it, as by curl.
std::optional<UpstreamProxy> parse_upstream_proxy(std::string_view url, const os::Environment& environment);

// The caller's HTTPS_PROXY (or ALL_PROXY), which CVR does not use by itself, in a line for people.  Nothing where it
// is CVR's own, or NO_PROXY says that hosts in scope are reached without it.
std::optional<std::string> unused_proxy(const os::Environment& environment, const std::vector<std::string>& hosts);

// The same URL for people: what stands before '@' is not shown.
std::string without_userinfo(std::string_view url);

// "none" (0), "recorded" (1) or a factor of the recorded times: "0.5x", at most 100.
std::optional<double> parse_latency(std::string_view text);

}  // namespace cvr::app
