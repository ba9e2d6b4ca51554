#include "kit.h"

namespace cvr::redact {
namespace {

std::string json(Kit& kit, std::string_view text) { return kit.ruled(collect_json, text).text; }

TEST(JsonRule, OnlyTheValuesChange) {
  Kit kit;
  const std::string t = test::random_hex(20);
  EXPECT_EQ(
      json(kit, "{ \"price\" : 275.0,\n\t\"access_token\":\"" + t + "\" , \"b\":[1e3, -0, \"\\u00e4\"] }"),
      "{ \"price\" : 275.0,\n\t\"access_token\":\"" + kit.pseudonyms.of(t) + "\" , \"b\":[1e3, -0, \"\\u00e4\"] }");
}

TEST(JsonRule, AnyDepthAndType) {
  Kit kit;
  const std::string out = json(
      kit, R"({"a":[{"password":{"x":"inner-value-1","y":[12345,true,null,"inner-value-2"]},"z":7}],"token":-12.50})");
  for (const char* gone : {"inner-value-1", "inner-value-2", "12345", "12.50"})
    EXPECT_EQ(out.find(gone), out.npos) << gone;
  EXPECT_NE(out.find(",true,null,"), out.npos);
  EXPECT_NE(out.find("\"z\":7"), out.npos);
  EXPECT_NE(kit.ledger.find("inner-value-2"), nullptr);
  EXPECT_EQ(json(kit, R"({"token":12345678})").size(), std::string(R"({"token":12345678})").size());
}

TEST(JsonRule, RepeatedKeysAndEscapedNames) {
  Kit kit;
  const std::string out =
      json(kit, R"({"pass\u0077ord":"first-value-11","pass\u0077ord":"second-value-2","passwordX":"kept"})");
  EXPECT_EQ(out.find("first-value"), out.npos);
  EXPECT_EQ(out.find("second-value"), out.npos);
  EXPECT_NE(out.find("\"kept\""), out.npos);
}

TEST(JsonRule, EscapedValues) {
  Kit kit;
  EXPECT_EQ(json(kit, R"({"secret":"a\"b\\c\/d\u0065fgh"})"),
            "{\"secret\":\"" + kit.pseudonyms.of("a\"b\\c/defgh") + "\"}");
}

TEST(JsonRule, ParentsThroughArrays) {
  Kit kit;
  const std::string out = json(kit, R"({"data":{"id":"atrip-1","attachments":[{"data":"AAAABBBBCCCC","type":"x"}]},)"
                                    R"("basicAuth":{"username":"joe-user-1"},"user":{"username":"jim"}})");
  EXPECT_NE(out.find("atrip-1"), out.npos);
  EXPECT_EQ(out.find("AAAABBBBCCCC"), out.npos);
  EXPECT_EQ(out.find("joe-user-1"), out.npos);
  EXPECT_NE(out.find("\"jim\""), out.npos);
  EXPECT_NE(out.find("\"type\":\"x\""), out.npos);
}

TEST(JsonRule, SignedLinksStayLinks) {
  Kit kit;
  EXPECT_EQ(json(kit, R"({"attachments":[{"uri":"https://files.example.com/a/b?sig=0123456789"}]})"),
            R"({"attachments":[{"uri":"https://files.example.com/)" +
                *kit.pseudonyms.shaped("a/b?sig=0123456789", Kind::kText) + "\"}]}");
  EXPECT_EQ(json(kit, R"({"attachments":[{"uri":"https://u:pass@files.example.com/a"}]})").find("pass"),
            std::string::npos);
}

TEST(JsonRule, KindEndsWithItsValue) {
  Kit kit;
  EXPECT_NE(json(kit, R"([{"password":["p1p1p1p1p1"]},"after",{"x":"y"}])").find("\"after\",{\"x\":\"y\"}"),
            std::string::npos);
  EXPECT_NE(json(kit, R"({"password":{},"next":"stays"})").find("stays"), std::string::npos);
}

TEST(JsonRule, AuthorizationKeysKeepTheScheme) {
  Kit kit;
  const std::string t = test::random_hex(20);
  EXPECT_EQ(json(kit, R"({"Authorization":"Bearer )" + t + "\"}"),
            R"({"Authorization":"Bearer )" + kit.pseudonyms.of(t) + "\"}");
}

TEST(JsonRule, JsonInJson) {
  Kit kit;
  const std::string t = test::random_hex(20);
  const std::string inner = R"({\"client_secret\":\")" + t + R"(\",\"n\":1.0})";
  EXPECT_EQ(json(kit, R"({"payload":")" + inner + R"(","x":"{broken}"})"),
            R"({"payload":"{\"client_secret\":\")" + kit.pseudonyms.of(t) + R"(\",\"n\":1.0}","x":"{broken}"})");
}

TEST(JsonRule, PseudonymsGetASpan) {
  Kit kit;
  const std::string p = kit.pseudonyms.of(test::random_uuid());
  const RedactedText out = kit.ruled(collect_json, "{\"cursor\":\"" + p + "\"}");
  ASSERT_EQ(out.spans.size(), 1u);
  EXPECT_EQ(span_text(out, 0), p);
}

TEST(JsonRule, WhatItCanNotReadIsAnError) {
  Kit kit;
  for (const std::string& bad : {std::string("{"), std::string("{\"a\":1}x"), std::string("\xff"),
                                 std::string(100, '['), std::string("{\"a\":\"\xff\"}"), std::string("nul")}) {
    EXPECT_EQ(json(kit, bad), "error");
  }
  EXPECT_EQ(json(kit, std::string(64, '[') + std::string(64, ']')), std::string(64, '[') + std::string(64, ']'));
  EXPECT_EQ(json(kit, " \n"), " \n");
}

TEST(JsonRule, ByteOrderMark) {
  Kit kit;
  EXPECT_EQ(json(kit, "\xef\xbb\xbf{\"password\":\"abcd1234\"}"),
            "\xef\xbb\xbf{\"password\":\"" + kit.pseudonyms.of("abcd1234") + "\"}");
}

TEST(JsonRule, NamesBesideValues) {
  Kit kit;
  const std::string t = test::random_hex(20);
  const std::string p = kit.pseudonyms.of(t);
  const auto both = [&](const std::string& form, std::string_view by) {
    std::string text = form;
    return text.replace(text.find('%'), 1, by);
  };
  for (const std::string form :
       {R"([{"name":"password","value":"%"}])", R"([{"value":"%","key":"api_key"}])",
        R"({"headers":[{"name":"Authorization","value":"Bearer %"}]})", R"({"h":["Authorization","Token %"]})",
        R"({"headers":{"Cookie":"sid=%"}})", R"({"headers":{"X-Auth-Key":"%"}})",
        R"({"grant_type":"authorization_code","code":"%"})"}) {
    EXPECT_EQ(kit.ruled(collect_json, both(form, t)).text, both(form, p));
  }
  for (const char* text :
       {R"({"required":["token","name"]})", R"({"name":"country","value":"DE-12345678"})", R"({"code":"AIRPORT-123"})",
        R"({"usage":{"total_tokens":12,"tokens":4096}})", R"([{"name":"token","in":"query"}])"}) {
    EXPECT_EQ(kit.ruled(collect_json, text).text, text);
  }
}

TEST(JsonRule, PrefixesAndLines) {
  Kit kit;
  const std::string t = test::random_hex(20);
  const std::string p = kit.pseudonyms.of(t);
  for (const char* form :
       {")]}\x27,\n{\"password\":\"%\"}", "while(1);{\"password\":\"%\"}", "{\"a\":1}\n{\"password\":\"%\"}\n"}) {
    std::string text = form;
    std::string expected = form;
    text.replace(text.find('%'), 1, t);
    expected.replace(expected.find('%'), 1, p);
    EXPECT_EQ(kit.ruled(collect_json, text, "application/json").text, expected);
  }
}

TEST(JsonRule, ListsOfHeadersAttributesAndCallbacks) {
  Kit kit;
  const std::string t = test::random_hex(20);
  const auto json = [&](std::string_view s) { return kit.ruled(collect_json, s, "application/json").text; };
  // Node's rawHeaders; OpenTelemetry's attributes; what a page hands on of an OAuth callback.
  EXPECT_EQ(json(R"(["Host","a.b","Authorization","Bearer )" + t + R"(","X","y"])").find(t), std::string::npos);
  EXPECT_EQ(
      json(R"({"key":"http.request.header.authorization","value":{"stringValue":"Bearer )" + t + R"("}})").find(t),
      std::string::npos);
  EXPECT_EQ(json(R"({"code":")" + t + R"(","state":"a1b2c3d4"})").find(t), std::string::npos);
  const std::string place = R"({"code":"US-CA1","state":"California"})";
  EXPECT_EQ(json(place), place);
  const std::string names = R"(["X-Auth-Token","Authorization","Cookie"])";
  EXPECT_EQ(json(names), names);
}

TEST(JsonRule, LinksThatAnnounceATokenInTheirPath) {
  Kit kit;
  const std::string t = test::random_hex(20);
  for (const char* link : {"https://a.example/reset-password/", "/verify/"}) {
    const std::string text = "{\"href\":\"" + std::string(link) + t + "\"}";
    const std::string out = kit.ruled(collect_json, text, "application/json").text;
    EXPECT_EQ(out.find(t), out.npos) << text;
    EXPECT_NE(out.find(link), out.npos) << text;
  }
}

TEST(JsonRule, JsonPatchNamesWhatItSets) {
  Kit kit;
  const std::string secret = test::random_text(6, "bcdf") + "-" + test::random_text(6, "ghjk");
  for (const char* form : {R"([{"op":"replace","path":"/user/password","value":"%"}])",
                           R"([{"path":"/user/password","value":"%","op":"add"}])",
                           R"([{"value":"%","path":"/client_secret","op":"add"}])",
                           R"({"Operations":[{"op":"replace","path":"password","value":"%"}]})",
                           R"({"Operations":[{"op":"Add","path":"urn:x:User:password","value":"%"}]})"}) {
    std::string text = form;
    text.replace(text.find('%'), 1, secret);
    EXPECT_EQ(kit.ruled(collect_json, text).text.find(secret), std::string::npos) << form;
  }
  for (const std::string other :
       {R"({"path":"/user/password","value":"some text"})", R"({"path":"password","value":"some text 1234"})",
        R"([{"op":"replace","path":"a/password","value":"some text"}])"}) {
    EXPECT_EQ(kit.ruled(collect_json, other).text, other);
  }
}

TEST(JsonRule, ListsOfSecretsOfSeveralWords) {
  Kit kit;
  const std::string secret = "maple lake " + test::random_text(5, "123456789") + " window";
  for (const std::string& text : {"{\"tokens\":[\"" + secret + "\"]}", "{\"secrets\":[\"x\",\"" + secret + "\"]}"}) {
    EXPECT_EQ(kit.ruled(collect_json, text).text.find(secret), text.npos) << text;
  }
  EXPECT_NE(kit.ledger.find(secret), nullptr);
  for (const std::string text : {R"({"tokens":["New York"," the","hello world","SUM x"]})",
                                 R"({"secrets":["the db password","stripe key for prod","api key 2"]})"}) {
    EXPECT_EQ(kit.ruled(collect_json, text).text, text);
  }
}

}  // namespace
}  // namespace cvr::redact
