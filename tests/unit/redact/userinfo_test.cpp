#include "redact/userinfo.h"

#include "base/escape.h"
#include "kit.h"

namespace cvr::redact {
namespace {

TEST(Userinfo, PasswordsInUrlsAreLearnedWhereverTheyStand) {
  const std::string secret = test::random_text(6, "bcdfgh") + "@/&" + test::random_hex(8);
  const std::string url = "postgres://app:" + percent_encode(secret) + "@db.example:5432/x";
  const auto knows = [&](CollectBody rule, const std::string& text, std::string_view type) {
    Kit kit;
    kit.ruled(rule, text, type);
    return kit.ledger.find(secret) != nullptr;
  };
  EXPECT_TRUE(knows(collect_json, R"({"a":{"url":")" + url + "\"}}", "application/json"));
  EXPECT_TRUE(knows(collect_json, R"({"a":"look: )" + url + " and on\"}", "application/json"));
  EXPECT_TRUE(knows(collect_form, "a=1&url=" + percent_encode(url), {}));
  EXPECT_TRUE(knows(collect_text, "DATABASE=" + url + "\n", "text/plain"));
  EXPECT_TRUE(knows(collect_text, "database: " + url + "\n", "text/yaml"));
  EXPECT_TRUE(knows(collect_markup, "<a><url>" + url + "</url></a>", "application/xml"));
  EXPECT_TRUE(knows(collect_markup, "<a url=\"" + url + "\"/>", "application/xml"));
}

TEST(Userinfo, WhatIsNoPasswordIsNot) {
  Kit kit;
  const std::string many = [] {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += "x://a:" + test::random_hex(12) + "@b ";
    return text;
  }();
  for (const std::string_view text :
       {"", "://", "://@", "x://:@", "http://host:8080/a@b12345678", "https://host/path:a12345678@x", "a://b:short@c",
        "http://u:{database_password}@h", "http://u:password@h", "https://h:443?q=a:b12345678@c",
        "mail: a12345678@b"}) {
    learn_userinfo(text, kit.context);
  }
  EXPECT_EQ(kit.ledger.size(), 0u);
  learn_userinfo("x://" + std::string(100'000, ':') + "@h", kit.context);
  EXPECT_EQ(kit.ledger.size(), 0u);
  learn_userinfo(many, kit.context);
  EXPECT_LE(kit.ledger.size(), 200u);  // 64, and both cases of each
}

}  // namespace
}  // namespace cvr::redact
