#include "redact/url.h"

#include "kit.h"

namespace cvr::redact {
namespace {

std::string pairs(Kit& kit, std::string_view text, PairsOf of = PairsOf::kQuery) {
  Edits edits;
  collect_pairs(text, 0, text.size(), of, kit.context, edits);
  return kit.apply_to(text, std::move(edits)).text;
}

std::string url(Kit& kit, std::string_view text) {
  Edits edits;
  collect_url(text, 0, text.size(), kit.context, edits);
  return kit.apply_to(text, std::move(edits)).text;
}

TEST(Url, SensitivePairsGo) {
  Kit kit;
  const std::string t = test::random_hex(20);
  const std::string p = kit.pseudonyms.of(t);
  EXPECT_EQ(pairs(kit, "a=1&token=" + t + "&b=2"), "a=1&token=" + p + "&b=2");
  EXPECT_EQ(pairs(kit, "a=1;token=" + t + ";b=2"), "a=1;token=" + p + ";b=2");
  EXPECT_EQ(pairs(kit, "acc%65ss_token=" + t), "acc%65ss_token=" + p);
  EXPECT_EQ(pairs(kit, "token="), "token=");
  EXPECT_EQ(pairs(kit, "token"), "token");
  EXPECT_EQ(pairs(kit, "page%5Bnumber%5D=0&filter=x"), "page%5Bnumber%5D=0&filter=x");
  EXPECT_EQ(pairs(kit, "&&;;=&"), "&&;;=&");
}

TEST(Url, ASemicolonInASecret) {
  Kit kit;
  EXPECT_EQ(pairs(kit, "password=abc;def;ghijkl&x=1"), "password=" + kit.pseudonyms.of("abc;def;ghijkl") + "&x=1");
}

TEST(Url, ClientIdsInQueriesAndForms) {
  Kit kit;
  EXPECT_EQ(pairs(kit, "client_id=abc"), "client_id=" + kit.pseudonyms.of("abc"));
  EXPECT_EQ(pairs(kit, "client_id=abc", PairsOf::kForm), "client_id=" + kit.pseudonyms.of("abc"));
}

TEST(Url, NamesOfPeopleInForms) {
  Kit kit;
  const std::string ada = kit.pseudonyms.shaped("Ada Lovelace", Kind::kName).value();
  const auto holds = [&](std::string_view text) {
    const std::string out = decode(kit.ruled(collect_form, text).text, View::kPercentPlus);
    return out.find(ada) != out.npos && out.find("Lovelace") == out.npos;
  };
  for (const std::string_view text :
       {"passenger[name]=Ada+Lovelace", "passengers%5B0%5D%5Bname%5D=Ada%20Lovelace",
        "a=b&data.pilot.name=Ada+Lovelace", "name=Ada+Lovelace&email=", "email=&subject=x&name=Ada+Lovelace",
        "passengers[][name]=Ada+Lovelace", "passenger_name=Ada+Lovelace", "pilot=Ada+Lovelace"}) {
    EXPECT_TRUE(holds(text)) << text;
  }
  for (const std::string_view text : {"name=Ada+Lovelace", "airport[name]=Ada+Lovelace&email=", "[name]=Ada+Lovelace",
                                      "name=Ada+Charter&email=", "craft=Ada+Lovelace", ".name=Ada+Lovelace"}) {
    EXPECT_EQ(kit.ruled(collect_form, text).text, text);
  }
}

TEST(Url, UserinfoAndFragmentAreDropped) {
  Kit kit;
  EXPECT_EQ(url(kit, "https://joe:pass-word-77@example.com/a?b=c#frag"), "https://example.com/a?b=c");
  EXPECT_NE(kit.ledger.find("pass-word-77"), nullptr);
  EXPECT_EQ(url(kit, "//joe@example.com/a"), "//example.com/a");
  EXPECT_EQ(url(kit, "/relative/a@b?c=d@e#f"), "/relative/a@b?c=d@e");
  EXPECT_EQ(url(kit, "https://example.com"), "https://example.com");
  EXPECT_EQ(url(kit, "#only"), "");
  EXPECT_EQ(url(kit, ""), "");
}

TEST(Url, QueriesOfUrls) {
  Kit kit;
  const std::string t = test::random_hex(20);
  EXPECT_EQ(url(kit, "https://example.com/cb?token=" + t + "&x=http://y//z"),
            "https://example.com/cb?token=" + kit.pseudonyms.of(t) + "&x=http://y//z");
}

TEST(Url, PathParametersAndPseudonyms) {
  Kit kit;
  const std::string t = test::random_hex(20);
  EXPECT_EQ(url(kit, "/a;token=" + t + "/b"), "/a;token=" + kit.pseudonyms.of(t) + "/b");
  const std::string text = "/users/" + kit.pseudonyms.of(t) + "/x";
  Edits edits;
  collect_path(text, 0, text.size(), kit.context, edits);
  ASSERT_EQ(edits.size(), 1u);
  EXPECT_EQ(edits[0].action, Edit::Action::kKeep);
}

// Work that grows faster than the text would take minutes here.
TEST(Url, ManyUrlsInOneTextAreEachReadOnce) {
  Kit kit;
  for (const std::string unit : {"http://a:b@", "https://cdn.test/img/1234.png,", "http://ab/"}) {
    std::string text = R"({"srcset":")";
    while (text.size() < (2u << 20)) text += unit;
    text += "?x=1\"}";
    EXPECT_TRUE(kit.ruled(collect_json, text).text.ends_with("?x=1\"}")) << unit;
  }
  std::string links;
  while (links.size() < (2u << 20)) links += "<http://a:b@c.test/d?e=f>; rel=\"x\", ";
  Edits edits;
  collect_link(links, kit.context, edits);
  EXPECT_FALSE(edits.empty());
}

TEST(Url, Links) {
  Kit kit;
  const std::string t = test::random_hex(20);
  const std::string text = "</a?token=" + t + ">; rel=\"next\", <https://u:p@h/b#c>; rel=prev, <unclosed";
  Edits edits;
  collect_link(text, kit.context, edits);
  EXPECT_EQ(kit.apply_to(text, std::move(edits)).text,
            "</a?token=" + kit.pseudonyms.of(t) + ">; rel=\"next\", <https://h/b>; rel=prev, <unclosed");
}

TEST(Url, CodesOfOAuthAndTokensAfterWords) {
  Kit kit;
  const std::string t = test::random_hex(20);
  const std::string p = kit.pseudonyms.of(t);
  EXPECT_EQ(url(kit, "https://h/cb?code=" + t), "https://h/cb?code=" + p);
  EXPECT_EQ(url(kit, "https://h/x?code=" + t + "&state=1"), "https://h/x?code=" + p + "&state=1");
  EXPECT_EQ(url(kit, "/country?code=DE-12345"), "/country?code=DE-12345");
  EXPECT_EQ(url(kit, "/password/reset/" + t), "/password/reset/" + p);
  EXPECT_EQ(url(kit, "/token/refresh"), "/token/refresh");
  EXPECT_EQ(url(kit, "/bot123456:TEST-token/getMe"), "/bot" + kit.pseudonyms.of("123456:TEST-token") + "/getMe");
  EXPECT_EQ(url(kit, "/login?next=%2Fx%3Ftoken%3D" + t), "/login?next=%2Fx%3Ftoken%3D" + p);
  EXPECT_EQ(url(kit, "https:\\\\bob:" + t + "@h/x"), "https:\\\\h/x");
}

TEST(Url, FragmentsAreLearned) {
  Kit kit;
  const std::string t = test::random_hex(20);
  EXPECT_EQ(url(kit, "https://h/x#access_token=" + t), "https://h/x");
  EXPECT_NE(kit.ledger.find(t), nullptr);
}

}  // namespace
}  // namespace cvr::redact
