// Parameters of queries and forms that are made anew for each request, whoever the vendor is: signatures, their
// times and nonces, and what keeps caches away.  By name, so that [match] can switch them (lists = ["azure", "-aws"]).
//
// Those that are on never count, in any recording, unless a rule of the user's names them.  The others may be
// anybody's own words: only the user can say that they do not count, and a match by them is marked as looser.
// Headers count by name only, so tracing headers need no list.
#pragma once

#include <span>
#include <string_view>

namespace cvr::match {

struct NamedList {
  std::string_view name, what;
  bool on = false;  // without a word in [match]
  std::span<const std::string_view> names;
};

// In this order the names of those that are on are part of every key: it stays.
inline constexpr std::string_view kAws[] = {"x-amz-date",           "x-amz-signature", "x-amz-credential",
                                            "x-amz-security-token", "x-amz-expires",   "x-amz-signedheaders",
                                            "x-amz-algorithm"};
inline constexpr std::string_view kGoogle[] = {"x-goog-date", "x-goog-signature", "x-goog-credential",
                                               "x-goog-expires"};
inline constexpr std::string_view kOauth1[] = {"oauth_nonce", "oauth_timestamp", "oauth_signature"};
inline constexpr std::string_view kJquery[] = {"_"};
inline constexpr std::string_view kAzure[] = {"sig",   "se",    "st",  "sv",  "sp",  "sr",
                                              "skoid", "sktid", "skt", "ske", "sks", "skv"};
inline constexpr std::string_view kCloudFront[] = {"expires", "signature",      "key-pair-id",
                                                   "policy",  "awsaccesskeyid", "googleaccessid"};
inline constexpr std::string_view kNonces[] = {"timestamp", "nonce", "sign", "signature", "ts"};
inline constexpr std::string_view kCaches[] = {"cb", "cachebust", "cachebuster", "cache_buster", "nocache",
                                               "_t", "_ts",       "_dc",         "rnd"};

inline constexpr NamedList kNamedLists[] = {
    {"aws", "AWS Signature Version 4, in the query", true, kAws},
    {"google", "Google Cloud Storage, signed URLs", true, kGoogle},
    {"oauth1", "OAuth 1.0 (RFC 5849 section 3.1)", true, kOauth1},
    {"jquery", "jQuery.ajax({cache: false})", true, kJquery},
    {"azure", "Azure Storage, shared access signatures", false, kAzure},
    {"signed-urls", "CloudFront and the older signed URLs of S3 and Google", false, kCloudFront},
    {"nonces", "what signers of their own send: timestamp, nonce, sign", false, kNonces},
    {"cache-busters", "what keeps caches away", false, kCaches}};

}  // namespace cvr::match
