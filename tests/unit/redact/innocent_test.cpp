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

TEST(Innocent, NamesOfSecretsThatMeanOtherThings) {
  for (const char* text : {R"({"primaryKey":"id"})",
                           R"({"pass":true})",
                           R"({"boarding_pass":"A12"})",
                           R"({"boardingPass":"M1DOE-EABC123"})",
                           R"({"session":{"id":5,"title":"Keynote"}})",
                           R"({"sessions":[{"id":"atrip-17"},{"id":"evt_2026"}]})",
                           R"({"auth":"none"})",
                           R"({"ticket":"JIRA-12"})",
                           R"({"secrets":{"total_count":2,"names":["A","B"]}})",
                           R"({"secrets":{"url":"https://api.example.org/a/secrets","name":"DB_PASSWORD"}})",
                           R"({"secrets":["database","payment"]})",
                           R"({"tests_pass":"482913"})",
                           R"({"compass":"north-east-4"})",
                           R"({"routing_key":"order.created.eu"})",
                           R"({"ssid":"Guest Network 5"})",
                           R"({"license":{"key":"apache-2.0"}})",
                           R"({"pw":1200,"ph":800})",
                           R"({"SecretId":"prod/db/password"})",
                           R"({"kind":"ConfigMap","data":{"mode":"fast-7"}})",
                           R"({"card":{"number":4,"suit":"hearts"}})",
                           R"({"number":"INV-2026-17","exp":12})"}) {
    EXPECT_EQ(json(text), text);
  }
}

TEST(Innocent, WordsUnderNamesOfSecrets) {
  for (const char* text : {R"({"signature":"Kind regards"})", R"({"hmac":"SHA256"})", R"({"signature":"hmac-sha-256"})",
                           R"({"otp":"Erlang/OTP 26"})", R"({"sig":3})",
                           R"({"volumes":[{"secret":{"secretName":"web-tls-cert","defaultMode":420}}]})"}) {
    EXPECT_EQ(json(text), text);
  }
  const std::string t = test::random_hex(40);
  for (const char* form : {R"({"signature":"%"})", R"({"sig":"%"})", R"({"hmac":"%"})"}) {
    std::string text = form;
    EXPECT_EQ(json(text.replace(text.find('%'), 1, t)).find(t), std::string::npos) << form;
  }
  EXPECT_EQ(json(R"({"otp":"482913"})").find("482913"), std::string::npos);
}

TEST(Innocent, SecretsByNameGo) {
  const std::string word = test::random_text(12, "abcdefghij");
  const std::string hex = mixed_hex(32);
  for (const char* form :
       {R"({"db_pass":"%"})", R"({"a":[{"dbPass":"%"}]})", R"({"user_pw":"%"})", R"({"login":"x","pass":"%"})"}) {
    std::string text = form;
    EXPECT_EQ(json(text.replace(text.find('%'), 1, word)).find(word), std::string::npos) << form;
  }
  for (const char* form : {R"({"secrets":{"db":"%"}})", R"({"secrets":["%"]})", R"({"session":{"id":"%"}})",
                           R"({"sessions":[{"id":"%"}]})", R"({"sess_id":"%"})", R"({"data":{"secret_id":"%"}})"}) {
    std::string text = form;
    EXPECT_EQ(json(text.replace(text.find('%'), 1, hex)).find(hex), std::string::npos) << form;
  }
}

TEST(Innocent, OtherTextsWithTheSameNames) {
  Kit kit;
  const std::string word = test::random_text(12, "abcdefghij");
  const std::string dotenv = kit.ruled(collect_text, "DB_USER=a\nDB_PASS=" + word + "\nX=1\n", "text/plain").text;
  EXPECT_EQ(dotenv, "DB_USER=a\nDB_PASS=" + kit.pseudonyms.of(word) + "\nX=1\n");
  EXPECT_EQ(kit.ruled(collect_text, "id,db_pass\n1," + word + "\n", "text/csv").text.find(word), std::string::npos);
  EXPECT_EQ(kit.ruled(collect_form, "a=1&dbPass=" + word).text.find(word), std::string::npos);
  EXPECT_EQ(kit.ruled(collect_markup, "<a><db_pass>" + word + "</db_pass></a>", "text/xml").text.find(word),
            std::string::npos);
  const std::string card =
      "4242"
      "4242"
      "4242"
      "4242";
  EXPECT_EQ(kit.ruled(collect_form, "number=" + card + "&cvc=1").text.find(card), std::string::npos);
  EXPECT_EQ(kit.ruled(collect_form, "number=" + card + "&a=1").text, "number=" + card + "&a=1");
}

TEST(Innocent, CardNumbers) {
  EXPECT_TRUE(
      is_card_number("4242"
                     "424242424242"));
  EXPECT_TRUE(is_card_number("3782-822463-10005"));
  for (const char* text : {"", "0000000000000000", "4242424242424241", "424242", "4242 4242 4242 4242 ",
                           "4242a424242424242", "42424242424242424242424242"}) {
    EXPECT_FALSE(is_card_number(text)) << text;
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
