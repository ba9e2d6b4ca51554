// Host names as certificates hold them.  Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cvr/result.h"

namespace cvr::certs {

// What a CA must permit so that hosts of `patterns` can have leaves: each once, without "*." and
// without leading dot, lower case, sorted, none that lies within another.  An address ("127.0.0.1",
// "::1") is passed over: it may be in scope for http:// but never gets a leaf, because a constraint
// that permits addresses breaks clients (CLIENTS section 7).
// kUsage: "*" (no constraint is left then), another "*", odd characters, over-long, over 500 hosts.
Result<std::vector<std::string>> permitted_domains(const std::vector<std::string>& patterns);

// RFC 5280 section 4.2.1.10: the domain itself and everything below it.
bool lies_within(std::string_view host, std::string_view domain);
bool lies_within_any(std::string_view host, const std::vector<std::string>& domains);

// kRefused unless `host` is a lower-case DNS name that can stand in a leaf (SAFETY T22).
Result<void> check_leaf_host(std::string_view host);

// "cvr ca rotate --host ..." that makes a CA for `domains` and all below them.
std::string rotate_command(const std::vector<std::string>& domains);

}  // namespace cvr::certs
