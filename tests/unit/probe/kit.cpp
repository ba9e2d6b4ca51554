#include "unit/probe/kit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>

namespace cvr::probe::test {

const char* const kPlan = R"(name = "vendor"
base = "https://api.vendor.example/v2"
token = "/token"
wait_headers = ["X-Wait"]
headers = { X-When = "${now}", X-Product = "${product}" }
[[variable]]
name = "key"
from = ["VENDOR_KEY", "KEY"]
shape = "uuid"
[[variable]]
name = "bearer"
from = ["VENDOR_BEARER"]
shape = "jwt"
[[variable]]
name = "id"
from = ["VENDOR_ID"]
[[variable]]
name = "secret"
from = ["VENDOR_SECRET"]
[[variable]]
name = "account"
from = ["VENDOR_ACCOUNT"]
[[variable]]
name = "way"
from = ["VENDOR_WAY"]
public = true
[[variable]]
name = "product"
from = ["VENDOR_PRODUCT"]
public = true
preset = "probe/1"
[[method]]
name = "static"
headers = { Authorization = "Bearer ${bearer}", X-Key = "${key}" }
[[method]]
name = "oauth"
oauth = "client_secret_post"
id = "id"
secret = "secret"
when = { way = "client_secret_post" }
headers = { Authorization = "Bearer ${access_token}" }
[[step]]
name = "clock"
kind = "clock"
[[step]]
name = "dns"
kind = "dns"
[[step]]
name = "tls"
kind = "tls"
[[step]]
name = "unauthenticated"
call = "GET /things?q=1"
expect = [401]
shows = "a call without a credential must be refused"
[[step]]
name = "wrong-credential"
auth = "made-up"
call = "GET /things?q=1"
expect = [401]
[[step]]
name = "auth"
auth = "each"
call = "GET /things?q=1"
shows = "this way does not work"
[[step]]
name = "act-as"
auth = "each"
call = "GET /things?q=1"
headers = { X-As = "${account}" }
[[step]]
name = "orders"
auth = "accepted"
call = "GET /orders"
[[step]]
name = "create"
auth = "accepted"
write = true
call = "POST /orders"
body = '{"day": "${day+3}", "by": "${account}"}'
expect = [201]
save = { order = "/data/id" }
[[step]]
name = "read"
auth = "accepted"
write = true
call = "GET /orders/${order}"
)";

Answer FakeWorld::call(http::Request request, const Tag& tag) {
  sent.push_back({tag.step, std::move(request), clock_.monotonic_us(), tag});
  Answer out = answer ? answer(sent.back()) : sound(sent.back());
  out.sent_utc_us = clock_.utc_us();
  out.n = sent.size();
  return out;
}

Way FakeWorld::look_up(const http::Origin&, const std::string&) { return way; }
Way FakeWorld::greet(const http::Origin&, const std::string&) { return way; }

bool FakeWorld::wait_ms(std::int64_t ms) {
  if (waits.size() >= most_waits) return false;
  waits.push_back(ms);
  clock_.advance_us(ms * 1'000);
  return true;
}

std::vector<std::string> FakeWorld::steps() const {
  std::vector<std::string> out;
  for (const Sent& one : sent) out.push_back(one.step);
  return out;
}

const http::Request* FakeWorld::request(const std::string& step) const {
  const auto found = std::ranges::find(sent, step, &Sent::step);
  return found == sent.end() ? nullptr : &found->request;
}

Answer answered(int status, const std::string& code, const std::string& body) {
  Answer out;
  out.status = status;
  out.body = body;
  if (!code.empty()) out.errors.codes = {code};
  return out;
}

Answer failed(FailureKind kind) {
  Answer out;
  out.failure = Failure{kind, "by a test"};
  return out;
}

profiles::Plan plan(const std::string& text) {
  auto parsed = profiles::parse_plan(text, "test.toml");
  EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error().text);
  return parsed ? *std::move(parsed) : profiles::Plan{};
}

Settings all_settings(std::uint64_t seed) {
  cvr::test::SeededEntropy entropy(seed);
  const auto made = [&] { return random_uuid(entropy); };
  return {{"VENDOR_KEY", made()},     {"VENDOR_BEARER", made() + "." + made()},
          {"VENDOR_ID", made()},      {"VENDOR_SECRET", made()},
          {"VENDOR_ACCOUNT", made()}, {"VENDOR_WAY", "client_secret_post"}};
}

profiles::Diagnosis vendor() {
  profiles::Diagnosis out;
  out.permission_codes = {"NO_PERMISSION"};
  out.client_codes = {"invalid_client"};
  out.internal_codes = {"INTERNAL"};
  out.company_access_codes = {"COMPANY"};
  out.not_authorized_codes = {"NOT_AUTHORIZED"};
  return out;
}

std::string http_date(std::int64_t utc_us) {
  const std::time_t seconds = utc_us / 1'000'000;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  char text[40];
  return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

Answer sound(const Sent& sent) {
  if (sent.step == "unauthenticated" || sent.step == "wrong-credential") return answered(401, "BAD_CREDENTIAL");
  if (sent.step == "clock") {
    Answer out = answered(404);
    out.fields = {{"Date", http_date(sent.at_us)}};
    return out;
  }
  if (sent.step.starts_with("token-")) return answered(200, "", R"({"access_token": "a-token-of-the-test"})");
  if (sent.step == "create") return answered(201, "", R"({"data": {"id": "order/7"}})");
  return answered(200, "", "{}");
}

const Row& row_of(const Report& report, const std::string& step) {
  static const Row nothing;
  const auto found = std::ranges::find(report.rows, step, &Row::step);
  EXPECT_NE(found, report.rows.end()) << "no row " << step;
  return found == report.rows.end() ? nothing : *found;
}

}  // namespace cvr::probe::test
