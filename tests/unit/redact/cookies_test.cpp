#include "redact/cookies.h"

#include "base/base64.h"
#include "base/escape.h"
#include "kit.h"
#include "redact/views.h"

namespace cvr::redact {
namespace {

std::string cookie(Kit& kit, std::string_view value) {
  Edits edits;
  collect_cookie(value, kit.context, edits);
  return kit.apply_to(value, std::move(edits)).text;
}

std::string set_cookie(Kit& kit, std::string_view value) {
  Edits edits;
  collect_set_cookie(value, kit.context, edits);
  return kit.apply_to(value, std::move(edits)).text;
}

TEST(Cookies, NamesStay) {
  Kit kit;
  const std::string a = test::random_hex(32);
  EXPECT_EQ(
      cookie(kit, "sid=" + a + "; lang=en;b=\"" + a + "\""),
      "sid=" + kit.pseudonyms.of(a) + "; lang=" + kit.pseudonyms.of("en") + ";b=\"" + kit.pseudonyms.of(a) + "\"");
  EXPECT_NE(kit.ledger.find(a), nullptr);
  EXPECT_EQ(kit.ledger.find("en"), nullptr);
  EXPECT_EQ(cookie(kit, "a=; b"), "a=; " + kit.pseudonyms.of("b"));
  EXPECT_EQ(cookie(kit, ""), "");
  EXPECT_EQ(cookie(kit, ";;; ; "), ";;; ; ");
}

TEST(Cookies, ValuesWithEqualsAndPercent) {
  Kit kit;
  EXPECT_EQ(cookie(kit, "a=x=y|z:0123456789"), "a=" + kit.pseudonyms.of("x=y|z:0123456789"));
  cookie(kit, "a=abc%2Fdef%2Fghi");
  EXPECT_NE(kit.ledger.find("abc/def/ghi"), nullptr);
}

TEST(Cookies, PreferencesAreNotLookedForElsewhere) {
  Kit kit;
  const std::string zone = "Europe/Berlin";
  EXPECT_EQ(cookie(kit, "tz=" + zone + "; l=zh-Hant-TW"),
            "tz=" + kit.pseudonyms.of(zone) + "; l=" + kit.pseudonyms.of("zh-Hant-TW"));
  EXPECT_NE(set_cookie(kit, "tz=Europe%2FBerlin"), "tz=Europe%2FBerlin");
  EXPECT_EQ(kit.ledger.find(zone), nullptr);
  EXPECT_EQ(kit.ledger.find("zh-Hant-TW"), nullptr);
  // Under a name that tells, and what may be a passphrase, it is a secret like others.
  cookie(kit, "sid=" + zone + "; a=correct-horse-battery; b=Europe/x7Kq");
  for (const std::string_view known :
       {std::string_view(zone), std::string_view("correct-horse-battery"), std::string_view("Europe/x7Kq")}) {
    EXPECT_NE(kit.ledger.find(known), nullptr) << known;
  }
  EXPECT_EQ(cookie(kit, "tz=" + zone), "tz=" + kit.pseudonyms.of(zone));
}

TEST(Cookies, AttributesStay) {
  Kit kit;
  const std::string a = test::random_hex(32);
  EXPECT_EQ(
      set_cookie(kit, "__Host-sid=" + a + "; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT; HttpOnly; SameSite=Lax"),
      "__Host-sid=" + kit.pseudonyms.of(a) + "; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT; HttpOnly; SameSite=Lax");
  EXPECT_EQ(set_cookie(kit, "sid=; Max-Age=0"), "sid=; Max-Age=0");
}

TEST(Cookies, OtherAttributesAreNoPlaceForATokenEither) {
  Kit kit;
  const std::string t = test::random_hex(20);
  const std::string p = kit.pseudonyms.of(t);
  const std::string b = kit.pseudonyms.of("b");
  EXPECT_EQ(set_cookie(kit, "a=b; token=" + t + "; Secure; Max-Age=60"),
            "a=" + b + "; token=" + p + "; Secure; Max-Age=60");
  EXPECT_EQ(set_cookie(kit, "a=b; Path=/token/" + t + "; HttpOnly"), "a=" + b + "; Path=/token/" + p + "; HttpOnly");
  EXPECT_EQ(set_cookie(kit, "a=b; Path=/, c=" + t + "; HttpOnly"), "a=" + b + "; Path=/, c=" + p + "; HttpOnly");
  const std::string dated = "a=" + b + "; Expires=Wed, 21 Oct 2026 07:28:00 GMT; SameSite=Lax";
  EXPECT_EQ(set_cookie(kit, "a=b; Expires=Wed, 21 Oct 2026 07:28:00 GMT; SameSite=Lax"), dated);
}

TEST(Cookies, FormsAndJsonInThemAreLearned) {
  Kit kit;
  const std::string t = test::random_hex(20);
  const std::string u = test::random_hex(20);
  cookie(kit, "a=user=" + t + "&x=1; b=%7B%22t%22:%22" + u + "%22%7D");
  EXPECT_NE(kit.ledger.find(t), nullptr);
  EXPECT_NE(kit.ledger.find(u), nullptr);
}

TEST(Cookies, WhatTheyWrapIsLearned) {
  Kit kit;
  const auto knows = [&](const std::string& line, const std::string& secret) {
    cookie(kit, line);
    return kit.ledger.find(secret) != nullptr;
  };
  for (const std::string& secret :
       {test::random_hex(32), test::random_text(8, "Maple") + test::random_text(5, "0123456789"),
        test::random_text(6, "bcdfg") + "/\xc3\xa9&+ " + test::random_text(6, "hjklm") + "=x"}) {
    EXPECT_TRUE(knows("sid=" + base64_encode(secret), secret));
    EXPECT_TRUE(knows("b=" + percent_encode(base64_encode(secret + "1")), secret + "1"));
    EXPECT_TRUE(knows("c=" + percent_encode("j:{\"token\":\"" + secret + "2\"}"), secret + "2"));
    EXPECT_TRUE(knows("d=" + base64_encode("{\"token\":\"" + secret + "3\"}"), secret + "3"));
  }
  const std::string id = test::random_hex(32);
  EXPECT_TRUE(knows("connect.sid=s%3A" + id + "." + base64url_encode(test::random_hex(32)), id));
  EXPECT_TRUE(knows("e=s%3Aj%3A%7B%22token%22%3A%22" + id + "x%22%7D.c2lnbmF0dXJl", id + "x"));
}

TEST(Cookies, EntitiesInAValueAreNoAttributes) {
  Kit kit;
  const std::string secret = test::random_hex(16);
  std::string coded;
  for (const char c : secret) coded += "&amp;#" + std::to_string(static_cast<int>(c)) + ";";
  for (const std::string after : {"", "; Path=/; Secure", "Secure;HttpOnly;Path=/", "Path=/"}) {
    const std::string line = "sid=" + coded + after;
    const std::string out = set_cookie(kit, line);
    const std::string read = decode(decode(out, View::kHtml), View::kHtml);
    EXPECT_EQ(read.find(secret.substr(4, 8)), read.npos);
    EXPECT_TRUE(out.ends_with(after)) << out;
  }
  EXPECT_EQ(set_cookie(kit, "sid=;;; ;"), "sid=;;; ;");
}

TEST(Cookies, NotAllThatTheyWrapIsASecret) {
  Kit kit;
  for (const std::string& line :
       {"tz=" + base64_encode("Europe/Berlin"), "a=" + base64_encode("{\"theme\":\"compact-view\"}"),
        "b=" + base64_encode("theme=compact-view&lang=en"), "c=" + base64_encode("page"),
        std::string("d=s%3Adashboard.x"), std::string("e=j:{\"theme\":\"compact-view\"}"),
        "f=" + base64_encode("application/json")}) {
    cookie(kit, line);
  }
  for (const char* text :
       {"Europe/Berlin", "compact-view", "page", "dashboard", "application/json", "theme=compact-view&lang=en"}) {
    EXPECT_EQ(kit.ledger.find(text), nullptr) << text;
  }
}

}  // namespace
}  // namespace cvr::redact
