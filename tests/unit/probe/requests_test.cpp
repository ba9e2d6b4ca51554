#include "probe/requests.h"

#include <openssl/hmac.h>

#include "base/base64.h"
#include "diagnose/json_leaves.h"
#include "unit/probe/kit.h"

namespace cvr::probe {
namespace {

class RequestsTest : public ::testing::Test {
 protected:
  Result<http::Request> call(const profiles::PlanStep& step, const Saved& saved = {}) {
    return call_request(plan_, step, nullptr, credentials_, saved, moment_);
  }
  http::Request token(const std::string& oauth) {
    profiles::PlanMethod method = plan_.methods[1];
    method.oauth = oauth;
    return token_request(plan_, method, credentials_, moment_);
  }
  static profiles::PlanStep step(const std::string& target, const std::string& body = "") {
    profiles::PlanStep out;
    out.target = target;
    out.body = body;
    return out;
  }

  const profiles::Plan plan_ = test::plan();
  const Credentials credentials_ =
      *Credentials::read(plan_, {{{"VENDOR_ID", "an id"}, {"VENDOR_SECRET", "a+b&c=d%/\xc3\xa9"}}});
  cvr::test::SeededEntropy entropy_{1};
  const Moment moment_{1'773'648'000'123'456, entropy_};
};

TEST_F(RequestsTest, TargetsAndHeaders) {
  const auto request = call(step("/things?q=1"));
  ASSERT_TRUE(request);
  EXPECT_EQ(http::url_of(*request), "https://api.vendor.example/v2/things?q=1");
  EXPECT_EQ(http::value_of(request->fields, "x-when"), "2026-03-16T08:00:00.123Z");
  EXPECT_EQ(http::value_of(request->fields, "x-product"), "probe/1");
  EXPECT_EQ(http::find(request->fields, "content-type"), nullptr);
  profiles::PlanStep own = step("/x");
  own.headers = {{"x-product", "other"}};
  EXPECT_EQ(http::value_of(call(own)->fields, "X-Product"), "other");
}

TEST_F(RequestsTest, ValuesCanNotBreakOutOfTheirPlace) {
  const Saved hostile = {{"x", "../a?b#c\r\nX: y\"}, {\""}};
  const auto request = call(step("/things/${x}", R"({"a": "${x}"})"), hostile);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->path, "/v2/things/..%2Fa%3Fb%23c%0D%0AX%3A%20y%22%7D%2C%20%7B%22");
  EXPECT_FALSE(request->has_query);
  const auto leaves = diagnose::read_json(request->body);
  ASSERT_EQ(leaves.leaves.size(), 1u);
  EXPECT_EQ(leaves.leaves[0].text, hostile.at("x"));
  profiles::PlanStep header = step("/");
  header.headers = {{"X-Y", "${x}"}};
  const auto refused = call(header, hostile);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kUsage);
  EXPECT_EQ(refused.error().text.find("../a"), std::string::npos);
}

TEST_F(RequestsTest, WhatIsNotThereIsNamed) {
  const auto request = call(step("/things/${order}"));
  ASSERT_FALSE(request);
  EXPECT_EQ(request.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(request.error().text, "order");
}

TEST_F(RequestsTest, TheClocksCallHasNoCredentialAndNoHeader) {
  const http::Request request = bare_request(plan_);
  EXPECT_EQ(http::url_of(request), "https://api.vendor.example/v2");
  EXPECT_TRUE(request.fields.empty());
}

TEST_F(RequestsTest, TokensByPostAreFormEncoded) {
  const http::Request request = token("client_secret_post");
  EXPECT_EQ(request.method + " " + request.path, "POST /v2/token");
  EXPECT_EQ(request.body, "grant_type=client_credentials&client_id=an%20id&client_secret=a%2Bb%26c%3Dd%25%2F%C3%A9");
  EXPECT_EQ(http::find(request.fields, "authorization"), nullptr);
}

TEST_F(RequestsTest, TokensByBasicHaveNoSecretInTheBody) {
  const http::Request request = token("client_secret_basic");
  EXPECT_EQ(request.body, "grant_type=client_credentials");
  const std::string_view value = http::value_of(request.fields, "authorization");
  ASSERT_TRUE(value.starts_with("Basic "));
  EXPECT_EQ(base64_decode(value.substr(6)), "an%20id:a%2Bb%26c%3Dd%25%2F%C3%A9");
}

TEST_F(RequestsTest, TokensByAssertionAreSigned) {
  const http::Request request = token("client_secret_jwt");
  const std::string secret = *credentials_.find("secret");
  const std::size_t at = request.body.find("client_assertion=") + 17;
  const std::string assertion = request.body.substr(at);
  EXPECT_EQ(request.body.find("client_secret="), std::string::npos);
  const std::size_t dot = assertion.rfind('.');
  const std::string text = assertion.substr(0, dot);
  unsigned char digest[32];
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest, nullptr);
  EXPECT_EQ(base64_decode(assertion.substr(dot + 1)), std::string(reinterpret_cast<const char*>(digest), 32));
  const std::size_t first = text.find('.');
  const std::string claims = *base64_decode(text.substr(first + 1));
  EXPECT_NE(claims.find("\"aud\":\"https://api.vendor.example/v2/token\""), std::string::npos) << claims;
  EXPECT_NE(claims.find("\"iat\":1773648000,\"exp\":1773648060"), std::string::npos) << claims;
  EXPECT_NE(token("client_secret_jwt").body, request.body);  // a number of its own
}

TEST_F(RequestsTest, OriginsOfBases) {
  profiles::Plan plan = plan_;
  plan.base = "https://h.example:8443";
  EXPECT_EQ(origin_of(plan).port, 8443);
  EXPECT_EQ(bare_request(plan).path, "/");
}

}  // namespace
}  // namespace cvr::probe
