#include "redact/general_names.h"

#include "kit.h"

namespace cvr::redact {
namespace {

bool is_marked(std::string_view name, std::string_view value) {
  static const Names names(nullptr);
  const auto named = names.find_json(name, {});
  return named && admits(*named, name, value);
}

TEST(GeneralNames, ManySpellings) {
  const std::string v = "abcd-efgh123";
  for (const char* name : {"passwords",
                           "tokens",
                           "secrets",
                           "apiKeys",
                           "password_confirmation",
                           "passwordConfirm",
                           "newPassword2",
                           "password2",
                           "password[0]",
                           "passcode",
                           "pass",
                           "auth",
                           "auth_key",
                           "subscription-key",
                           "device_code",
                           "csrf",
                           "connectionString",
                           "dsn",
                           "cookie",
                           "Set-Cookie",
                           "session",
                           "bearer",
                           "pem",
                           "SAMLResponse",
                           "oauth_verifier",
                           "ticket",
                           "totp",
                           "mfa_code",
                           "recovery_codes",
                           "cvc",
                           "cardNumber",
                           "iban",
                           "tokenValue",
                           "secretValue",
                           "password_hash",
                           "mnemonic",
                           "x-functions-key",
                           "hmac"}) {
    EXPECT_TRUE(is_marked(name, v)) << name;
  }
  EXPECT_TRUE(is_marked("pin", "4711"));
}

TEST(GeneralNames, WordsThatMeanOtherThingsNeedAValueThatLooksTheirPart) {
  const std::pair<const char*, const char*> kept[] = {
      {"tokens", "4096"},       {"pass", "true"},           {"auth", "basic"},    {"session", "morning"},
      {"ticket", "ABC-1234"},   {"code", "AIRPORT-1"},      {"pin", "board 7"},   {"cookie", "accepted"},
      {"csrf", "disabled"},     {"credentials", "include"}, {"bearer", "none"},   {"credentials", "same-origin"},
      {"pwd", "/srv/joe/work"}, {"max_tokens", "100"},      {"dsn", "2026-01-01"}};
  for (const auto& [name, value] : kept) EXPECT_FALSE(is_marked(name, value)) << name;
  EXPECT_TRUE(is_marked("pwd", "hunter2"));
  EXPECT_TRUE(is_marked("password", "include"));
}

TEST(GeneralNames, HeadersOfVendors) {
  const Names names(nullptr);
  for (const char* name :
       {"X-Auth", "X-Auth-Key", "X-Auth-User-Token", "Ocp-Apim-Subscription-Key", "x-functions-key", "Api-Key"}) {
    EXPECT_TRUE(names.find_header(name)) << name;
  }
  EXPECT_FALSE(names.find_header("X-Request-Id"));
}

}  // namespace
}  // namespace cvr::redact
