#include "kit.h"

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
  EXPECT_EQ(text("see /x?a=1&token=" + t + "&b=2"), "see /x?a=1&token=" + p + "&b=2");
  EXPECT_EQ(text("token: null, a:b, https://x:1, =:=:"), "token: null, a:b, https://x:1, =:=:");
  EXPECT_EQ(text("{\"password\":\"un\\\"quo\\\\ted-" + t + "\"}").find(t), std::string::npos);
  EXPECT_EQ(text("password=\"unterminated-" + t).find(t), std::string::npos);
}

TEST(TextRule, CodeNeedsQuotes) {
  Kit kit;
  EXPECT_EQ(kit.ruled(collect_text, "token = next(); password: \"abcd1234\"", "text/javascript").text,
            "token = next(); password: \"" + kit.pseudonyms.of("abcd1234") + "\"");
}

}  // namespace
}  // namespace cvr::redact
