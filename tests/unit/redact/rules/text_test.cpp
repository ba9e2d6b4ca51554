#include "kit.h"
#include "redact/url.h"

namespace cvr::redact {
namespace {

TEST(TextRule, Pairs) {
  Kit kit;
  const std::string t = test::random_hex(20);
  const std::string p = kit.pseudonyms.of(t);
  const auto text = [&](std::string_view s) { return kit.ruled(collect_text, s, "text/plain").text; };
  EXPECT_EQ(text("API_TOKEN=" + t + "\nX=1"), "API_TOKEN=" + p + "\nX=1");
  EXPECT_EQ(text("password: '" + t + "', next"), "password: '" + p + "', next");
  EXPECT_EQ(text("data: {\"access_token\" : \"" + t + "\",\"n\":1}"),
            "data: {\"access_token\" : \"" + p + "\",\"n\":1}");
  EXPECT_EQ(text("curl -H \"Authorization: Bearer " + t + "\""), "curl -H \"Authorization: Bearer " + p + "\"");
  EXPECT_EQ(text("{:password => \"" + t + "\", 'token'=>'" + t + "'}"),
            "{:password => \"" + p + "\", 'token'=>'" + p + "'}");
  EXPECT_EQ(text("see /x?a=1&token=" + t + "&b=2"), "see /x?a=1&token=" + p + "&b=2");
  EXPECT_EQ(text("token: null, a:b, https://x:1, =:=:"), "token: null, a:b, https://x:1, =:=:");
  EXPECT_EQ(text("{\"password\":\"un\\\"quo\\\\ted-" + t + "\"}").find(t), std::string::npos);
  EXPECT_EQ(text("password=\"unterminated-" + t).find(t), std::string::npos);
}

TEST(TextRule, PlacesOfTemplatesStay) {
  for (const char* text : {"password: \"{{ vault_db_password }}\"", "password: ${{ secrets.DB_PASSWORD }}"}) {
    Kit kit;
    EXPECT_EQ(kit.ruled(collect_text, text, "text/plain").text, text);
    EXPECT_EQ(kit.ruled(collect_text, text, "application/yaml").text, text);
  }
}

TEST(TextRule, CodeNeedsQuotes) {
  Kit kit;
  EXPECT_EQ(kit.ruled(collect_text, "token = next(); password: \"abcd1234\"", "text/javascript").text,
            "token = next(); password: \"" + kit.pseudonyms.of("abcd1234") + "\"");
}

TEST(TextRule, YamlBlocksListsAndWords) {
  Kit kit;
  const std::string t = test::random_hex(20);
  for (const std::string& text : std::initializer_list<std::string>{
           "db:\n  password: |\n    " + t + "\n  port: 5432\n", "passwords:\n  - " + t + "\nport: 5432\n",
           "password: correct horse " + t + "\nport: 5432\n", "password: \"aa bb " + t + "\"\nport: 5432\n"}) {
    const std::string out = kit.ruled(collect_text, text, "application/yaml").text;
    EXPECT_EQ(out.find(t), out.npos) << text;
    EXPECT_EQ(out.find("correct"), out.npos) << text;
    EXPECT_NE(out.find("port: 5432\n"), out.npos) << out;
  }
}

TEST(TextRule, HeaderLines) {
  Kit kit;
  const std::string t = test::random_hex(20);
  EXPECT_EQ(
      kit.ruled(collect_text, "GET / HTTP/1.1\r\nCookie: sid=" + t + "; b=1\r\n\r\n", "message/http").text.find(t),
      std::string::npos);
}

TEST(TextRule, PropertiesOfYamlNodes) {
  Kit kit;
  const std::string t = test::random_hex(20);
  for (const char* property : {"&p ", "!!str ", "!!str &p "}) {
    const std::string out =
        kit.ruled(collect_text, "password: " + std::string(property) + t + "\nport: 1\nagain: *p\n", "text/yaml").text;
    EXPECT_EQ(out.find(t), out.npos) << property;
    EXPECT_TRUE(out.starts_with("password: " + std::string(property))) << out;
  }
}

// Read over and over these would take minutes.
TEST(TextRule, LongHostileTextsAreReadOnce) {
  Kit kit;
  const auto many = [](std::string_view text) {
    std::string out;
    while (out.size() < (1u << 20)) out += text;
    return out;
  };
  for (const char* type : {"text/plain", "application/yaml"}) {
    for (const char* unit : {"jdbc:oracle:", "a: b ", "token: {", "session:Z:", "pin: 1 # "}) {
      kit.ruled(collect_text, many(unit), type);
    }
  }
  Edits edits;
  const std::string pairs = many("code=1&");
  collect_pairs(pairs, 0, pairs.size(), PairsOf::kQuery, kit.context, edits);
}

}  // namespace
}  // namespace cvr::redact
