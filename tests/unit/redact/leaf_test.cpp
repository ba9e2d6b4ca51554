#include "redact/leaf.h"

#include "base/base64.h"
#include "kit.h"

namespace cvr::redact {
namespace {

// What a JSON body becomes whose only member is this value.
class Leaf : public ::testing::Test {
 protected:
  std::string in_json(std::string_view value) {
    return kit_.ruled(collect_json, "{\"x\":\"" + std::string(value) + "\"}", "application/json").text;
  }
  std::string in_query(std::string_view query) { return kit_.ruled(collect_form, query, {}).text; }
  bool leaks(const std::string& text) const { return text.find(secret_) != text.npos; }

  Kit kit_;
  const std::string secret_ = test::random_text(4, "bcdf") + "-" + test::random_text(4, "ghjk") + "123";
};

TEST_F(Leaf, StructuredValuesInJson) {
  for (const std::string& value :
       std::initializer_list<std::string>{R"({\"password\":\")" + secret_ + R"(\"};)",
                                          R"(<a><password>)" + secret_ + R"(</password></a>)",
                                          R"(\u003cpassword\u003e)" + secret_ + R"(\u003c/password\u003e)",
                                          "https://h/x?password=$" + secret_ + "&b=1",
                                          "https://h/x?password={" + secret_ + "&b=1",
                                          "https://h/x?access%5Ftoken=" + secret_,
                                          "grant_type=password&client_secret=" + secret_,
                                          "login with password=" + secret_ + " ok",
                                          "login with password: " + secret_ + " ok",
                                          "X-Api-Key: " + secret_,
                                          "Cookie: sid=" + secret_,
                                          "Server=h;Password = " + secret_ + ";",
                                          "Server=h;Password='" + secret_ + "';",
                                          "jdbc:oracle:thin:scott/" + secret_ + "@//h:1521/x",
                                          "postgres://bob:" + secret_ + "/#a@db:5432/x",
                                          "curl -u user:" + secret_ + " https://h/",
                                          "https://h/?X-Amz-Signature=" + secret_,
                                          "https://h/k?sv=1&sig=" + secret_,
                                          "https://h/k?Expires=1&Signature=" + secret_,
                                          "https://h/cb?code=" + secret_ + "&state=1"}) {
    EXPECT_FALSE(leaks(in_json(value))) << value;
  }
}

TEST_F(Leaf, Base64OfJson) {
  const std::string coded = base64_encode("{\"password\":\"" + secret_ + "\"}");
  const std::string out = in_json(coded);
  EXPECT_EQ(out.find(coded), out.npos);
  const auto plain = base64_decode(out.substr(6, out.size() - 8));
  ASSERT_TRUE(plain) << out;
  EXPECT_EQ(*plain, "{\"password\":\"" + kit_.pseudonyms.of(secret_) + "\"}");
}

TEST_F(Leaf, StructuredValuesInQueriesAndForms) {
  for (const std::string& query : std::initializer_list<std::string>{
           "filter=%7B%22password%22:%22" + secret_ + "%22%7D", "next=https%3A%2F%2Fh%2F%3Faccess_token%3D" + secret_,
           "password[0]=" + secret_, "user%5Bpassword%5D=" + secret_, "{\"password\":\"" + secret_ + "\"}"}) {
    EXPECT_FALSE(leaks(in_query(query))) << query;
  }
  const std::string coded = base64url_encode("{\"password\":\"" + secret_ + "\"}");
  EXPECT_EQ(in_query("d=" + coded).find(coded), std::string::npos);
}

TEST_F(Leaf, ProseAndTemplatesStay) {
  for (const char* value : {"https://h/x?token={token}&b=1", "Your token: please check it", "password: required",
                            "https://h/a?page=2&code=DE", "atrip-17: accepted", "code=AIRPORT", "a=b&c=d"}) {
    EXPECT_EQ(in_json(value), "{\"x\":\"" + std::string(value) + "\"}");
  }
}

TEST_F(Leaf, DepthAndHostileInput) {
  std::string deep = "{\\\"password\\\":\\\"x\\\"}";
  for (int i = 0; i < 30; ++i) deep = "{%22a%22:%22" + deep + "%22}";
  in_json(deep);
  for (const char* value : {"://:@", "?#", "=&=", "%%%%%%%%", "{[{[{[{[", "<</</</<", "curl -u ", "jdbc:oracle:/@"}) {
    in_json(value);
    in_query(value);
  }
}

// "a=b=c=..." is no structure in a structure: below the depth it is read as text and stays, but for what a name
// gives away.
TEST_F(Leaf, ChainsOfPairs) {
  const std::string chain = "a=65=20=73=b=c=20=d=65=20word=20=74=e=f=72=20";
  EXPECT_EQ(in_json("https://h/go?via=" + chain), R"({"x":"https://h/go?via=)" + chain + R"("})");
  EXPECT_FALSE(leaks(in_json("https://h/go?via=" + chain + "=password=" + secret_)));
  const std::string coded = base64_encode("{\"password\":\"" + secret_ + "\"}");
  const std::string out = in_json("https://h/go?via=" + chain + "=" + coded);
  EXPECT_EQ(out.find(coded.substr(0, 20)), out.npos) << out;
}

TEST_F(Leaf, Templates) {
  EXPECT_TRUE(is_template("{token}"));
  EXPECT_TRUE(is_template("${PASSWORD}"));
  EXPECT_FALSE(is_template("$" + secret_));
  EXPECT_FALSE(is_template(""));
}

}  // namespace
}  // namespace cvr::redact
