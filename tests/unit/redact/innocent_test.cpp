#include "redact/innocent.h"

#include "kit.h"

namespace cvr::redact {
namespace {

std::string json(std::string_view text) {
  Kit kit;
  return kit.ruled(collect_json, text, "application/json").text;
}

TEST(Innocent, SchemasErrorsAndConstantsStay) {
  for (const char* text :
       {R"({"errors":{"password":["is too short, the minimum is 8 characters","can't be blank"]}
})",
        R"({"error":{"password":"must be longer than that"}})",
        R"({"password":{"type":"string","minLength":8,"format":"password","description":"of the account"}})",
        R"({"token":{"type":"Bearer","expires_in":3600,"scope":"read"}})", R"({"api":{"credentials":"include"}})",
        R"({"env":{"pwd":"/srv/joe/work"}})", R"({"secret":{"expiresAt":"2026-01-01T00:00:00Z"}})"}) {
    EXPECT_EQ(json(text), text);
  }
}

TEST(Innocent, SecretsBesideThemGo) {
  const std::string t = test::random_hex(20);
  EXPECT_EQ(json(R"({"token":{"type":"Bearer","value":")" + t + R"("}})").find(t), std::string::npos);
  EXPECT_EQ(json(R"({"token":{"type":")" + t + R"("}})").find(t), std::string::npos);
  EXPECT_EQ(json(R"({"errors":{"password":[")" + t + R"("]}})").find(t), std::string::npos);
  EXPECT_EQ(json(R"({"passwords":["correct horse battery staple"]})").find("horse"), std::string::npos);
}

TEST(Innocent, Sentences) {
  EXPECT_TRUE(is_sentence("is too short"));
  EXPECT_FALSE(is_sentence("correct horse battery staple"));
  EXPECT_FALSE(is_sentence("is not a1b2c3d4"));
  EXPECT_FALSE(is_sentence(""));
}

TEST(Innocent, NamesOfThingsUnderWordsOfManyMeanings) {
  for (const char* text : {R"({"auth":"oauth2-pkce"})", R"({"hmac":"sha-256"})", R"({"session":"web-app2"})"}) {
    EXPECT_EQ(json(text), text);
  }
  const std::string t = test::random_hex(20);
  EXPECT_EQ(json(R"({"auth":")" + t + R"("})").find(t), std::string::npos);
  EXPECT_EQ(json(R"({"passwords":["the correct horse is not a battery"]})").find("horse"), std::string::npos);
}

}  // namespace
}  // namespace cvr::redact
