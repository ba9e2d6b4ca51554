#include "sandbox/tokens.h"

#include "base/base64.h"
#include "base/json_writer.h"

namespace cvr::sandbox {
namespace {

constexpr std::string_view kSecretAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789+!@/-_";

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  return text;
}

struct Times {
  std::int64_t issued_s = 0;
  std::int64_t expires_s = 0;
};

// Claims as seen (FACTS section 4.1); `times` only for access tokens.
std::string make_jwt(const Derivation& derivation, std::int64_t epoch, const Connection& connection,
                     std::string_view use, std::uint64_t n, const Times* times) {
  json::Writer head;
  head.begin_object().member("alg", "RS512").member("typ", "JWT");
  head.member("kid", derivation.uuid("kid", 0)).end_object();
  json::Writer claims;
  claims.begin_object().member("sub", upper(derivation.uuid("sub", epoch))).member("iss", "avinode");
  claims.member("avitype", connection.avitype).member("avidomain", ".avinode.com");
  claims.member("avinonce", derivation.uuid(use, epoch, n));
  claims.member("avitenant", 1'000 + derivation.number("tenant", 0, 0, 9'000));
  if (times != nullptr) claims.member("iat", times->issued_s).member("exp", times->expires_s);
  claims.end_object();
  const std::string signed_part = base64url_encode(head.text()) + '.' + base64url_encode(claims.text());
  return signed_part + '.' + base64url_encode(derivation.signature(signed_part, 256));
}

// "avinode_" and 50 characters with a '+' among them, as secrets have been seen: unencoded in a
// form it decodes to a space and the secret is wrong.
std::string make_secret(const Derivation& derivation, std::int64_t epoch) {
  std::string text = derivation.text("secret", epoch, 0, 50, kSecretAlphabet);
  text[10 + derivation.number("plus", epoch, 0, 30)] = '+';
  return "avinode_" + text;
}

}  // namespace

Credentials make_credentials(const Derivation& derivation, std::int64_t epoch, const Scenario& scenario) {
  Credentials made;
  made.api_token = derivation.uuid("api token", epoch);
  made.bearer_token = make_jwt(derivation, epoch, scenario.connection, "static token", 0, nullptr);
  made.client_id = derivation.uuid("client id", epoch);
  made.client_secret = make_secret(derivation, epoch);
  made.oauth_method = scenario.oauth.told_method.empty() ? scenario.oauth.method : scenario.oauth.told_method;
  made.act_as_account = upper(derivation.uuid("account", epoch));
  return made;
}

std::vector<std::pair<std::string, std::string>> dotenv_variables(const Credentials& credentials) {
  return {
      {"AVINODE_API_TOKEN", credentials.api_token},           {"AVINODE_BEARER_TOKEN", credentials.bearer_token},
      {"AVINODE_CLIENT_ID", credentials.client_id},           {"AVINODE_CLIENT_SECRET", credentials.client_secret},
      {"AVINODE_ACT_AS_ACCOUNT", credentials.act_as_account},
  };
}

std::string dotenv_text(const Credentials& credentials, std::string_view base_url) {
  std::string text = "# " + std::string(base_url) + "/api, OAuth by " + credentials.oauth_method + "\n";
  for (const auto& [name, value] : dotenv_variables(credentials)) text += name + "='" + value + "'\n";
  return text;
}

std::string TokenBook::issue(const Derivation& derivation, std::int64_t epoch, const Scenario& scenario,
                             std::int64_t now_utc_us, std::int64_t minutes) {
  const std::int64_t now_s = now_utc_us / 1'000'000;
  const Times times{now_s, now_s + minutes * 60};
  const bool told = scenario.gaps.access_token_carries_exp;
  std::string token =
      make_jwt(derivation, epoch, scenario.connection, "access token", issued_++, told ? &times : nullptr);
  if (order_.size() == kMaxTokens) {
    expires_utc_us_.erase(order_.front());
    order_.pop_front();
  }
  expires_utc_us_[token] = now_utc_us + minutes * 60'000'000;
  order_.push_back(token);
  return token;
}

bool TokenBook::accepts(std::string_view token, std::int64_t now_utc_us) const {
  const auto found = expires_utc_us_.find(std::string(token));
  return found != expires_utc_us_.end() && now_utc_us < found->second;
}

void TokenBook::clear() {
  expires_utc_us_.clear();
  order_.clear();
}

}  // namespace cvr::sandbox
