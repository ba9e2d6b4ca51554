#include "redact/patterns.h"

#include "base/base64.h"
#include "kit.h"

namespace cvr::redact {
namespace {

std::string found(std::string_view text) {
  static const Patterns patterns(&profiles::avinode());
  std::vector<PatternHit> hits;
  patterns.scan(text, hits);
  std::string out;
  for (const PatternHit& hit : hits)
    out += std::string(hit.rule) + "[" + std::string(text.substr(hit.begin, hit.end - hit.begin)) + "]";
  return out;
}

TEST(Patterns, Tokens) {
  const std::string tail = test::random_text(40, "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789");
  for (const char* prefix : {"ghp_", "sk_live_", "glpat-", "xoxb-", "npm_", "hf_", "shpat_", "github_pat_"}) {
    EXPECT_EQ(found("see " + (prefix + tail) + " here"), "pattern.token[" + (prefix + tail) + "]");
    EXPECT_EQ(found("see x" + (prefix + tail)), "");  // not at the beginning of a word
    EXPECT_EQ(found("see " + (prefix + tail.substr(0, 8))), "");
  }
  const std::string key = test::random_text(16, "ABCDEFGHIJKLMNOP234567");
  EXPECT_EQ(found("id AKIA" + key + "."), "pattern.token[AKIA" + key + "]");
}

TEST(Patterns, ProfilePrefix) {
  const std::string secret = "avinode_" + test::random_base64url(40) + "+!@/x";
  EXPECT_EQ(found("value=" + secret + "&next=1"), "pattern.token[" + secret + "]");
  EXPECT_EQ(found("avinode_too_short"), "");
}

TEST(Patterns, Jwt) {
  const std::string jwt = test::random_jwt();
  EXPECT_EQ(found("title: \"" + jwt + "\""), "pattern.jwt[" + jwt + "]");
  EXPECT_EQ(found("x" + jwt), "pattern.jwt[" + jwt + "]");
  EXPECT_EQ(found("a cursor eyJpZCI6MTIzNDU2fQ stays"), "");
}

TEST(Patterns, KeysOfOpenPgp) {
  const std::string body = "\nVersion: GnuPG v2 (GNU/Linux)\n\n" + test::random_base64url(64) + "\n=aBcD\n";
  const std::string begin = std::string("-----BEGIN PGP ") + "PRIVATE KEY BLOCK-----";
  EXPECT_EQ(found(begin + body + "-----END PGP PRIVATE KEY BLOCK-----"), "pattern.pem[" + body + "]");
  EXPECT_EQ(found(std::string("-----BEGIN PGP ") + "PUBLIC KEY BLOCK-----" + body), "");
  EXPECT_EQ(found("-----BEGIN the PRIVATE KEY, which is -----"), "");
}

TEST(Patterns, HashesOfPasswords) {
  constexpr std::string_view kChars = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz./";
  const std::string hash = "7" + test::random_text(42, kChars);
  EXPECT_EQ(found("{\"hash\":\"$2b$12$" + hash + "\"}"), "pattern.crypt[" + hash + "]");
  EXPECT_EQ(found("root:$6$salt$" + hash + ":19000:0"), "pattern.crypt[salt$" + hash + "]");
  EXPECT_EQ(found("$argon2id$v=19$m=65536,t=3,p=4$salt$" + hash), "pattern.crypt[salt$" + hash + "]");
  EXPECT_EQ(found("x.replace(/(a)(b)/, '$1$2 and $5$6'), US$1$"), "");
  EXPECT_EQ(found("$2b$12$short7"), "");
}

TEST(Patterns, PemKeepsItsFrame) {
  const std::string body = test::random_base64url(64) + "\n" + test::random_base64url(20) + "\n";
  const std::string begin = std::string("-----BEGIN ") + "RSA PRIVATE KEY-----";
  EXPECT_EQ(found("a " + begin + "\n" + body + "-----END RSA PRIVATE KEY----- b"), "pattern.pem[\n" + body + "]");
  EXPECT_EQ(found(begin + "\n" + body), "pattern.pem[\n" + body + "]");  // cut off
  EXPECT_EQ(found("-----BEGIN CERTIFICATE-----\n" + body + "-----END CERTIFICATE-----"), "");
}

TEST(Patterns, PemPayloads) {
  EXPECT_EQ(pem_payload("\nab\\ncd\r\nef "), "abcdef");
  EXPECT_EQ(pem_with_payload("\nab\\ncd\r\nef ", "123456"), "\n12\\n34\r\n56 ");
  EXPECT_EQ(pem_with_payload("\nab", "12345"), "\n12345");
}

TEST(Patterns, UrlPasswords) {
  EXPECT_EQ(found("postgres://joe:s3cr3t@db.internal/x"), "pattern.url[joe:s3cr3t]");
  EXPECT_EQ(found("https://example.com:8443/a@b"), "");
  EXPECT_EQ(found("ssh://git@example.com/x"), "");
  EXPECT_EQ(found("https://example.com/?mail=a:b@c"), "");
}

TEST(Patterns, SchemesInText) {
  const std::string token = test::random_hex(30) + "1";
  EXPECT_EQ(found("curl -H 'Authorization: Bearer " + token + "'"), "pattern.bearer[" + token + "]");
  EXPECT_EQ(found("uses Bearer authentication everywhere"), "");
  const std::string basic = base64_encode("joe:" + test::random_hex(12));
  EXPECT_EQ(found("Basic " + basic), "pattern.basic[" + basic + "]");
  EXPECT_EQ(found("Basic knowledge is required"), "");
}

TEST(Patterns, MarkedUuids) {
  const std::string uuid = test::random_uuid();
  EXPECT_EQ(found("API_TOKEN=\"" + uuid + "\""), "pattern.uuid[" + uuid + "]");
  EXPECT_EQ(found("ApiToken: " + uuid), "pattern.uuid[" + uuid + "]");
}

TEST(Patterns, IdsSurvive) {
  for (const std::string& text :
       {R"({"id":")" + test::random_uuid() + "\"}", std::string("/api/trips/atrip-12345678/rfqs"),
        "x-request-id: " + test::random_hex(32), "etag: \"" + test::random_hex(40) + "\"",
        "sha256:" + test::random_hex(64), std::string("arfq-1 aquote-22 asellerlift-3"),
        "data:image/png;base64," + base64_encode(test::random_base64url(300))}) {
    EXPECT_EQ(found(text), "") << text;
  }
}

TEST(Patterns, HostileTextsStayLinear) {
  std::string text;
  for (int i = 0; i < 300'000; ++i) text += "eyJ";
  EXPECT_EQ(found(text), "");
  text.clear();
  for (int i = 0; i < 300'000; ++i) text += "://";
  EXPECT_EQ(found(text), "");
}

}  // namespace
}  // namespace cvr::redact
