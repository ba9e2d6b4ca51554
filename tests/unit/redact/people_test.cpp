#include "redact/people.h"

#include "kit.h"

namespace cvr::redact {
namespace {

std::string json(std::string_view text) {
  Kit kit;
  return kit.ruled(collect_json, text, "application/json").text;
}

bool goes(std::string_view text, std::string_view value) { return json(text).find(value) == std::string::npos; }

TEST(People, NamesOfPeopleGo) {
  for (const char* form :
       {R"({"fullName":"Hildegard Pfeffer"})", R"({"full_name":"Hildegard Pfeffer"})",
        R"({"displayName":"Hildegard Pfeffer"})", R"({"real_name":"Hildegard Pfeffer"})",
        R"({"contactName":"Hildegard Pfeffer"})", R"({"user":{"name":"Hildegard Pfeffer"}})",
        R"({"passengers":[{"name":"Hildegard Pfeffer"}]})", R"({"pilot":{"name":"Hildegard P"}})",
        R"({"customer":{"name":"Hildegard Pfeffer"}})", R"({"billing_address":{"name":"Hildegard van der Pfeffer"}})",
        R"({"authors":[{"name":"Hildegard Pfeffer"}]})", R"({"from":{"name":"Hildegard P","email":"a@b.example"}})",
        R"({"to":[{"phone":"1","name":"Hildegard P"}]})"}) {
    EXPECT_TRUE(goes(form, "Hildegard")) << form;
  }
}

TEST(People, NamesOfThingsStay) {
  for (const char* text :
       {R"({"product":{"name":"Blue Widget"}})", R"({"company":{"displayName":"Acme Works"}})",
        R"({"airport":{"name":"London Heathrow"}})", R"({"name":"Hildegard Pfeffer"})",
        R"({"user":{"name":"octocat"}})", R"({"full_name":"octo/hello"})", R"({"fullName":"Full Name"})",
        R"({"displayName":"Light Jet"})", R"({"displayName":"Customer Service"})",
        R"({"displayName":"Gulfstream G650"})", R"({"from":{"name":"London Heathrow","iata":"LHR"}})",
        R"({"labels":{"fullName":"Vollst. Name"}})", R"({"recipient":{"name":"Acme Aviation Inc."}})",
        R"({"owner":{"name":""}})", R"({"companies":[{"displayName":"Acme Works"}]})"}) {
    EXPECT_EQ(json(text), text);
  }
}

TEST(People, APairBelowAPersonIsStillAPair) {
  EXPECT_TRUE(goes(R"({"owner":[{"name":"password","value":"swordfish-12"}]})", "swordfish"));
}

TEST(People, PartsOfAddresses) {
  EXPECT_TRUE(goes(R"({"billing_address":{"line1":"Haupt 5","postal_code":"10115"}})", "10115"));
  EXPECT_TRUE(goes(R"({"shippingAddress":{"line1":"Hauptallee","zip":10115}})", "Hauptallee"));
  EXPECT_TRUE(goes(R"({"addresses":[{"street":"Hauptallee"}]})", "Hauptallee"));
  EXPECT_TRUE(goes(R"({"street":"Hauptstr. 5"})", "Hauptstr"));
  EXPECT_TRUE(goes(R"({"address1":"12 Long Lane"})", "Lane"));
  for (const char* text : {R"({"street":"view"})", R"({"zip":"archive.zip"})", R"({"line1":"text"})",
                           R"({"address":{"ip":"10.0.0.1","port":80}})", R"({"address":{"city":"Berlin"}})"}) {
    EXPECT_EQ(json(text), text);
  }
}

TEST(People, NationalNumbers) {
  for (const char* name : {"mobile", "tel", "fax", "cell", "phone", "homePhone"}) {
    for (const char* value : {"01701234567", "030 1234567", "(030) 123-4567", "030 1234567 ext. 12"}) {
      const std::string text = std::string("{\"") + name + "\":\"" + value + "\"}";
      EXPECT_TRUE(goes(text, value)) << text;
    }
  }
  EXPECT_TRUE(goes(R"({"phone":{"type":"home","number":"030 1234567"}})", "1234567"));
  EXPECT_TRUE(goes(R"({"mobile":1701234567})", "1701234567"));
  for (const char* text : {R"({"mobile":true})", R"({"phone":"iPhone 15"})", R"({"phones":["home","work"]})",
                           R"({"tel":"optional"})", R"({"phone":"2026-01-01"})", R"({"mobile":"ios","fax":""})"}) {
    EXPECT_EQ(json(text), text);
  }
}

TEST(People, WordsOfFormsStay) {
  for (const char* text :
       {R"({"email":["Enter a valid email address."]})", R"({"email":"must be a valid address"})",
        R"({"errors":{"email":["has already been taken"],"phone":["is invalid"],"first_name":["is required"]}})",
        R"({"email":"The email field is required."})", R"({"first_name":["is required"]})",
        R"({"labels":{"email":"E-mail","phone":"Telefon","firstName":"Vorname"}})", R"({"email":"optional"})",
        R"({"emails":3})", R"({"emailVerified":true,"email_opt_in":false,"phoneType":"mobile"})"}) {
    EXPECT_EQ(json(text), text);
  }
  EXPECT_TRUE(goes(R"({"email":"ada.lovelace"})", "lovelace"));
  EXPECT_TRUE(goes(R"({"firstName":"Anna Maria","last_name":"van der Berg"})", "Maria"));
  EXPECT_TRUE(goes(R"({"last_name":"van der Berg"})", "Berg"));
}

TEST(People, HostileValues) {
  for (const std::string& value :
       {std::string(), std::string(100000, ' '), std::string(100000, 'A'), std::string("A  B"), std::string(" A B")}) {
    EXPECT_FALSE(can_be_person(value));
    EXPECT_FALSE(can_be_street(value));
    EXPECT_FALSE(can_be_phone(value));
  }
  EXPECT_FALSE(is_name_of_thing(""));
  EXPECT_FALSE(is_name_of_labels(std::string(100000, 'l')));
}

}  // namespace
}  // namespace cvr::redact
