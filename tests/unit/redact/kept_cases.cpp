// What a profile keeps, through the whole redactor.
#include "cvr/redactor.h"
#include "kit.h"

namespace cvr::redact {
namespace {

std::unique_ptr<Redactor> redactor_for(const profiles::Profile& profile, std::vector<std::string> secrets = {}) {
  RedactorOptions options;
  options.profile = &profile;
  options.key = test_key();
  options.secrets = std::move(secrets);
  return std::make_unique<Redactor>(std::move(options));
}

http::Request form(std::string query, std::string body) {
  http::Request request = get_request();
  request.method = "POST";
  request.query = std::move(query);
  request.has_query = true;
  request.fields = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = std::move(body);
  return request;
}

TEST(Kept, WhatOnlyLooksLikeASecretStays) {
  profiles::Profile profile;
  profile.kept_form = {"password"};
  profile.kept_query = {"password", "mail"};
  profile.kept_json = {"email", "/deep/blob"};
  const std::string drawn = test::random_text(40, "ABCDEFGHabcdefgh0123456789");
  const std::string json = R"({"email":"ada@corp.example.org","deep":{"blob":")" + drawn + R"("}})";
  const auto redactor = redactor_for(profile);
  const auto out = redactor->redact(
      exchange(form("password=open-sesame-1&mail=ada%40corp.example.org", "password=open-sesame-2&n=1"),
               "application/json", json));
  EXPECT_EQ(out->request.query.text, "password=open-sesame-1&mail=ada%40corp.example.org");
  EXPECT_EQ(out->request.body.content.text, "password=open-sesame-2&n=1");
  EXPECT_EQ(out->response->body.content.text, json);
  EXPECT_TRUE(out->response->body.content.spans.empty());
  EXPECT_TRUE(redactor->leaks(*out).empty());
  const profiles::Profile other;  // of who exports it in another directory
  EXPECT_TRUE(redactor_for(other)->leaks(*out).empty());
  EXPECT_EQ(redactor->redact_again(*out)->response->body.content.text, json);
}

TEST(Kept, WithoutItTheyGo) {
  const profiles::Profile profile;
  const auto out = redactor_for(profile)->redact(exchange(form("password=open-sesame-1", "password=open-sesame-2"),
                                                          "application/json", R"({"email":"a@corp.example.org"})"));
  EXPECT_EQ(out->request.query.text.find("sesame"), std::string::npos);
  EXPECT_EQ(out->request.body.content.text.find("sesame"), std::string::npos);
  EXPECT_EQ(out->response->body.content.text.find("corp"), std::string::npos);
}

TEST(Kept, AKnownSecretGoesAllTheSame) {
  profiles::Profile profile;
  profile.kept_form = {"password"};
  profile.kept_json = {"email"};
  const std::string secret = test::random_hex(20) + "@corp.example.org";
  const auto redactor = redactor_for(profile, {secret});
  const auto out = redactor->redact(
      exchange(form("a=1", "password=" + secret), "application/json", R"({"email":")" + secret + R"("})"));
  EXPECT_EQ(out->request.body.content.text.find(secret), std::string::npos);
  EXPECT_EQ(out->response->body.content.text.find(secret), std::string::npos);
}

}  // namespace
}  // namespace cvr::redact
