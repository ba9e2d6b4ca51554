// The name constraints of a root (RFC 5280 section 4.2.1.10), written and read.  Private to proxy/certs.
//
// Critical; permitted: a DNS name a domain; excluded: the IP ranges 0.0.0.0/0 and ::/0.  Without the
// excluded ranges most clients take a leaf for an address from a CA that permits names only
// (measured, CLIENTS section 7).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "certs/handles.h"

namespace cvr::certs {

bool add_constraints(X509* root, const std::vector<std::string>& domains);

// The permitted domains; nullopt unless the extension is there, critical, permits DNS names only (none
// of them empty) and excludes both whole address ranges.
std::optional<std::vector<std::string>> read_constraints(X509* root);

}  // namespace cvr::certs
