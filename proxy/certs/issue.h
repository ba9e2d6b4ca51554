// Making keys, the root and its leaves (CLIENTS section 7, "Recipe").  Pure but for OpenSSL's own
// random numbers.  Private to proxy/certs.  Errors: kEnvironment, OpenSSL is out of memory or unfit.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "certs/handles.h"

namespace cvr::certs {

inline constexpr std::int64_t kDay = 86'400;  // seconds
// RFC 5280 section 4.1.2.5: both ends of the validity belong to it, hence one second less.
inline constexpr std::int64_t kRootLifetime = 90 * kDay - 1;
inline constexpr std::int64_t kLeafLifetime = kDay - 1;    // in all (CONTRACT "leaves at most 24 h")
inline constexpr std::int64_t kBackdated = kDay;           // the root, for clients whose clock is behind
inline constexpr std::int64_t kLeafBackdated = kDay / 24;  // leaves, out of their one day

Result<KeyPtr> make_key();  // P-256: every client of CLIENTS takes it, and it signs fastest

// Self-signed.  `domains` as permitted_domains() makes them; empty: the root permits nothing but
// CVR's own magic host.  `common_name`: 1 to 64 bytes.
Result<X509Ptr> make_root(EVP_PKEY* key, const std::string& common_name, const std::vector<std::string>& domains,
                          std::int64_t now_utc_s);

// For `host`, which check_leaf_host() and the root's constraints allow.  The validity is cut to the root's.
Result<X509Ptr> make_leaf(const std::string& host, EVP_PKEY* leaf_key, X509* root, EVP_PKEY* root_key,
                          std::int64_t now_utc_s);

}  // namespace cvr::certs
