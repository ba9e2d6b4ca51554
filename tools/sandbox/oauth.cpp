#include "sandbox/oauth.h"

#include <algorithm>

#include "base/base64.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "sandbox/json_body.h"
#include "sandbox/pairs.h"

namespace cvr::sandbox {
namespace {

constexpr std::string_view kAssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
constexpr std::int64_t kDefaultMinutes = 30;
constexpr std::int64_t kMaxMinutes = 120;

Answer oauth_answer(int status, std::string body) {
  Answer answer;
  answer.status = status;
  answer.body = std::move(body);
  answer.extra = {{"Cache-Control", "no-store"}, {"Pragma", "no-cache"}};  // RFC 6749 section 5.1
  return answer;
}

Answer oauth_error(int status, std::string_view error, std::string_view code, std::string_view detail,
                   std::string_view description) {
  json::Writer out;
  out.begin_object().member("error", error).key("errorDetails").begin_array();
  out.begin_object().member("code", code).member("description", detail).end_object().end_array();
  out.member("error_description", description).end_object();
  return oauth_answer(status, out.take());
}

// The code names the method that was *attempted* (FACTS section 1, 7).
Answer invalid_client(const OauthContext& context, std::string_view attempted) {
  std::string code = "invalid_client";
  if (attempted.starts_with("client_")) code = "invalid_" + std::string(attempted);
  return oauth_error(401, "invalid_client", code, context.scenario.gaps.oauth_detail,
                     "The provided client credentials are invalid.");
}

Answer bad_request(std::string_view error, std::string_view description) {
  return oauth_error(400, error, error, description, description);
}

// What the request brings along to authenticate the client.
struct Attempt {
  std::string method;  // of kOauthMethods; empty: none
  std::string id, secret, assertion;
  bool mixed = false;
};

Attempt read_attempt(const http::Request& request, const Pairs& form) {
  Attempt attempt;
  const auto text = [&](std::string_view name) { return form.has(name) ? *form.find(name) : std::string(); };
  attempt.id = text("client_id");
  const std::string_view authorization = http::value_of(request.fields, "Authorization");
  const bool basic = http::equals_ignoring_case(authorization.substr(0, 6), "Basic ");
  const bool post = form.has("client_secret");
  const bool jwt = form.has("client_assertion");
  attempt.mixed = (basic ? 1 : 0) + (post ? 1 : 0) + (jwt ? 1 : 0) > 1;
  if (basic) {
    attempt.method = "client_secret_basic";
    const std::string pair = base64_decode(authorization.substr(6)).value_or("");
    const std::size_t colon = std::min(pair.find(':'), pair.size());
    attempt.id = pair.substr(0, colon);
    attempt.secret = colon < pair.size() ? pair.substr(colon + 1) : std::string();
  } else if (jwt) {
    attempt.method = "client_secret_jwt";
    attempt.assertion = text("client_assertion_type") == kAssertionType ? text("client_assertion") : std::string();
  } else if (post) {
    attempt.method = "client_secret_post";
    attempt.secret = text("client_secret");
  }
  return attempt;
}

// RFC 6749 section 2.3.1 has id and secret form-encoded inside Basic; many clients do not.
bool basic_matches(std::string_view sent, std::string_view wanted) {
  return sent == wanted || percent_decode(sent, true) == wanted;
}

bool attempt_is_good(const Attempt& attempt, const OauthContext& context) {
  const Credentials& valid = context.credentials;
  if (!context.scenario.oauth.enabled || attempt.mixed || attempt.method != context.scenario.oauth.method) return false;
  if (attempt.method == "client_secret_basic") {
    return basic_matches(attempt.id, valid.client_id) && basic_matches(attempt.secret, valid.client_secret);
  }
  if (attempt.method == "client_secret_post") {
    return attempt.id == valid.client_id && attempt.secret == valid.client_secret;
  }
  const bool id_agrees = attempt.id.empty() || attempt.id == valid.client_id;
  return id_agrees &&
         assertion_is_good(attempt.assertion, valid, context.scenario.gaps.assertion_audience, context.now_utc_us);
}

std::optional<Digest> digest_of(std::string_view algorithm) {
  if (algorithm == "HS256") return Digest::kSha256;
  if (algorithm == "HS384") return Digest::kSha384;
  if (algorithm == "HS512") return Digest::kSha512;
  return std::nullopt;
}

bool audience_matches(const boost::json::object& claims, std::string_view wanted) {
  const boost::json::value* audience = claims.if_contains("aud");
  if (wanted.empty()) return true;
  if (audience == nullptr) return false;
  const auto is_it = [&](const boost::json::value& value) {
    return value.is_string() && std::string_view(value.get_string()) == wanted;
  };
  if (!audience->is_array()) return is_it(*audience);
  const boost::json::array& all = audience->get_array();
  return std::any_of(all.begin(), all.end(), is_it);
}

// RFC 7523 section 3: exp is required, nbf is honoured.
bool times_are_good(const boost::json::object& claims, std::int64_t now_utc_us) {
  const double now_s = static_cast<double>(now_utc_us) / 1e6;
  const boost::json::value* exp = claims.if_contains("exp");
  const boost::json::value* nbf = claims.if_contains("nbf");
  if (exp == nullptr || !exp->is_number() || exp->to_number<double>() <= now_s) return false;
  return nbf == nullptr || (nbf->is_number() && nbf->to_number<double>() <= now_s);
}

std::optional<boost::json::object> decode_part(std::string_view part) {
  const auto text = base64_decode(part);
  const auto value = text ? parse_json(*text) : std::nullopt;
  if (!value || !value->is_object()) return std::nullopt;
  return value->get_object();
}

}  // namespace

bool assertion_is_good(std::string_view assertion, const Credentials& credentials, std::string_view audience,
                       std::int64_t now_utc_us) {
  const std::size_t first = assertion.find('.');
  if (first == std::string_view::npos) return false;
  const std::size_t second = assertion.find('.', first + 1);
  if (second == std::string_view::npos) return false;
  const auto head = decode_part(assertion.substr(0, first));
  const auto claims = decode_part(assertion.substr(first + 1, second - first - 1));
  const auto signature = base64_decode(assertion.substr(second + 1));
  if (!head || !claims || !signature) return false;

  const auto digest = digest_of(Members(*head).text("alg").value_or(""));
  if (!digest || *signature != hmac(*digest, credentials.client_secret, assertion.substr(0, second))) return false;
  Members members(*claims);
  return members.text("iss") == credentials.client_id && members.text("sub") == credentials.client_id &&
         audience_matches(*claims, audience) && times_are_good(*claims, now_utc_us);
}

Answer answer_token_request(const http::Request& request, OauthContext& context) {
  const std::string type = http::to_lower(http::value_of(request.fields, "Content-Type"));
  if (!type.starts_with("application/x-www-form-urlencoded")) {
    return bad_request("invalid_request", "The request must be form-encoded.");
  }
  const Pairs form(request.body);
  for (const std::string_view name : {"grant_type", "client_id", "client_secret", "client_assertion"}) {
    if (form.count(name) > 1) return bad_request("invalid_request", "A parameter stands more than once.");
  }
  if (!form.has("grant_type")) return bad_request("invalid_request", "The grant type is missing.");
  if (*form.find("grant_type") != "client_credentials") {
    return bad_request("unsupported_grant_type", "The grant type is not supported.");
  }
  const Attempt attempt = read_attempt(request, form);
  if (attempt.mixed && context.scenario.gaps.oauth_mixing_is_invalid_request) {
    return bad_request("invalid_request", "More than one client authentication method was used.");
  }
  if (!attempt_is_good(attempt, context)) return invalid_client(context, attempt.method);

  const auto minutes = form.number("expiresInMinutes", kDefaultMinutes, 1, kMaxMinutes);
  if (!minutes) return bad_request("invalid_request", "expiresInMinutes must be from 1 to 120.");
  json::Writer out;
  out.begin_object();
  out.member("access_token",
             context.book.issue(context.derivation, context.epoch, context.scenario, context.now_utc_us, *minutes));
  out.member("expires_in", *minutes * 60 - 1);  // 1799 was seen for 30 minutes
  out.member("token_type", "Bearer").end_object();
  return oauth_answer(200, out.take());
}

}  // namespace cvr::sandbox
