#include "probe/requests.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>

#include "base/base64.h"
#include "base/escape.h"
#include "base/json_scan.h"
#include "base/json_writer.h"
#include "diagnose/times.h"
#include "http/target.h"
#include "profiles/plan_text.h"

namespace cvr::probe {
namespace {

constexpr std::size_t kScheme = std::string_view("https://").size();

std::optional<std::string> made_value(std::string_view name, Moment moment) {
  if (name == "now") return diagnose::utc_text(moment.now_utc_us);
  if (name == "uuid") return random_uuid(moment.entropy);
  if (const auto days = profiles::days_ahead(name)) {
    return diagnose::utc_text(moment.now_utc_us + *days * diagnose::kDay).substr(0, 10);
  }
  return std::nullopt;
}

class Filler {
 public:
  Filler(const Credentials& credentials, const Saved& saved, Moment moment)
      : credentials_(credentials), saved_(saved), moment_(moment) {}

  template <class Spelled>
  Result<std::string> operator()(std::string_view text, Spelled spelled) const {
    return profiles::fill(text, [&](std::string_view name) -> std::optional<std::string> {
      const auto value = value_of(name);
      return value ? std::optional<std::string>(spelled(*value)) : std::nullopt;
    });
  }

  Result<void> add(const profiles::NamedTexts& headers, http::Fields& out) const {
    for (const auto& [name, text] : headers) {
      auto value = (*this)(text, [](const std::string& plain) { return plain; });
      if (!value) return std::unexpected(value.error());
      const bool sound =
          std::ranges::all_of(*value, [](char c) { return c == '\t' || c < 0 || (c >= 0x20 && c != 0x7f); });
      if (!sound) return fail(ErrorCode::kUsage, "the value of " + name + " can not stand in a header");
      // A step's own value takes the place of what stands there already.
      const auto same = std::ranges::find_if(
          out, [&](const http::Field& field) { return http::equals_ignoring_case(field.name, name); });
      if (same == out.end()) {
        out.push_back({name, *std::move(value)});
      } else {
        same->value = *std::move(value);
      }
    }
    return {};
  }

 private:
  std::optional<std::string> value_of(std::string_view name) const {
    if (const std::string* value = credentials_.find(name)) return *value;
    if (const auto found = saved_.find(name); found != saved_.end()) return found->second;
    return made_value(name, moment_);
  }
  const Credentials& credentials_;
  const Saved& saved_;
  Moment moment_;
};

void set_target(const profiles::Plan& plan, std::string_view below, http::Request& out) {
  const std::size_t slash = std::min(plan.base.find('/', kScheme), plan.base.size());
  const std::string target = plan.base.substr(slash) + std::string(below);
  const std::size_t mark = target.find('?');
  out.origin = origin_of(plan);
  out.path = target.substr(0, mark);
  if (out.path.empty()) out.path = "/";
  out.has_query = mark != std::string::npos;
  if (out.has_query) out.query = target.substr(mark + 1);
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
       text.size(), digest, &size);
  return {reinterpret_cast<const char*>(digest), size};
}

}  // namespace

http::Origin origin_of(const profiles::Plan& plan) {
  const auto origin = http::parse_origin(plan.base.substr(0, plan.base.find('/', kScheme)));
  CVR_CHECK(origin);  // the reader of plans has looked
  return *origin;
}

Result<http::Request> call_request(const profiles::Plan& plan, const profiles::PlanStep& step,
                                   const profiles::PlanMethod* method, const Credentials& credentials,
                                   const Saved& saved, Moment moment) {
  const Filler filler(credentials, saved, moment);
  http::Request out;
  out.method = step.method;
  const auto target = filler(step.target, [](const std::string& value) { return percent_encode(value); });
  if (!target) return std::unexpected(target.error());
  set_target(plan, *target, out);
  for (const profiles::NamedTexts* headers :
       {&plan.headers, method == nullptr ? nullptr : &method->headers, &step.headers}) {
    if (headers == nullptr) continue;
    if (auto done = filler.add(*headers, out.fields); !done) return std::unexpected(done.error());
  }
  auto body = filler(step.body, [](const std::string& value) {
    std::string inside;
    json::append_escaped(inside, value);
    return inside;
  });
  if (!body) return std::unexpected(body.error());
  out.body = *std::move(body);
  if (!out.body.empty() && http::find(out.fields, "content-type") == nullptr) {
    out.fields.push_back({"Content-Type", "application/json"});
  }
  return out;
}

http::Request bare_request(const profiles::Plan& plan) {
  http::Request out;
  out.method = "GET";
  set_target(plan, "", out);
  return out;
}

http::Request token_request(const profiles::Plan& plan, const profiles::PlanMethod& method,
                            const Credentials& credentials, Moment moment) {
  http::Request out;
  out.method = "POST";
  set_target(plan, plan.token_path, out);
  const std::string& id = *credentials.find(method.id);
  const std::string& secret = *credentials.find(method.secret);
  out.fields = {{"Accept", "application/json"}, {"Content-Type", "application/x-www-form-urlencoded"}};
  out.body = "grant_type=client_credentials";
  if (method.oauth == "client_secret_basic") {
    // RFC 6749 section 2.3.1: both are form-encoded first.
    const std::string pair = percent_encode(id) + ":" + percent_encode(secret);
    out.fields.push_back({"Authorization", "Basic " + base64_encode(pair)});
  } else if (method.oauth == "client_secret_post") {
    out.body += "&client_id=" + percent_encode(id) + "&client_secret=" + percent_encode(secret);
  } else {
    constexpr std::string_view kType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    out.body += "&client_id=" + percent_encode(id) + "&client_assertion_type=" + percent_encode(kType) +
                "&client_assertion=" + client_assertion(id, secret, plan.base + plan.token_path, moment);
  }
  return out;
}

std::string client_assertion(std::string_view id, std::string_view secret, std::string_view audience, Moment moment) {
  constexpr std::int64_t kLifeSeconds = 60;
  const std::int64_t now = moment.now_utc_us / diagnose::kSecond;
  json::Writer head;
  head.begin_object().member("alg", "HS256").member("typ", "JWT").end_object();
  json::Writer claims;
  claims.begin_object().member("iss", id).member("sub", id).member("aud", audience);
  claims.member("jti", random_uuid(moment.entropy)).member("iat", now).member("exp", now + kLifeSeconds).end_object();
  const std::string text = base64url_encode(head.text()) + "." + base64url_encode(claims.text());
  return text + "." + base64url_encode(hmac_sha256(secret, text));
}

}  // namespace cvr::probe
