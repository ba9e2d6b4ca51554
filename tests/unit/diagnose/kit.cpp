#include "kit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "base/base64.h"
#include "support/random.h"

namespace cvr::diagnose::test {
namespace {

using cvr::test::random_base64url;
using cvr::test::random_uuid;

constexpr const char* kTimestamp = "X-Avinode-SentTimestamp";

std::string http_date(std::int64_t utc_us) {
  const std::chrono::sys_seconds at{std::chrono::seconds(utc_us / kSecond)};
  const auto days = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss time(at - days);
  constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char out[40];
  std::snprintf(out, sizeof out, "%s, %02u %s %04d %02d:%02d:%02d GMT", kDays[std::chrono::weekday(days).c_encoding()],
                static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                static_cast<int>(date.year()), static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return out;
}

// `value` may be part of a field that goes.
void put(http::Fields& fields, std::string_view name, std::string_view value) {
  http::Field field{std::string(name), std::string(value)};
  std::erase_if(fields, [&](const auto& f) { return http::equals_ignoring_case(f.name, name); });
  fields.push_back(std::move(field));
}

}  // namespace

std::int64_t us(std::string_view timestamp) { return parse_timestamp(timestamp).value(); }

Pair new_pair(std::string_view tenant, int type, std::string_view more) {
  const std::string head = R"({"alg":"RS512","typ":"JWT","kid":")" + random_uuid() + "\"}";
  const std::string claims = R"({"sub":")" + random_uuid() + R"(","iss":"avinode","avitype":)" + std::to_string(type) +
                             R"(,"avidomain":".avinode.com","avinonce":")" + random_uuid() + R"(","avitenant":)" +
                             std::string(tenant) + std::string(more) + "}";
  return {base64url_encode(head) + "." + base64url_encode(claims) + "." + random_base64url(342), random_uuid()};
}

std::string secret_like(std::string_view tail) {
  return "avinode_" + cvr::test::random_hex(30) + std::string(tail) + cvr::test::random_hex(10);
}

Try& Try::header(std::string_view name, std::string_view value) {
  if (http::equals_ignoring_case(name, kTimestamp)) stamped = false;
  put(raw.request.fields, name, value);
  return *this;
}
Try& Try::without(std::string_view name) {
  if (http::equals_ignoring_case(name, kTimestamp)) stamped = false;
  if (http::equals_ignoring_case(name, "date")) dated = false;
  std::erase_if(raw.request.fields, [&](const auto& f) { return http::equals_ignoring_case(f.name, name); });
  return *this;
}
Try& Try::body(std::string_view type, std::string_view text) {
  raw.request.body = text;
  return type.empty() ? without("Content-Type") : header("Content-Type", type);
}
Try& Try::answer(int status, std::string_view body, std::string_view type) {
  raw.response.emplace();
  raw.response->status = status;
  raw.response->body = body;
  raw.response->fields = {{"Content-Type", std::string(type)}};
  raw.failure.reset();
  return *this;
}
Try& Try::error(int status, std::string_view code, std::string_view title) {
  return answer(status, R"({"meta":{"errors":[{"code":")" + std::string(code) + R"(","title":")" + std::string(title) +
                            R"("}],"warnings":[],"infos":[]}})");
}
Try& Try::answer_header(std::string_view name, std::string_view value) {
  if (http::equals_ignoring_case(name, "date")) dated = false;
  put(raw.response->fields, name, value);
  return *this;
}
Try& Try::fails(FailureKind kind, std::string_view detail) {
  raw.response.reset();
  raw.failure = Failure{kind, std::string(detail)};
  return *this;
}
Try& Try::step(std::string_view name) {
  raw.step = name;
  return *this;
}
Try& Try::host(std::string_view name) {
  raw.request.origin.host = name;
  return *this;
}
Try& Try::flag(std::string_view name) {
  raw.flags.emplace_back(name);
  return *this;
}
Try& Try::took(std::int64_t ms) {
  raw.timing.finished_us = ms * 1000;
  return *this;
}

Try get(std::string_view path_and_query, const Pair& pair) {
  Try out;
  http::Request& request = out.raw.request;
  request.method = "GET";
  request.origin.host = "sandbox.avinode.com";
  const std::size_t question = path_and_query.find('?');
  request.path = "/api" + std::string(path_and_query.substr(0, question));
  request.has_query = question != std::string_view::npos;
  if (request.has_query) request.query = path_and_query.substr(question + 1);
  request.fields = {
      {"Accept", "application/json"}, {"X-Avinode-Product", "AcmeJet-v1"}, {"X-Avinode-ApiVersion", "v1.0"}};
  if (!pair.token.empty()) out.header("Authorization", "Bearer " + pair.token);
  if (!pair.api.empty()) out.header("X-Avinode-ApiToken", pair.api);
  out.raw.timing.finished_us = 100'000;
  return out.answer(200);
}

Try post(std::string_view path, const Pair& pair, std::string_view json) {
  Try out = get(path, pair);
  out.raw.request.method = "POST";
  return out.body("application/json", json).answer(201, R"({"data":{"id":"atrip-71000501","type":"trips"}})");
}

Try token_call(std::string_view client, std::string_view secret, std::string_view access, int lifetime_s) {
  Try out = get("/oauth/token", {});
  out.raw.request.method = "POST";
  std::string coded;
  for (const char c : secret) coded += c == '+' ? "%2B" : std::string(1, c);
  out.body("application/x-www-form-urlencoded",
           "grant_type=client_credentials&client_id=" + std::string(client) + "&client_secret=" + coded);
  if (access.empty()) {
    return out.answer(401,
                      R"({"error":"invalid_client","errorDetails":[{"code":"invalid_client_secret_post",)"
                      R"("description":"no"}],"error_description":"The provided client credentials are invalid."})");
  }
  return out.answer(200, R"({"access_token":")" + std::string(access) + R"(","expires_in":)" +
                             std::to_string(lifetime_s) + R"(,"token_type":"Bearer"})");
}

Tape& Tape::wait(std::int64_t seconds) {
  now_us_ += seconds * kSecond;
  return *this;
}

Tape& Tape::add(Try one) {
  const bool token = one.raw.request.path == "/api/oauth/token";
  if (one.stamped && !token) put(one.raw.request.fields, kTimestamp, utc_text(now_us_));
  if (one.dated && one.raw.response) put(one.raw.response->fields, "Date", http_date(now_us_));
  one.raw.timing.started_utc_us = now_us_ + offset_us;
  one.raw.arrival = arrival;
  raw_.push_back(std::move(one.raw));
  now_us_ += kSecond;
  return *this;
}

Tape& Tape::again(const Try& one, int times, int seconds) {
  for (int i = 0; i < times; ++i) add(one).wait(seconds - 1);
  return *this;
}

Recording Tape::recording() const {
  RedactorOptions options;
  options.profile = profile;
  options.privacy = privacy;
  for (std::size_t i = 0; i < options.key.bytes.size(); ++i) options.key.bytes[i] = static_cast<std::uint8_t>(i + 1);
  const Redactor redactor(options);
  Recording out;
  out.gaps = gaps;
  out.key = key;
  out.refusals = refusals;
  for (const Interaction& raw : raw_) out.interactions.push_back(redactor.redact(raw));
  return out;
}

Tape on_monday(const std::vector<Try>& calls) {
  Tape out(kMonday);
  for (const Try& one : calls) out.add(one);
  return out;
}

const Finding& Told::of(std::string_view rule) const {
  const Finding* finding = find(diagnosis.findings, rule);
  if (finding == nullptr) throw std::logic_error("no such rule");
  return *finding;
}

std::vector<std::uint64_t> Told::cited(std::string_view rule) const {
  std::vector<std::uint64_t> out;
  for (const Call* call : of(rule).calls) {
    if (call->in == In::kAfter) out.push_back(call->n);
  }
  std::ranges::sort(out);
  return out;
}

Told tell(const Tape& after, const Tape* before, const Account* account, const profiles::Profile& profile) {
  Told out;
  out.after = std::make_unique<Recording>(after.recording());
  if (before != nullptr) out.before = std::make_unique<Recording>(before->recording());
  out.diagnosis = diagnose(*out.after, out.before.get(), profile, account);
  return out;
}

Tape good_friday(const Pair& pair) {
  Tape out(kFriday);
  out.add(get("/airports/search?filter=KTEB", pair));
  out.add(post("/trips", pair, kGoodTrip));
  out.add(get("/trips/atrip-71000501", pair));
  out.add(get("/rfqs/arfq-42", pair));
  return out;
}

Tape lost_permissions(const Pair& pair) {
  Tape out(kMonday);
  for (int i = 0; i < 3; ++i) {
    out.add(get("/airports/search?filter=KTEB", pair));
    out.add(post("/trips", pair, kGoodTrip).error(403, "NOT_AUTHORIZED"));
    out.add(get("/rfqs/arfq-77", pair).error(403, "NOT_AUTHORIZED"));
    out.wait(357);
  }
  return out;
}

}  // namespace cvr::diagnose::test
