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

TEST(GeneralNames, WordsBehindThem) {
  for (const char* name :
       {"passwordNew",  "password_new",     "PASSWORD-OLD",     "passwordCurrent", "password_repeat", "passwordPlain",
        "passwordText", "passwordB64",      "pwdOld",           "passwd_new",      "token_old",       "tokenNew",
        "secretValue2", "clientSecretV2",   "client_secret_v2", "passwordV10",     "tokenV2",         "apiKeyNew",
        "secret_hash",  "accessTokenPlain", "passwordOld1"}) {
    EXPECT_TRUE(is_marked(name, "MapleLake45678")) << name;
  }
  EXPECT_TRUE(is_marked("passwordNew", "maple lake window"));
  for (const char* name : {"new", "value", "text", "v2", "tokensNew", "sidOld", "passwordVx", "tokenizerV",
                           "passwordPolicy", "token_type", "currentPage", "compassNew"}) {
    EXPECT_FALSE(is_marked(name, "MapleLake45678")) << name;
  }
  const std::pair<const char*, const char*> kept[] = {{"passwordText", "Your password"},
                                                      {"passwordNew", "Password must be new"},
                                                      {"passwordOld2", ""},
                                                      {"tokenCurrent", "USDC"},
                                                      {"tokenText", "Sign in with a token"},
                                                      {"passwordOld", "true"},
                                                      {"token_current_2", "2026-01-01"},
                                                      {"secretNew", "null"},
                                                      {"tokenPrevious", "42"}};
  for (const auto& [name, value] : kept) EXPECT_FALSE(is_marked(name, value)) << name;
}

TEST(GeneralNames, OfOtherLanguagesAndKeys) {
  for (const char* name : {"senha", "nova_senha", "novaSenha", "wachtwoord", "nieuwWachtwoord", "contrasena",
                           "service_key", "serviceKey", "ssh_key", "rsa_private", "x_auth"}) {
    EXPECT_TRUE(is_marked(name, "MapleLake45678")) << name;
  }
  const std::pair<const char*, const char*> kept[] = {{"desenha", "MapleLake45678"},
                                                      {"service_key", "payments"},
                                                      {"ssh_key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA me@host"},
                                                      {"rsa_private", "false"},
                                                      {"x_auth", "basic"}};
  for (const auto& [name, value] : kept) EXPECT_FALSE(is_marked(name, value)) << name;
}

TEST(GeneralNames, AWordAtTheEnd) {
  for (const char* name : {"db_pass", "dbPass", "DB_PASS", "smtp.pass", "smtp_pass", "userPass", "keystore_pass",
                           "dbpass", "pw", "user_pw", "bindPw", "bind-pw", "db_pass2", "pass"}) {
    EXPECT_TRUE(is_marked(name, "swordfish")) << name;
  }
  for (const char* name :
       {"compass", "bypass", "overpass", "boarding_pass", "boardingPass", "ski-pass", "first_pass", "kpw"}) {
    EXPECT_FALSE(is_marked(name, "swordfish12")) << name;
  }
  for (const char* value : {"true", "passed", "12", "A12", "failed", "${DB_PASS}", "{{ vault_db }}", "<your password>",
                            "DB_PASSWORD", "********", "is too short, please"}) {
    EXPECT_FALSE(is_marked("db_pass", value)) << value;
  }
}

TEST(GeneralNames, KeysThatMeanOtherThingsLookDrawn) {
  const std::string hex = mixed_hex(32);
  for (const char* name : {"primaryKey", "secondary_key", "routing_key", "deployKey", "secret_id", "ssid"}) {
    EXPECT_TRUE(is_marked(name, hex)) << name;
    for (const char* value : {"id", "user_id", "order.created.eu", "prod/db/password", "customer-2024-primary-key12",
                              "customerPrimaryKey2024", "HomeNetwork 5", "2026-01-01T10:00:00Z"}) {
      EXPECT_FALSE(is_marked(name, value)) << name << ' ' << value;
    }
  }
  EXPECT_TRUE(is_marked("secretId", test::random_uuid()));
  EXPECT_FALSE(is_marked("primaryKey", test::random_uuid()));
  std::string base64;
  while (base64.size() < 42) {
    base64 += test::random_text(1, "GHKMRX") + test::random_text(1, "34789") + test::random_text(1, "gkmpqw");
  }
  EXPECT_TRUE(is_marked("primaryKey", base64 + "+="));
}

TEST(GeneralNames, KeysAndCodesOfVendors) {
  const std::string t = mixed_hex(32);
  for (const char* name :
       {"applicationKey",  "appKey",        "api_hash",   "integration_key", "jwtKey",        "hmacKey",
        "SECRET_KEY_BASE", "psk",           "licenseKey", "totp_seed",       "recoveryKey",   "recoveryKeys",
        "accessCode",      "secret_answer", "nthash",     "pwhash",          "password_hash", "sas",
        "sess_id",         "sessid",        "auth_code",  "authcode",        "securityCode",  "rememberMe"}) {
    EXPECT_TRUE(is_marked(name, t)) << name;
  }
  for (const auto& [name, value] : {std::pair("appKey", "my-app"), std::pair("licenseKey", "apache-2.0"),
                                    std::pair("auth_code", "approved"), std::pair("rememberMe", "true")}) {
    EXPECT_FALSE(is_marked(name, value)) << name;
  }
}

TEST(GeneralNames, UnderAParent) {
  const Names names(nullptr);
  const std::string t = mixed_hex(32);
  const auto marks = [&](const char* name, const char* parent, const std::string& value) {
    const auto named = names.find_json(name, parent);
    return named && admits(*named, name, value);
  };
  for (const char* parent : {"session", "sessions", "userSession"}) EXPECT_TRUE(marks("id", parent, t)) << parent;
  for (const char* parent : {"", "user", "sessionList", "es"}) EXPECT_FALSE(marks("id", parent, t)) << parent;
  EXPECT_FALSE(marks("id", "session", "5"));
  EXPECT_FALSE(marks("id", "session", "evt-2026-17"));
  EXPECT_FALSE(names.find_query("id"));
  EXPECT_FALSE(names.find_header("number"));
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
