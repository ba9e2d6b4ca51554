#include "redact/jwt.h"

#include "base/base64.h"
#include "kit.h"
#include "redact/check.h"

namespace cvr::redact {
namespace {

std::string token(std::string_view header, std::string_view claims, std::string_view rest) {
  return base64url_encode(header) + '.' + base64url_encode(claims) + std::string(rest);
}

std::string part(std::string_view jwt, int n) {
  std::size_t begin = 0;
  for (; n > 0; --n) begin = jwt.find('.', begin) + 1;
  return base64_decode(jwt.substr(begin, jwt.find('.', begin) - begin)).value_or("?");
}

TEST(Jwt, AllowedClaimsStayAndItParses) {
  Kit kit;
  const std::string sub = test::random_uuid();
  const std::string jwt =
      token(R"({"alg":"RS512","typ":"JWT","kid":"k-1"})",
            R"({"sub":")" + sub +
                R"(","iss":"avinode", "avitype":16,"avitenant":12345,"exp":1772000000,"a":[true,null,"x"]})",
            "." + test::random_base64url(342));
  const std::string by = *jwt_pseudonym(jwt, kit.pseudonyms);
  EXPECT_EQ(part(by, 0), R"({"alg":"RS512","typ":"JWT","kid":"k-1"})");
  const std::string claims = part(by, 1);
  EXPECT_TRUE(
      claims.starts_with(R"({"sub":")" + kit.pseudonyms.of(sub) + R"(","iss":"avinode", "avitype":16,"avitenant":)"))
      << claims;
  EXPECT_EQ(claims.find("12345"), claims.npos);
  EXPECT_NE(claims.find(R"("exp":1772000000,"a":[true,null,")"), claims.npos);
  EXPECT_EQ(by.size() - by.rfind('.'), 343u);
  EXPECT_NE(by.substr(by.rfind('.')), jwt.substr(jwt.rfind('.')));
  EXPECT_TRUE(is_pseudonym(by));
  EXPECT_EQ(jwt_size(by), by.size());
}

TEST(Jwt, WhomATokenIsAboutIsKnownByItsIds) {
  Kit kit;
  const auto ids = [&](std::string_view claims) {
    return jwt_identities(token(R"({"alg":"RS512"})", claims, "." + test::random_base64url(40)), kit.pseudonyms);
  };
  EXPECT_EQ(
      ids(R"({"sub":"auth0|5f7c8ec7","uid":884213991,"aud":"api-2","a":{"sub":"x1"},"org_id":"org_7Q","name":"A1"})"),
      (std::vector<std::string>{"auth0|5f7c8ec7", "884213991", "org_7Q"}));
  EXPECT_TRUE(ids(R"({"sub":"ada@example.com","org":"Acme Jets 2","tid":"v1.example.com","oid":"words"})").empty());
  EXPECT_TRUE(ids("[1]").empty());
  EXPECT_TRUE(jwt_identities("no token 1", kit.pseudonyms).empty());
}

TEST(Jwt, KeptClaimsAreNotKeptWhenKnownOrOdd) {
  Kit kit;
  kit.know("issuer-secret-1");
  const std::string jwt =
      token(R"({"alg":"none"})", R"({"iss":"issuer-secret-1","avidomain":"a@b"})", "." + test::random_base64url(43));
  const std::string claims = part(*jwt_pseudonym(jwt, kit.pseudonyms), 1);
  EXPECT_EQ(claims.find("issuer-secret-1"), claims.npos);
  EXPECT_EQ(claims.find("a@b"), claims.npos);
}

TEST(Jwt, WithoutSignatureItGetsOne) {
  Kit kit;
  for (const char* rest : {"", ".", ".abc"}) {
    const std::string jwt = token(R"({"alg":"none"})", R"({"sub":"someone"})", rest);
    const auto by = jwt_pseudonym(jwt, kit.pseudonyms);
    ASSERT_TRUE(by);
    EXPECT_TRUE(is_pseudonym(*by));
    EXPECT_EQ(part(*by, 0), R"({"alg":"none"})");
    EXPECT_EQ(jwt_size(*by), by->size());
  }
}

TEST(Jwt, EncryptedOnesHaveFiveParts) {
  Kit kit;
  std::string jwe = base64url_encode(R"({"alg":"RSA-OAEP","enc":"A256GCM"})");
  for (int i = 0; i < 4; ++i) jwe += '.' + test::random_base64url(43);
  EXPECT_EQ(jwt_size(jwe + " and more"), jwe.size());
  const auto by = jwt_pseudonym(jwe, kit.pseudonyms);
  ASSERT_TRUE(by);
  EXPECT_EQ(by->size(), jwe.size());
  EXPECT_TRUE(is_pseudonym(*by));
}

TEST(Jwt, SizesInText) {
  const std::string jwt = test::random_jwt();
  EXPECT_EQ(jwt_size(jwt + "\" rest"), jwt.size());
  EXPECT_EQ(jwt_size(jwt + ".Next sentence"), jwt.size());
  std::size_t dead = 0;
  EXPECT_EQ(jwt_size("eyJhbGciOiJub25lIn0 no dot", &dead), 0u);
  EXPECT_EQ(dead, 19u);
  for (const char* text : {"", "eyJ", "eyJ.", "eyJ.abcdef", "eyJhbGciOiJub25lIn0.ab", "xyJhbGciOiJub25lIn0.abcdef"})
    EXPECT_EQ(jwt_size(text), 0u) << text;
}

TEST(Jwt, BrokenOnesAreNone) {
  Kit kit;
  EXPECT_FALSE(jwt_pseudonym(base64url_encode("{\"no json, so there") + ".abcdefgh.abcdefgh", kit.pseudonyms));
  EXPECT_FALSE(jwt_pseudonym("", kit.pseudonyms));
  // Claims that are no JSON are replaced as they stand.
  const std::string odd =
      base64url_encode(R"({"alg":"HS256"})") + "." + test::random_base64url(30) + "." + test::random_base64url(43);
  const auto by = jwt_pseudonym(odd, kit.pseudonyms);
  ASSERT_TRUE(by);
  EXPECT_EQ(by->size(), odd.size());
}

TEST(Jwt, TwinsDiffer) {
  Kit kit;
  const std::string jwt = test::random_jwt();
  std::string twin = jwt;
  twin[twin.size() - 5] = twin[twin.size() - 5] == 'a' ? 'b' : 'a';
  EXPECT_NE(*jwt_pseudonym(jwt, kit.pseudonyms), *jwt_pseudonym(twin, kit.pseudonyms));
}

// A segment of kept claims alone, when it is known as a secret by itself.
TEST(Jwt, AKnownSegmentIsNotKept) {
  Kit kit;
  const std::string payload = base64url_encode("{\"iat\":1700000000,\"exp\":1700000600,\"iss\":\"123456\"}");
  const std::string token = base64url_encode("{\"alg\":\"RS256\"}") + "." + payload + "." + test::random_base64url(43);
  EXPECT_NE(jwt_pseudonym(token, kit.pseudonyms)->find(payload), std::string::npos);
  kit.ledger.learn({payload, "x", Kind::kToken, false, false});
  EXPECT_EQ(jwt_pseudonym(token, kit.pseudonyms)->find(payload), std::string::npos);
}

// It would be its own pseudonym, and the seal check would find it for ever.
TEST(Jwt, AnUnsignedTokenOfKeptClaimsDoesNotStay) {
  Kit kit;
  for (const char* rest : {"", "."}) {
    for (const char* claims : {R"({"iss":"avinode","exp":1772000000})", R"({"iss":true})"}) {
      const std::string jwt = token(R"({"alg":"none"})", claims, rest);
      const std::string by = *jwt_pseudonym(jwt, kit.pseudonyms);
      EXPECT_EQ(by.find(jwt), by.npos) << claims;
      EXPECT_TRUE(is_pseudonym(by));
      EXPECT_EQ(jwt_size(by), by.size());
    }
  }
}

}  // namespace
}  // namespace cvr::redact
