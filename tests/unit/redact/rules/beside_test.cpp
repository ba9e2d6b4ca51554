#include "redact/rules/beside.h"

#include "base/base64.h"
#include "kit.h"

namespace cvr::redact {
namespace {

std::string json(std::string_view text) {
  Kit kit;
  return kit.ruled(collect_json, text, "application/json").text;
}

// `form` with the drawn value in the place of '%', after the rule: whether it is gone.
bool goes(std::string form, const std::string& value) {
  return json(form.replace(form.find('%'), 1, value)).find(value) == std::string::npos;
}

std::string letters() { return test::random_text(10, "abcdefghij"); }

TEST(Beside, PrivateMembersOfAKey) {
  for (const char* form :
       {R"({"kty":"EC","crv":"P-256","x":"aaaa","y":"bbbb","d":"%"})", R"({"keys":[{"k":"%","kid":"1","kty":"oct"}]})",
        R"({"kty":"RSA","n":"nn","e":"AQAB","p":"%"})", R"({"qi":"%","kty":"RSA"})",
        R"({"a":{"dp":"%","kty":"RSA"}})"}) {
    EXPECT_TRUE(goes(form, test::random_base64url(7))) << form;
    EXPECT_TRUE(goes(form, test::random_base64url(342))) << form;
  }
  const std::string open = R"({"kty":"RSA","n":"c2l4dGVlbg","e":"AQAB","kid":"key-2","x":"eA","y":"eQ"})";
  EXPECT_EQ(json(open), open);
  for (const char* text :
       {R"({"d":"2026","k":"v","p":"1"})", R"([{"kty":"RSA"},{"d":"3d"}])", R"({"kty":"oct","k":5})"}) {
    EXPECT_EQ(json(text), text);
  }
}

TEST(Beside, ThePasswordOfAUser) {
  for (const char* form :
       {R"({"user":"bob","pass":"%"})", R"({"pass":"%","login":"bob"})", R"({"email":null,"pass":"%"})"}) {
    EXPECT_TRUE(goes(form, letters())) << form;
  }
  EXPECT_TRUE(goes(R"({"username":"bob","pass":%})", "482913657812"));
  for (const char* text : {R"({"user":"bob","pass":true})", R"({"user":"bob","pass":"yes"})", R"({"pass":"A12"})",
                           R"({"user":"bob","pass":12,"fail":3})"}) {
    EXPECT_EQ(json(text), text);
  }
}

TEST(Beside, CardNumbers) {
  const std::string number =
      "4242"
      "4242"
      "4242"
      "4242";
  for (const char* form :
       {R"({"number":"%","cvc":"123"})", R"({"exp_month":12,"number":"%"})", R"({"card":{"number":"%"}})",
        R"({"creditCards":[{"number":%}]})", R"({"card":{"number":%}})", R"({"pan":"%"})"}) {
    EXPECT_TRUE(goes(form, number)) << form;
  }
  EXPECT_TRUE(goes(R"({"card":{"number":"%"}})",
                   "4242"
                   " 4242 4242 4242"));
  for (const char* text : {R"({"number":"4242424242424242"})", R"({"number":"4242424242424241","exp":1})",
                           R"({"number":12,"exp_month":12})", R"({"card":{"number":7}})"}) {
    EXPECT_EQ(json(text), text);
  }
}

TEST(Beside, TheNameOfAPerson) {
  Kit kit;
  const std::string ada = kit.pseudonyms.shaped("Ada Lovelace", Kind::kName).value();
  const auto name_in = [&](std::string text) {
    const std::string out = kit.ruled(collect_json, text, "application/json").text;
    return out.find(ada) != out.npos && out.find("Lovelace") == out.npos;
  };
  EXPECT_TRUE(name_in(R"({"id":1,"name":"Ada Lovelace","email":""})"));
  EXPECT_TRUE(name_in(R"({"email":null,"items":[{"a":1}],"name":"Ada Lovelace"})"));
  EXPECT_TRUE(name_in(R"({"from":{"phone":"","name":"Ada Lovelace"}})"));
  EXPECT_FALSE(name_in(R"({"id":1,"name":"Ada Lovelace","phone":""})"));  // may be a place
  EXPECT_FALSE(name_in(R"({"airport":{"name":"Ada Lovelace","email":""}})"));
  EXPECT_FALSE(name_in(R"({"name":"Ada Lovelace Charter GmbH","email":""})"));
  EXPECT_FALSE(name_in(R"({"name":"Ada Lovelace","user":{"email":""}})"));
}

TEST(Beside, DataOfSecrets) {
  const std::string t = test::random_hex(10);
  for (const char* form : {R"({"apiVersion":"v1","kind":"Secret","data":{"url":"%"}})",
                           R"({"data":{"url":"%"},"kind":"Secret"})", R"({"kind":"Secret","stringData":{"url":"%"}})",
                           R"({"kind":"List","items":[{"data":{"a":"%"},"kind":"Secret"}]})",
                           R"({"kind":"SecretList","items":[{"metadata":{"name":"x"},"data":{"a":"%"}}]})"}) {
    EXPECT_TRUE(goes(form, t)) << form;
  }
  for (const char* text : {R"({"kind":"ConfigMap","data":{"url":"plain"}})", R"({"data":{"url":"plain"}})",
                           R"({"kind":"Secret","metadata":{"name":"db"},"type":"Opaque"})",
                           R"({"kind":"ConfigMapList","items":[{"data":{"a":"plain"}}]})",
                           R"({"data":{"a":"plain"},"kind":"ConfigMap"})"}) {
    EXPECT_EQ(json(text), text);
  }
}

TEST(Beside, TheValueInTheDataIsKnownElsewhere) {
  Kit kit;
  const std::string t = test::random_hex(20);
  kit.ruled(collect_json, R"({"kind":"Secret","data":{"url":")" + base64_encode(t) + R"("}})");
  EXPECT_NE(kit.ledger.find(t), nullptr);
}

TEST(Beside, WhatIsCutOffCounts) {
  Kit kit;
  const std::string t = test::random_base64url(40);
  Edits edits;
  const std::string text = R"({"keys":[{"kty":"oct","k":")" + t + R"("},{"kty)";
  EXPECT_FALSE(collect_json(text, {}, kit.context, edits));
  EXPECT_EQ(kit.apply_to(text, edits).text.find(t), std::string::npos);
}

TEST(Beside, ManyMembersWaitOnlySoFar) {
  std::string text = R"({"kind":"Secret","data":{)";
  for (int i = 0; i < 5000; ++i) text += "\"k" + std::to_string(i) + "\":\"v\",";
  EXPECT_NE(json(text + R"("z":"v"}})"), "error");
}

TEST(Beside, WhatTheProfileKeepsStays) {
  profiles::Profile profile;
  profile.kept_json = {"pass"};
  const Names names(&profile);
  Kit kit;
  Context context{names, kit.masker};
  Edits edits;
  const std::string text = R"({"user":"bob","pass":"swordfish"})";
  ASSERT_TRUE(collect_json(text, {}, context, edits));
  EXPECT_EQ(kit.apply_to(text, edits).text, text);
}

TEST(Beside, Parts) {
  EXPECT_EQ(part_of("stringData"), Part::kData);
  EXPECT_EQ(part_of("exp_month"), Part::kCardDate);
  EXPECT_EQ(part_of("dd"), Part::kNone);
  EXPECT_EQ(part_of(""), Part::kNone);
  EXPECT_EQ(part_of(std::string(100000, 'd')), Part::kNone);
}

}  // namespace
}  // namespace cvr::redact
