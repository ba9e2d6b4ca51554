// Request targets (RFC 9112 section 3.2) and authorities, resolved to where they lead.  Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cvr/http.h"
#include "cvr/result.h"

namespace cvr::http {

enum class TargetForm : std::uint8_t { kOrigin, kAbsolute, kAuthority, kAsterisk };

struct Target {
  TargetForm form = TargetForm::kOrigin;
  std::optional<Origin> origin;  // absolute-form; authority-form has scheme https
  std::string_view path;         // view into the text; "/" when absolute-form has none
  std::string_view query;
  bool has_query = false;
};

// Errors (kMalformed): userinfo, fragment, odd scheme, bad host or port.  `is_connect`: the method
// is CONNECT, so the target is an authority.  IPv6 without brackets is accepted, the last colon
// splits (CLIENTS section 3.2).
Result<Target> parse_target(std::string_view text, bool is_connect);

// "host", "host:port", "[v6]:port", "v6:port" -> host lower case, without brackets or trailing dot.
// `default_port` 0: the port is required.  An IPv6 address without brackets is split at its last
// colon when that leaves an address and a port ("::1:443"), and is an address alone otherwise
// ("::1").  Numbers that resolvers read as addresses ("127.1", "0x7f000001") are refused.
struct Authority {
  std::string host;
  std::uint16_t port = 0;
};
Result<Authority> parse_authority(std::string_view text, std::uint16_t default_port);

// "https://host[:port]" with nothing behind it but "/" (--reverse URL, --upstream-proxy URL).
Result<Origin> parse_origin(std::string_view url);

// True for a DNS name or IP literal as `Origin::host` holds it: bounded, no odd characters.
bool is_valid_host(std::string_view host);
bool is_ip_literal(std::string_view host);

// Host patterns of --host: "avinode.com" that very host, "*.avinode.com" every name below it,
// "*" all.  `host` is lower case.
bool host_matches(std::string_view pattern, std::string_view host);

}  // namespace cvr::http
