#include "sandbox/service.h"

#include <algorithm>

#include "http/codings.h"
#include "sandbox/headers.h"
#include "sandbox/oauth.h"
#include "sandbox/reasons.h"
#include "sandbox/routes.h"
#include "sandbox/timestamps.h"

namespace cvr::sandbox {
namespace {

constexpr std::string_view kTokenPath = "/api/oauth/token";

bool has_body(int status) { return status != 204 && status != 304; }

}  // namespace

Service::Service(Options options)
    : options_(std::move(options)),
      derivation_(options_.seed),
      epoch_(rebuild_number(options_.started_utc_us)),
      valid_(credentials_of(epoch_)),
      store_(derivation_, epoch_, true),
      documents_(store_.base()),
      limiter_(options_.scenario.rate_limit, options_.started_utc_us),
      faults_(options_.scenario) {}

Credentials Service::credentials_of(std::int64_t epoch) const {
  return make_credentials(derivation_, options_.scenario.gaps.credentials_survive_rebuild ? 0 : epoch,
                          options_.scenario);
}

Credentials Service::valid_credentials() const { return valid_; }
Credentials Service::old_credentials() const { return credentials_of(epoch_ - 1); }
Credentials Service::credentials() const {
  return options_.scenario.hand_out_old_credentials ? old_credentials() : valid_credentials();
}

Samples Service::samples() const {
  Store fresh(derivation_, epoch_, true);
  return samples_of(fresh);
}

Samples Service::old_samples() const {
  Store old(derivation_, epoch_ - 1, true);
  return samples_of(old);
}

void Service::roll(std::int64_t now_utc_us) {
  const std::int64_t epoch = rebuild_number(now_utc_us);
  if (epoch == epoch_) return;
  epoch_ = epoch;
  valid_ = credentials_of(epoch);
  store_ = Store(derivation_, epoch, true);
  documents_ = Documents(store_.base());
  if (!options_.scenario.gaps.credentials_survive_rebuild) book_.clear();
}

Reply Service::handle(const http::Request& request, std::int64_t now_utc_us) {
  roll(now_utc_us);
  ++requests_;
  Reply reply;
  Fault fault = faults_.next(request);
  reply.action = fault.action;
  reply.delay_ms = fault.delay_ms;
  if (reply.action != Action::kRespond) return reply;
  http::Fields rate_headers;
  Answer given = fault.answer ? std::move(*fault.answer) : answer(request, now_utc_us, rate_headers);
  reply.response = respond(request, std::move(given), std::move(rate_headers), now_utc_us);
  return reply;
}

Answer Service::answer(const http::Request& request, std::int64_t now_utc_us, http::Fields& rate_headers) {
  const Scenario& scenario = options_.scenario;
  if (request.body.size() > kMaxBody) return error_answer(scenario.errors, ErrorKind::kTooLarge);
  if (scenario.gaps.unavailable_during_rebuild && in_rebuild_window(now_utc_us)) {
    return error_answer(scenario.errors, ErrorKind::kUnavailable);
  }
  if (request.path == kTokenPath) return answer_token(request, now_utc_us);
  if (!request.path.starts_with("/api/")) return error_answer(scenario.errors, ErrorKind::kNotFound);
  if (auto refused = check(request, now_utc_us)) return *refused;
  if (auto refused = check_rate(now_utc_us, rate_headers)) return *refused;
  return answer_operation(request, now_utc_us);
}

Answer Service::answer_token(const http::Request& request, std::int64_t now_utc_us) {
  if (request.method != "POST") {
    Answer refused = error_answer(options_.scenario.errors, ErrorKind::kMethodNotAllowed);
    refused.extra.push_back({"Allow", "POST"});
    return refused;
  }
  OauthContext context{options_.scenario, derivation_, valid_, book_, epoch_, now_utc_us};
  return answer_token_request(request, context);
}

std::optional<Answer> Service::check(const http::Request& request, std::int64_t now_utc_us) const {
  const Gaps& gaps = options_.scenario.gaps;
  const Authenticate authenticate = [&](std::string_view api_token, std::string_view bearer) {
    if (api_token != valid_.api_token) return false;
    const bool is_static = bearer == valid_.bearer_token && !options_.scenario.static_token_expired;
    return is_static || book_.accepts(bearer, now_utc_us);
  };
  const auto error = check_headers(request, gaps, now_utc_us, authenticate);
  if (!error) return std::nullopt;
  const bool untitled = error->kind == ErrorKind::kMissingHeader && gaps.missing_header_without_title;
  return error_answer(options_.scenario.errors, untitled ? ErrorKind::kMalformedRequest : error->kind, error->name);
}

std::optional<Answer> Service::check_rate(std::int64_t now_utc_us, http::Fields& rate_headers) {
  const RateLimiter::Verdict verdict = limiter_.take(now_utc_us);
  if (options_.scenario.gaps.rate_limit_headers_always || !verdict.allowed) {
    rate_headers = {{"X-Rate-Limit-Limit", std::to_string(verdict.limit)},
                    {"X-Rate-Limit-Remaining", std::to_string(verdict.remaining)},
                    {"X-Rate-Limit-Reset", std::to_string(verdict.reset_s)}};
  }
  if (verdict.allowed) return std::nullopt;
  return error_answer(options_.scenario.errors, ErrorKind::kRateLimited);
}

std::optional<ErrorKind> Service::refusal(const Route& route, const http::Request& request) const {
  const Scenario& scenario = options_.scenario;
  const Connection& connection = scenario.connection;
  if (std::find(scenario.denied.begin(), scenario.denied.end(), route.operation) != scenario.denied.end()) {
    return ErrorKind::kNotAuthorized;
  }
  if (route.role == Role::kReference) return std::nullopt;
  if (connection.avitype == 15) return ErrorKind::kUnauthorized;
  if (!connection.company_access) return ErrorKind::kCompanyAccess;
  if (route.role == Role::kEndClient && !connection.end_client) return ErrorKind::kPermissions;
  if (route.role == Role::kSeller && !connection.seller) return ErrorKind::kNotAuthorized;
  if (route.role == Role::kBuyer && !connection.buyer) return ErrorKind::kNotAuthorized;
  if (route.role == Role::kMember && !connection.buyer && !connection.seller) return ErrorKind::kNotAuthorized;
  const bool acts = !http::value_of(request.fields, "X-Avinode-ActAsAccount").empty();
  if (scenario.gaps.act_as_account_required && !acts) return ErrorKind::kNotAuthorized;
  return std::nullopt;
}

Answer Service::answer_operation(const http::Request& request, std::int64_t now_utc_us) {
  const Scenario& scenario = options_.scenario;
  Routed routed = find_route(request.method, request.path, scenario.undocumented);
  if (routed.route == nullptr) {
    if (routed.allowed.empty()) return error_answer(scenario.errors, ErrorKind::kNotFound);
    Answer refused = error_answer(scenario.errors, ErrorKind::kMethodNotAllowed);
    refused.extra.push_back({"Allow", routed.allowed});
    return refused;
  }
  if (const auto kind = refusal(*routed.route, request)) return error_answer(scenario.errors, *kind);
  Call call{request, std::move(routed.id), Pairs(request.query), scenario,
            store_,  documents_,           options_.base_url,    now_utc_us};
  return routed.route->handler(call);
}

http::Response Service::respond(const http::Request& request, Answer answer, http::Fields more,
                                std::int64_t now_utc_us) const {
  const Gaps& gaps = options_.scenario.gaps;
  http::Response response;
  response.status = answer.status;
  response.reason = reason_phrase(answer.status);
  response.fields = {{"Date", http_date(now_utc_us)}};
  if (!gaps.server_header.empty()) response.fields.push_back({"Server", gaps.server_header});
  if (!gaps.request_id_header.empty()) {
    response.fields.push_back({gaps.request_id_header, derivation_.uuid("request", 0, requests_)});
  }
  for (http::Field& field : more) response.fields.push_back(std::move(field));
  for (http::Field& field : answer.extra) response.fields.push_back(std::move(field));
  if (!has_body(answer.status)) return response;

  response.body = std::move(answer.body);
  response.fields.push_back({"Content-Type", answer.content_type});
  response.fields.push_back({"Vary", "Accept-Encoding"});
  if (!response.body.empty() && accepts_gzip(http::value_of(request.fields, "Accept-Encoding"))) {
    if (auto packed = http::encode_body(response.body, {"gzip"})) {
      response.body = std::move(*packed);
      response.fields.push_back({"Content-Encoding", "gzip"});
    }
  }
  response.fields.push_back({"Content-Length", std::to_string(response.body.size())});
  if (request.method == "HEAD") response.body.clear();
  return response;
}

}  // namespace cvr::sandbox
