#include "redact/rules/graphql.h"

#include "kit.h"

namespace cvr::redact {
namespace {

class GraphqlRule : public ::testing::Test {
 protected:
  // `form` with `by` where '~' stands.
  static std::string filled(std::string form, std::string_view by) {
    for (std::size_t at = form.find('~'); at != form.npos; at = form.find('~', at + by.size())) form.replace(at, 1, by);
    return form;
  }
  std::string ruled(std::string_view text) {
    Edits edits;
    return collect_graphql(text, kit_.context, edits) ? kit_.apply_to(text, std::move(edits)).text : "none";
  }
  std::string json(std::string_view text) { return kit_.ruled(collect_json, text, "application/json").text; }

  Kit kit_;
  const std::string secret_ = test::random_text(6, "bcdf") + "-" + test::random_text(6, "ghjk");
  const std::string by_ = kit_.pseudonyms.of(secret_);
};

TEST_F(GraphqlRule, ArgumentsAndInputFields) {
  for (
      const char* form :
      {R"(mutation { login(user: "bob", password: "~") { id } })", R"({ login(input: {a: [{password: "~"}]}) })",
       R"(mutation M($w: String! = "~", $n: [Int!]) @d(a: 1) { login(password: $w, n: $n) { ...f } } fragment f on U { id })",
       R"(query Q($password: String = "~") { a })", "# (\nsubscription { login(password: \"\"\"~\"\"\") }",
       R"(mutation { a(passwords: ["~", "~"], credentials: {x: null, y: "~"}) })",
       R"(mutation { a(note: "{\"password\":\"~\"}") })"}) {
    EXPECT_EQ(ruled(filled(form, secret_)), filled(form, by_)) << form;
  }
  const std::string note = "# the password=" + secret_ + "\n{ a }";
  EXPECT_EQ(ruled(note).find(secret_), note.npos);
  const std::string number = "1" + test::random_text(7, "23456789");
  EXPECT_EQ(ruled("{ a(password: " + number + ", n: 12345678) }"),
            "{ a(password: " + kit_.pseudonyms.number(number) + ", n: 12345678) }");
}

TEST_F(GraphqlRule, NamesThatAreNoValuesStay) {
  for (const std::string text :
       {"query { user(id: 5) { name password token: authToken } }",
        "{ a(tokenType: BEARER, password: $p, token: null) }", "{ password: someField(first: 10) }",
        "query Q($password: String!) { a(password: $password) }"}) {
    EXPECT_EQ(ruled(text), text);
    EXPECT_EQ(kit_.ruled(collect_text, text, "application/graphql").text, text);
  }
}

TEST_F(GraphqlRule, OtherTexts) {
  for (const std::string text : {"", "query", "query failed: (password: ", "{", "}", "{ a(", "{ a) }", "{ a(b: [) }",
                                 "{ a(b: \"c) }", "{ a(b: \"\"\"c) }", "{\"password\": \"x\"}", "{ 1 }", "{ $a }",
                                 "{ a(b: (c: 1)) }", "mutation \x01 { a }", "Words (and more)", "query { a(b: \"c\\"}) {
    EXPECT_EQ(ruled(text), "none") << text;
  }
  EXPECT_EQ(ruled("{ a(b: " + std::string(100'000, '[')), "none");
  EXPECT_EQ(ruled(std::string(100'000, '{') + std::string(100'000, '}')), "none");
}

TEST_F(GraphqlRule, VariablesThatArgumentsName) {
  for (const char* form :
       {R"({"query":"mutation($p:String!){login(password:$p){id}}","variables":{"p":"~","q":"kept"}})",
        R"([{"variables":{"q":"kept","p":"~"},"query":"mutation($p:String!){login(password:$p){id}}"}])",
        R"({"query":"mutation($p:I!){login(input:{credentials:$p})}","variables":{"p":{"a":["~"]}}})"}) {
    EXPECT_EQ(json(filled(form, secret_)), filled(form, by_)) << form;
  }
  const std::string innocent = R"({"variables":{"p":"some-words-12"},"query":"query($p:Int){a(first:$p){id}}"})";
  EXPECT_EQ(json(innocent), innocent);
  for (const std::string text : {R"({"variables":{}})", R"({"variables":{"p":"x"},"query":"query(("})",
                                 R"({"query":"{a}","variables":null})", R"([{"a":{"variables":{"p":"x"}}}])"}) {
    EXPECT_EQ(json(text), text);
  }
}

TEST_F(GraphqlRule, LiteralsWithoutQuotesAreRead) {
  const std::string text = R"({"x":"{password: ~}"})";
  EXPECT_EQ(json(filled(text, secret_ + "1")).find(secret_), std::string::npos);
  const std::string request = R"({"query":"query { password: secret1Of(first: 10) }"})";
  EXPECT_EQ(json(request), request);
}

TEST_F(GraphqlRule, WhereverATextStands) {
  const std::string form = R"({"query":"mutation { login(password: \"\"\"~\"\"\", pins: [\"~\"]) { id } }"})";
  EXPECT_EQ(json(filled(form, secret_)).find("\"\"" + secret_), std::string::npos);
  const std::string text = filled(R"(mutation { login(passwords: ["~"]) { id } })", secret_);
  EXPECT_EQ(kit_.ruled(collect_text, text, "application/graphql").text.find(secret_), std::string::npos);
}

}  // namespace
}  // namespace cvr::redact
