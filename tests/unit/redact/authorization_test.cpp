#include "redact/authorization.h"

#include "base/base64.h"
#include "kit.h"
#include "redact/basic.h"

namespace cvr::redact {
namespace {

std::string redacted(Kit& kit, std::string_view value) {
  Edits edits;
  collect_authorization(value, 0, {}, kit.context, edits);
  return kit.apply_to(value, std::move(edits)).text;
}

TEST(Authorization, TheSchemeStays) {
  Kit kit;
  const std::string token = test::random_base64url(40);
  for (const char* scheme : {"Bearer", "bearer", "Token", "ApiKey", "Custom-Scheme"}) {
    EXPECT_EQ(redacted(kit, scheme + (" " + token)), scheme + (" " + kit.pseudonyms.of(token)));
  }
  EXPECT_EQ(redacted(kit, "Bearer Bearer " + token), "Bearer Bearer " + kit.pseudonyms.of(token));
  EXPECT_EQ(redacted(kit, token), kit.pseudonyms.of(token));
  EXPECT_EQ(redacted(kit, "Bearer   " + token), "Bearer   " + kit.pseudonyms.of(token));
  EXPECT_EQ(redacted(kit, "Bearer "), "Bearer ");
  EXPECT_EQ(redacted(kit, ""), "");
}

TEST(Authorization, JwtsStayJwts) {
  Kit kit;
  const std::string jwt = test::random_jwt();
  EXPECT_EQ(redacted(kit, "Bearer " + jwt), "Bearer " + kit.pseudonyms.of(jwt));
  EXPECT_TRUE(kit.pseudonyms.of(jwt).starts_with("eyJ"));
}

TEST(Authorization, BasicIsTakenApart) {
  Kit kit;
  const std::string secret = test::random_password();
  EXPECT_EQ(redacted(kit, "Basic " + base64_encode("svc:" + secret)),
            "Basic " + join_basic(kit.pseudonyms.of("svc"), kit.pseudonyms.of(secret)));
  EXPECT_NE(kit.ledger.find(secret), nullptr);
  EXPECT_EQ(kit.ledger.find("svc"), nullptr);
  const std::string once = redacted(kit, "Basic " + base64_encode("svc:" + secret));
  EXPECT_EQ(redacted(kit, once), once);
  EXPECT_NE(redacted(kit, "Basic not*base64"), "Basic not*base64");
}

TEST(Authorization, OAuthClientsEncodeTheHalves) {
  Kit kit;
  redacted(kit, "Basic " + base64_encode("id-of-client:avinode_%2Babc%21def"));
  EXPECT_NE(kit.ledger.find("avinode_+abc!def"), nullptr);
}

TEST(Authorization, ParametersKeepTheirNames) {
  Kit kit;
  const std::string key = test::random_hex(20);
  const std::string signature = test::random_hex(64);
  const std::string out =
      redacted(kit, "AWS4-HMAC-SHA256 Credential=" + key + "/20260314/eu, SignedHeaders=host, Signature=" + signature);
  EXPECT_TRUE(out.starts_with("AWS4-HMAC-SHA256 Credential="));
  EXPECT_NE(out.find(", Signature="), out.npos);
  EXPECT_EQ(out.find(key), out.npos);
  EXPECT_EQ(out.find(signature), out.npos);
  const std::string digest = redacted(kit, "Digest username=\"joe\", realm=\"r\", response=\"" + signature + "\"");
  EXPECT_TRUE(digest.starts_with("Digest username=\""));
  EXPECT_EQ(digest.find(signature), digest.npos);
  for (const char* odd : {"Digest a=\"unterminated", "Digest a=b,", "Digest ,,,=", "Digest a=\"b\"junk,c=d"})
    redacted(kit, odd);
}

TEST(Authorization, APassphraseIsNoScheme) {
  Kit kit;
  redacted(kit, "correct horse battery staple");
  EXPECT_NE(kit.ledger.find("correct horse battery staple"), nullptr);
}

TEST(Authorization, QuotedStringsGoAsAWhole) {
  Kit kit;
  const std::string secret = test::random_text(24, "abcdefghijklmnop");
  Edits edits;
  const std::string value = "Token token=\"a\\\"" + secret + "\", nonce=\"x\"";
  collect_authorization(value, 0, {}, kit.context, edits);
  const std::string out = kit.apply_to(value, edits).text;
  EXPECT_EQ(out.find(secret), out.npos);
  EXPECT_TRUE(out.starts_with("Token token=\""));
  EXPECT_NE(out.find("nonce=\""), out.npos);
}

TEST(Authorization, WhatTheClientMeansIsLearned) {
  for (const char* form : {"Bearer \"%\"", "Bearer\t%", "Foo % bar", "Bearer aaaaaaaaaa1, Bearer %", "AWS id:%",
                           "SharedKey acct:%", "Basic user:%"}) {
    Kit kit;
    const std::string token = test::random_hex(20);
    std::string value = form;
    value.replace(value.find('%'), 1, token);
    EXPECT_EQ(redacted(kit, value).find(token), std::string::npos) << form;
    EXPECT_NE(kit.ledger.find(token), nullptr) << form;
  }
}

TEST(Authorization, SchemesOfAListStay) {
  Kit kit;
  const std::string a = test::random_hex(20);
  const std::string b = test::random_hex(20);
  EXPECT_EQ(redacted(kit, "Bearer " + a + ", Token " + b),
            "Bearer " + kit.pseudonyms.of(a) + ", Token " + kit.pseudonyms.of(b));
  const std::string once = redacted(kit, "Bearer " + a + ", Token " + b);
  EXPECT_EQ(redacted(kit, once), once);
}

}  // namespace
}  // namespace cvr::redact
