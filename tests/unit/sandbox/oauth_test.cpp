#include "sandbox/oauth.h"

#include "base/base64.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "unit/sandbox/client.h"

namespace cvr::sandbox {
namespace {

using test::Client;
using test::Outcome;

Scenario with_method(const std::string& method) {
  Scenario scenario;
  scenario.oauth.method = method;
  return scenario;
}

std::string post_form(const Credentials& with) {
  return "grant_type=client_credentials&client_id=" + with.client_id +
         "&client_secret=" + percent_encode(with.client_secret);
}

std::string assertion(const Credentials& with, std::int64_t exp_s, std::string_view alg = "HS256",
                      Digest digest = Digest::kSha256,
                      std::string_view audience = "https://sandbox.avinode.com/api/oauth/token") {
  json::Writer head, claims;
  head.begin_object().member("alg", alg).member("typ", "JWT").end_object();
  claims.begin_object().member("iss", with.client_id).member("sub", with.client_id).member("aud", audience);
  claims.member("jti", "1").member("exp", exp_s).end_object();
  const std::string input = base64url_encode(head.text()) + '.' + base64url_encode(claims.text());
  return input + '.' + base64url_encode(hmac(digest, with.client_secret, input));
}

std::string jwt_form(const std::string& client_assertion) {
  return "grant_type=client_credentials&client_assertion_type=" +
         percent_encode("urn:ietf:params:oauth:client-assertion-type:jwt-bearer") +
         "&client_assertion=" + percent_encode(client_assertion);
}

Outcome attempt(Client& client, const std::string& method, const Credentials& with) {
  if (method == "client_secret_post") return client.token(post_form(with));
  if (method == "client_secret_jwt") return client.token(jwt_form(assertion(with, client.now / test::kSecond + 60)));
  http::Request request = client.token_request("grant_type=client_credentials");
  test::set_field(request, "Authorization", "Basic " + base64_encode(with.client_id + ':' + with.client_secret));
  return client.send(request);
}

// Three methods, configured one by one: only the configured one works, and the code of the refusal
// names the method that was attempted.
TEST(Oauth, OnlyTheConfiguredMethodWorks) {
  for (const std::string_view configured : kOauthMethods) {
    Client client(with_method(std::string(configured)));
    for (const std::string_view used : kOauthMethods) {
      const Outcome outcome = attempt(client, std::string(used), client.credentials);
      SCOPED_TRACE(std::string(configured) + " <- " + std::string(used));
      if (used == configured) {
        EXPECT_EQ(outcome.status(), 200);
        EXPECT_EQ(outcome.text("/token_type"), "Bearer");
        EXPECT_EQ(outcome.text("/expires_in"), "1799");
        EXPECT_EQ(outcome.header("Cache-Control"), "no-store");
      } else {
        EXPECT_EQ(outcome.status(), 401);
        EXPECT_EQ(outcome.text("/error"), "invalid_client");
        EXPECT_EQ(outcome.text("/errorDetails/0/code"), "invalid_" + std::string(used));
      }
    }
  }
}

TEST(Oauth, WrongSecretsFailWithEveryMethod) {
  for (const std::string_view method : kOauthMethods) {
    Client client(with_method(std::string(method)));
    Credentials wrong = client.credentials;
    wrong.client_secret.back() ^= 1;
    EXPECT_EQ(attempt(client, std::string(method), wrong).status(), 401);
    wrong = client.credentials;
    wrong.client_id.back() ^= 1;
    EXPECT_EQ(attempt(client, std::string(method), wrong).status(), 401);
  }
}

TEST(Oauth, TheRefusalIsExactlyAsSeen) {  // FACTS section 7
  Client client;
  const Outcome outcome = client.token("grant_type=client_credentials&client_id=x&client_secret=y");
  EXPECT_EQ(outcome.status(), 401);
  EXPECT_EQ(outcome.reply.response.body,
            R"({"error":"invalid_client","errorDetails":[{"code":"invalid_client_secret_post",)"
            R"("description":"The provided client credentials are invalid."}],)"
            R"("error_description":"The provided client credentials are invalid."})");
  EXPECT_EQ(outcome.header("Content-Type"), "application/json");
}

TEST(Oauth, AnUnencodedPlusIsASpace) {
  Client client;
  const std::string raw = "grant_type=client_credentials&client_id=" + client.credentials.client_id +
                          "&client_secret=" + client.credentials.client_secret;
  EXPECT_EQ(client.token(raw).text("/errorDetails/0/code"), "invalid_client_secret_post");
  EXPECT_EQ(client.token(post_form(client.credentials)).status(), 200);
}

TEST(Oauth, BasicTakesTheEncodedFormToo) {  // RFC 6749 section 2.3.1
  Client client(with_method("client_secret_basic"));
  http::Request request = client.token_request("grant_type=client_credentials");
  test::set_field(
      request, "Authorization",
      "Basic " + base64_encode(client.credentials.client_id + ':' + percent_encode(client.credentials.client_secret)));
  EXPECT_EQ(client.send(request).status(), 200);
  for (const char* broken : {"Basic ", "Basic !!!", "Basic eA==", "basic", "Basic"}) {
    test::set_field(request, "Authorization", broken);
    EXPECT_EQ(client.send(request).status(), 401) << broken;
  }
}

TEST(Oauth, MethodsAreNotMixed) {
  Client client;
  http::Request request = client.token_request(post_form(client.credentials));
  test::set_field(request, "Authorization",
                  "Basic " + base64_encode(client.credentials.client_id + ':' + client.credentials.client_secret));
  EXPECT_EQ(client.send(request).status(), 401);
  Scenario scenario;
  scenario.gaps.oauth_mixing_is_invalid_request = true;
  Client strict(scenario);
  EXPECT_EQ(strict.send(request).text("/error"), "invalid_request");
  EXPECT_EQ(strict.send(request).status(), 400);
}

TEST(Oauth, Lifetimes) {
  Client client;
  const std::string form = post_form(client.credentials) + "&expiresInMinutes=";
  EXPECT_EQ(client.token(form + "1").text("/expires_in"), "59");
  EXPECT_EQ(client.token(form + "120").text("/expires_in"), "7199");
  for (const char* wrong : {"0", "121", "-5", "x", "", "1.5", "99999999999999999999"}) {
    const Outcome outcome = client.token(form + wrong);
    EXPECT_EQ(outcome.status(), 400) << wrong;
    EXPECT_EQ(outcome.text("/error"), "invalid_request");
  }
}

TEST(Oauth, BadRequests) {
  Client client;
  EXPECT_EQ(client.token("").text("/error"), "invalid_request");
  EXPECT_EQ(client.token("client_id=a").text("/error"), "invalid_request");
  EXPECT_EQ(client.token("grant_type=password").text("/error"), "unsupported_grant_type");
  EXPECT_EQ(client.token("grant_type=client_credentials&grant_type=x").text("/error"), "invalid_request");
  const Outcome nothing = client.token("grant_type=client_credentials");
  EXPECT_EQ(nothing.status(), 401);
  EXPECT_EQ(nothing.text("/errorDetails/0/code"), "invalid_client");
  http::Request json = client.token_request(R"({"grant_type":"client_credentials"})");
  test::set_field(json, "Content-Type", "application/json");
  EXPECT_EQ(client.send(json).status(), 400);
  http::Request get = client.token_request("");
  get.method = "GET";
  EXPECT_EQ(client.send(get).status(), 405);
  EXPECT_EQ(client.send(get).header("Allow"), "POST");
  EXPECT_EQ(client.token(std::string(2'000'000, '&')).status(), 400);
  EXPECT_EQ(client.token("grant_type=client_credentials&client_secret=" + std::string(1'000'000, '%')).status(), 401);
}

TEST(Oauth, CanBeOff) {
  Scenario scenario;
  scenario.oauth.enabled = false;
  Client client(scenario);
  EXPECT_EQ(client.token(post_form(client.credentials)).status(), 401);
}

TEST(Oauth, Assertions) {  // RFC 7523 section 3
  const Credentials valid = make_credentials(Derivation(1), 5, {});
  const std::int64_t now = test::tuesday();
  const std::int64_t later = now / test::kSecond + 60;
  const auto good = [&](const std::string& text, std::string_view audience = "") {
    return assertion_is_good(text, valid, audience, now);
  };
  EXPECT_TRUE(good(assertion(valid, later)));
  EXPECT_TRUE(good(assertion(valid, later, "HS384", Digest::kSha384)));
  EXPECT_TRUE(good(assertion(valid, later, "HS512", Digest::kSha512)));
  EXPECT_FALSE(good(assertion(valid, later, "HS512", Digest::kSha256)));
  EXPECT_FALSE(good(assertion(valid, later, "none", Digest::kSha256)));
  EXPECT_FALSE(good(assertion(valid, later, "RS512", Digest::kSha256)));
  EXPECT_FALSE(good(assertion(valid, now / test::kSecond)));  // expired
  EXPECT_TRUE(good(assertion(valid, later), "https://sandbox.avinode.com/api/oauth/token"));
  EXPECT_FALSE(good(assertion(valid, later), "https://elsewhere.example"));
  Credentials other = valid;
  other.client_id = "another";
  EXPECT_FALSE(good(assertion(other, later)));

  std::string tampered = assertion(valid, later);
  tampered[5] = tampered[5] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(good(tampered));
  for (const char* text : {"", ".", "..", "...", "a.b.c", "e30.e30.", "e30.e30.e30", "W10.W10.W10"}) {
    EXPECT_FALSE(good(text)) << text;
  }
  EXPECT_FALSE(good(std::string(1'000'000, '.')));
}

TEST(Oauth, AccessTokensOpenTheApiUntilTheyExpire) {
  Client client;
  const Outcome token = client.token(post_form(client.credentials) + "&expiresInMinutes=10");
  client.credentials.bearer_token = token.text("/access_token");
  EXPECT_EQ(client.get("/api/airports/search?filter=KTEB").status(), 200);
  client.now += 599 * test::kSecond;
  EXPECT_EQ(client.get("/api/airports/search?filter=KTEB").status(), 200);
  client.now += test::kSecond;
  const Outcome expired = client.get("/api/airports/search?filter=KTEB");
  EXPECT_EQ(expired.status(), 401);
  EXPECT_EQ(expired.title(), "Invalid value for header: Authorization");
}

}  // namespace
}  // namespace cvr::sandbox
