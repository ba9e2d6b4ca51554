#include "redact/headers.h"

#include "kit.h"

namespace cvr::redact {
namespace {

HeaderClass class_of(std::string_view name) {
  static const Names names(&profiles::avinode());
  static const HeaderRules rules(&profiles::avinode(), names);
  return rules.decide(name).what;
}

TEST(Headers, KeptNames) {
  for (const char* name : {"ETag",
                           "vary",
                           "Cache-Control",
                           "Last-Modified",
                           "Expires",
                           "Date",
                           "Age",
                           "Allow",
                           "Retry-After",
                           "Server",
                           "Content-Type",
                           "Content-Language",
                           "X-RateLimit-Reset",
                           "X-Rate-Limit-Limit",
                           "RateLimit-Policy",
                           "X-Request-Id",
                           "x-avinode-request-id",
                           "Accept",
                           "Accept-Language",
                           "Host",
                           "User-Agent",
                           "If-None-Match",
                           "Range",
                           "X-Avinode-SentTimestamp",
                           "X-Avinode-Product",
                           "Connection",
                           "Transfer-Encoding",
                           "TE",
                           "Expect",
                           "Access-Control-Allow-Credentials",
                           "X-Next-Page",
                           "X-Total-Count",
                           "Upload-Offset",
                           "Upgrade"}) {
    EXPECT_EQ(class_of(name), HeaderClass::kKept) << name;
  }
}

TEST(Headers, WhatAChallengeHandsOver) {
  EXPECT_EQ(class_of("WWW-Authenticate"), HeaderClass::kChallenge);
  Kit kit;
  const auto challenge = [&](const std::string& value) {
    Edits edits;
    collect_header({HeaderClass::kChallenge}, value, false, kit.context, edits);
    return kit.apply_to(value, std::move(edits)).text;
  };
  const std::string t = test::random_base64url(60) + "==";
  for (const std::string& value :
       {"Negotiate " + t, "NTLM " + t, "negotiate  " + t, "Basic realm=\"x\", Negotiate " + t}) {
    EXPECT_EQ(challenge(value).find(t), std::string::npos) << value;
  }
  for (const char* value :
       {"Negotiate", "Basic realm=\"api\"", "NTLM, Basic realm=\"a, b\"", "Negotiate realm=\"x\"", ""}) {
    EXPECT_EQ(challenge(value), value);
  }
}

TEST(Headers, KeptWithAStar) {
  profiles::Profile profile;
  profile.kept_headers = {"x-foo-*", "*-Region", "*zone*", "auth*"};
  const Names names(&profile);
  const HeaderRules rules(&profile, names);
  for (const char* name : {"X-Foo-A", "x-foo-", "My-Region", "x-Zones"}) {
    EXPECT_EQ(rules.decide(name).what, HeaderClass::kKept) << name;
  }
  for (const char* name : {"X-Foo", "Region-X", "X-Other"}) {
    EXPECT_EQ(rules.decide(name).what, HeaderClass::kUnlisted) << name;
  }
  EXPECT_EQ(rules.decide("Authorization").what, HeaderClass::kAuthorization);  // nothing opens it
}

TEST(Headers, CountsAndWordsOfVendors) {
  for (const char* name : {"x-ratelimit-remaining-tokens", "x-ratelimit-limit-tokens", "x-ratelimit-reset-tokens",
                           "anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-input-tokens-limit",
                           "OData-Version", "Sforce-Limit-Info", "X-Shopify-Shop-Api-Call-Limit", "Stripe-Should-Retry",
                           "Warning", "x-amz-checksum-type"}) {
    EXPECT_EQ(class_of(name), HeaderClass::kKept) << name;
  }
  EXPECT_EQ(class_of("x-ratelimit-bypass-token"), HeaderClass::kCredential);
}

TEST(Headers, OfDigestsOnlyTheValuesGo) {
  Kit kit;
  const auto digest = [&](const std::string& value, bool changed) {
    Edits edits;
    collect_header({HeaderClass::kDigest}, value, changed, kit.context, edits);
    return kit.apply_to(value, std::move(edits)).text;
  };
  for (const char* name : {"x-amz-crc32", "x-amz-checksum-sha256", "x-goog-hash", "Content-Digest"}) {
    EXPECT_EQ(class_of(name), HeaderClass::kDigest) << name;
  }
  const std::string d = test::random_base64url(43) + "=";
  for (const auto& [before, after] :
       {std::pair("SHA-256=", ""), std::pair("sha-256=:", ":"), std::pair("crc32c=", ""), std::pair("", "")}) {
    const std::string value = before + d + after;
    EXPECT_EQ(digest(value, false), value);
    const std::string out = digest(value, true);
    EXPECT_EQ(out.find(d), out.npos) << value;
    EXPECT_TRUE(out.starts_with(before)) << out;
    EXPECT_TRUE(out.ends_with(after)) << out;
  }
  const std::string list = digest("md5=" + d + ", crc32c=" + d, true);
  EXPECT_TRUE(list.starts_with("md5=")) << list;
  EXPECT_NE(list.find(", crc32c="), list.npos) << list;
  EXPECT_EQ(list.find(d), list.npos);
  EXPECT_EQ(digest(",, =,sha-256=", true).find('\0'), std::string::npos);
}

TEST(Headers, OnesThatAreUrls) {
  for (const char* name : {"Location", "Referer", "Origin", "Operation-Location", "Destination"}) {
    EXPECT_EQ(class_of(name), HeaderClass::kUrl) << name;
  }
}

TEST(Headers, OthersAreNot) {
  for (const char* name : {"X-Custom", "X-Powered-By", "X-Forwarded-For", "From", "Contents", ""}) {
    EXPECT_EQ(class_of(name), HeaderClass::kUnlisted) << name;
  }
  EXPECT_EQ(class_of("X-Avinode-ApiToken"), HeaderClass::kCredential);
  EXPECT_EQ(class_of("X-Api-Key"), HeaderClass::kCredential);
  EXPECT_EQ(class_of("x-csrf-token"), HeaderClass::kCredential);
  EXPECT_EQ(class_of("AUTHORIZATION"), HeaderClass::kAuthorization);
  EXPECT_EQ(class_of("Proxy-Authorization"), HeaderClass::kAuthorization);
  EXPECT_EQ(class_of("X-Original-Authorization"), HeaderClass::kAuthorization);
  EXPECT_EQ(class_of("Cookie"), HeaderClass::kCookie);
  EXPECT_EQ(class_of("set-cookie"), HeaderClass::kSetCookie);
  EXPECT_EQ(class_of("Location"), HeaderClass::kUrl);
  EXPECT_EQ(class_of("Link"), HeaderClass::kLink);
  EXPECT_EQ(class_of("Content-MD5"), HeaderClass::kDigest);
  EXPECT_EQ(class_of(test::random_hex(100'000)), HeaderClass::kUnlisted);
}

TEST(Headers, AProfileCanNotOpenCredentials) {
  profiles::Profile bad;
  bad.kept_headers = {"Authorization", "Cookie"};
  const Names names(&bad);
  const HeaderRules rules(&bad, names);
  EXPECT_EQ(rules.decide("authorization").what, HeaderClass::kAuthorization);
  EXPECT_EQ(rules.decide("cookie").what, HeaderClass::kCookie);
}

std::string value(Kit& kit, std::string_view name, std::string_view text, bool body_changed = false) {
  const HeaderRules rules(&profiles::avinode(), kit.names);
  Edits edits;
  collect_header(rules.decide(name), text, body_changed, kit.context, edits);
  return kit.apply_to(text, std::move(edits)).text;
}

TEST(Headers, Values) {
  Kit kit;
  const std::string token = test::random_uuid();
  EXPECT_EQ(value(kit, "X-Avinode-ApiToken", token), kit.pseudonyms.of(token));
  EXPECT_NE(kit.ledger.find(token), nullptr);
  EXPECT_EQ(value(kit, "X-Custom", "abc def"), kit.pseudonyms.of("abc def"));
  EXPECT_EQ(value(kit, "X-Custom", ""), "");
  EXPECT_EQ(value(kit, "X-Count", "42").size(), 2u);
  EXPECT_EQ(value(kit, "Server", "nginx"), "nginx");
  EXPECT_EQ(value(kit, "Content-MD5", "Q2hlY2sgSW50ZWdyaXR5IQ=="), "Q2hlY2sgSW50ZWdyaXR5IQ==");
  EXPECT_NE(value(kit, "Content-MD5", "Q2hlY2sgSW50ZWdyaXR5IQ==", true), "Q2hlY2sgSW50ZWdyaXR5IQ==");
  EXPECT_EQ(value(kit, "Location", "https://u:p@h/x#y"), "https://h/x");
}

TEST(Headers, ParametersOfKeptOnesByName) {
  Kit kit;
  const std::string t = test::random_hex(20);
  const std::string p = kit.pseudonyms.of(t);
  const auto kept = [&](std::string_view value) {
    Edits edits;
    collect_header({HeaderClass::kKept, Kind::kHeader, true}, value, false, kit.context, edits);
    return kit.apply_to(value, std::move(edits)).text;
  };
  EXPECT_EQ(kept("Bearer error=\"x\", token=\"" + t + "\""), "Bearer error=\"x\", token=\"" + p + "\"");
  EXPECT_EQ(kept("attachment; filename=\"x\"; token=" + t), "attachment; filename=\"x\"; token=" + p);
  EXPECT_EQ(kept("max-age=60, no-cache=\"set-cookie\""), "max-age=60, no-cache=\"set-cookie\"");
}

TEST(Headers, TokensOfWebSocketProtocolsAreLearned) {
  Kit kit;
  const std::string t = test::random_base64url(20);
  learn_protocols("v1, bearer." + t, kit.context);
  learn_protocols("graphql-transport-ws", kit.context);
  EXPECT_NE(kit.ledger.find(t), nullptr);
  EXPECT_EQ(kit.ledger.size(), 1u);
}

TEST(Headers, VendorKeysAreCredentials) {
  for (const char* name :
       {"X-Auth", "X-Auth-Key", "Ocp-Apim-Subscription-Key", "x-functions-key", "X-Avinode-ActAsAccount"}) {
    EXPECT_EQ(class_of(name), HeaderClass::kCredential) << name;
  }
}

}  // namespace
}  // namespace cvr::redact
