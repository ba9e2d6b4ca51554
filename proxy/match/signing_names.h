// Parameters of queries and forms that are made anew for each request, whoever the vendor is: signatures, their
// times and nonces, and what keeps caches away.  They never count (unless a rule of the user's names them).
// Headers count by name only, so tracing headers need no list.
#pragma once

#include <string_view>

namespace cvr::match {

inline constexpr std::string_view kSigningNames[] = {
    // AWS Signature Version 4, "Adding signing information to the request"
    "x-amz-date", "x-amz-signature", "x-amz-credential", "x-amz-security-token", "x-amz-expires", "x-amz-signedheaders",
    "x-amz-algorithm",
    // Google Cloud Storage, "Signed URLs"
    "x-goog-date", "x-goog-signature", "x-goog-credential", "x-goog-expires",
    // OAuth 1.0 (RFC 5849 section 3.1)
    "oauth_nonce", "oauth_timestamp", "oauth_signature",
    // jQuery.ajax({cache: false})
    "_"};

}  // namespace cvr::match
