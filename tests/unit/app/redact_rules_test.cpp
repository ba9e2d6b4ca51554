#include "app/redact_rules.h"

#include <algorithm>

#include "redact/names.h"

namespace cvr::app {
namespace {

using profiles::Privacy;
using profiles::Profile;

std::string complaint(std::string_view text) {
  const auto rules = parse_rule_file(text, "dir/rules.toml");
  if (rules) return "";
  EXPECT_EQ(rules.error().code, ErrorCode::kUsage);
  return rules.error().text;
}

TEST(RedactRules, TheTable) {
  const auto rules = parse_rule_file(R"([redact]
privacy = "commercial"
headers = ["X-A"]
query = ["a"]
cookies = ["b"]
form = ["c"]
json = ["d", "e.f",
  "/g/*/h"]
xml = ["i"]
patterns = ['N\d+']
secrets = [".env", "/etc/x.env"]
keep = { headers = ["X-Token"], query = ["page_token"], cookies = ["lang"], form = ["pwd"], json = ["/j"], xml = ["k"] }
)",
                                     "dir/rules.toml");
  ASSERT_TRUE(rules) << rules.error().text;
  EXPECT_EQ(rules->privacy, Privacy::kCommercial);
  EXPECT_EQ(rules->privacy_source, "dir/rules.toml:2");
  EXPECT_EQ(rules->secrets, (std::vector<std::string>{"dir/.env", "/etc/x.env"}));
  ASSERT_EQ(rules->rules.size(), 15u);
  EXPECT_EQ(rules->rules[0].where, Where::kHeader);
  EXPECT_EQ(rules->rules[2].kind, Kind::kCookie);
  EXPECT_EQ(rules->rules[6].name, "/g/*/h");
  EXPECT_EQ(rules->rules[6].source, "dir/rules.toml:8");
  EXPECT_EQ(rules->rules[8].where, Where::kPattern);
  EXPECT_EQ(std::ranges::count_if(rules->rules, &RedactRule::keep), 6);
}

TEST(RedactRules, TheTables) {
  const auto rules = parse_rule_file(R"(threads = 2
[[redact]]
kind = "price"
json = "/data/price"
level = "commercial"
[[redact]]
header = "X-A"
[[redact]]
query = "page_token"
keep = true
[[redact]]
pattern = "x+"
kind = "name"
)",
                                     "r.toml");
  ASSERT_TRUE(rules) << rules.error().text;
  ASSERT_EQ(rules->rules.size(), 4u);
  EXPECT_EQ(rules->rules[0].kind, Kind::kPrice);
  EXPECT_EQ(rules->rules[0].level, Privacy::kCommercial);
  EXPECT_EQ(rules->rules[0].source, "r.toml:4");
  EXPECT_TRUE(rules->rules[2].keep);
  EXPECT_EQ(rules->rules[3].kind, Kind::kName);
  EXPECT_TRUE(parse_rule_file("", "r.toml")->rules.empty());
}

TEST(RedactRules, AWholeConfigurationIsARuleFileToo) {
  const auto rules =
      parse_rule_file("mode = 'once'\nrules = ['a']\n[match]\njson = { a = 'any' }\n[redact]\njson = ['b']", "c");
  ASSERT_TRUE(rules) << rules.error().text;
  EXPECT_EQ(rules->rules.size(), 1u);
}

TEST(RedactRules, ErrorsNameLineAndWhatIsAllowed) {
  const std::pair<const char*, const char*> cases[] = {
      {"redat = 1", ":1: unknown key redat (did you mean redact?)"},
      {"[[rules]]\njson = 'a'", ":1: unknown key rules"},
      {"[secrets]\njson = 'a'", ":1: unknown key secrets"},
      {"redact = 1", ":1: redact: a table"},
      {"redact = []", ":1: redact: a table"},
      {"[redact]\nheders = ['a']", ":2: unknown key heders (did you mean headers?)"},
      {"[redact]\nheaders = 'a'", ":2: headers: a list"},
      {"[redact]\nheaders = [1]", ":2: headers: a list"},
      {"[redact]\nheaders = ['*']", ":2: '*' alone is every name"},
      {"[redact]\njson = ['a*b']", ":2: '*' stands only"},
      {"[redact]\njson = ['a.*']", ":2: '*' alone is every name"},
      {"[redact]\njson = ['*a.b']", ":2: '*' stands only"},
      {"[redact.keep]\nheaders = ['x-*-id']", ":2: '*' stands only"},
      {"[[redact]]\nquery = '**'", ":2: '*' alone is every name"},
      {"[redact]\nheaders = ['a b']", ":2: header: a b can not"},
      {"[redact]\nprivacy = 'pi'", ":2: unknown level pi"},
      {"[redact]\nprivacy = 1", ":2: privacy: "},
      {"[redact]\njson = ['']", ":2: json: an empty name"},
      {"[redact]\nkeep = ['a']", ":2: keep: a table"},
      {"[redact]\nkeep = { header = ['a'] }", ":2: unknown key keep.header (did you mean keep.headers?)"},
      {"[redact]\nkeep = { patterns = ['a'] }", ":2: unknown key keep.patterns"},
      {"[redact]\nkeep = { headers = ['Set-Cookie'] }", ":2: Set-Cookie is never kept"},
      {"[redact]\nsecrets = 'x'", ":2: secrets: a list"},
      {"[[redact]]\njson = 'a'\nquery = 'b'", ":3: json and query in one [[redact]]"},
      {"[[redact]]\nkind = 'token'", ":1: [[redact]] without"},
      {"[[redact]]\njson = 'a'\nkind = 'tokne'", ":3: unknown kind tokne (did you mean token?)"},
      {"[[redact]]\njson = 'a'\nlevel = 'x'", ":3: unknown level x"},
      {"[[redact]]\njson = 'a'\nkeep = 'yes'", ":3: keep: true or false"},
      {"[[redact]]\njson = 1", ":2: json: a text"},
      {"[[redact]]\njsn = 'a'", ":2: unknown key jsn (did you mean json?)"},
      {"[[redact]]\njson = '/'", ":2: an empty pointer"},
      {"[[redact]]\njson = '/a~x'", ":2: in a pointer"},
      {"[[redact]]\njson = 'a/~2b'", ":2: in a pointer '~' is written ~0, and '/' in a key ~1 (RFC 6901 section 3)"},
      {"[[redact]]\njson = 'a/~1b'", ":2: a pointer begins with '/'"},
      {"[redact]\njson = ['a/~02b', 'c/~2']", ":2: a pointer begins"},
      {"[redact]\njson = ['data/note']",
       ":2: json: data/note finds nothing; a place is written as a JSON Pointer: /data/note"},
      {"[redact]\njson = ['a',\n'data[0].note']", ":3: json: data[0].note finds nothing"},
      {"[[redact]]\nxml = '/order/note'",
       ":2: xml: /order/note finds nothing; an element or attribute is named order.note"},
      {"[redact.keep]\njson = ['a~b', 'c/~2']", ":2: in a pointer"},
      {"[[redact]]\npattern = '('", ":2: a regular expression that RE2 does not take"},
      {"[[redact]]\npattern = ''", ":2: an empty regular expression"},
      {"[[redact]]\npattern = 'a*'", ":2: a regular expression that matches the empty text"},
      {"[[redact]]\npattern = '((x{100}){100}){100}'", ":2: a regular expression that RE2 does not take"},
      {"[[redact]]\npattern = 'x'\nkeep = true", ":2: keep goes with a name"},
  };
  for (const auto& [text, words] : cases) {
    EXPECT_TRUE(complaint(text).starts_with("dir/rules.toml" + std::string(words))) << text << "\n" << complaint(text);
  }
  EXPECT_NE(complaint("[[redact]]\njson = '" + std::string(600, 'x') + "'").find("512"), std::string::npos);
  EXPECT_NE(complaint("[[redact]]\npattern = '" + std::string(5000, 'x') + "'").find("4096"), std::string::npos);
}

TEST(RedactRules, NamesAsTheyStandInADocument) {
  const auto rules = parse_rule_file("[redact]\nquery = ['page%5Bsize%5D']\nxml = ['acme:note']", "r");
  ASSERT_TRUE(rules) << rules.error().text;
  EXPECT_EQ(rules->rules[0].name, "page[size]");
  EXPECT_EQ(rules->rules[1].name, "note");
}

TEST(RedactRules, LaterRulesWinInTheProfile) {
  Profile profile = profiles::default_profile();
  const auto rules = parse_rule_file(
      "[redact]\nheaders = ['User-Agent']\njson = ['a-b', 'client_id']\npatterns = ['x']\nkeep = { json = ['Token'] }",
      "r");
  ASSERT_TRUE(rules);
  apply_rules(rules->rules, profile);
  const redact::Names names(&profile);
  EXPECT_EQ(names.in_json("aB", {}), Kind::kToken);
  EXPECT_EQ(names.in_json("client_id", {}), Kind::kToken);  // no longer a user
  EXPECT_FALSE(names.in_json("token", {}));
  EXPECT_TRUE(names.in_header("user-agent"));
  EXPECT_EQ(profile.patterns.back().expression, "x");
  EXPECT_FALSE(is_same_name("*token", "token"));
  const auto back = parse_rule_file("[redact]\njson = ['token']\nkeep = { json = ['a_b'] }", "r");
  apply_rules(back->rules, profile);
  const redact::Names again(&profile);
  EXPECT_TRUE(again.in_json("token", {}));
  EXPECT_FALSE(again.in_json("aB", {}));
}

TEST(RedactRules, SameNames) {
  EXPECT_TRUE(is_same_name("client_secret", "Client-Secret"));
  EXPECT_FALSE(is_same_name("a.b", "ab"));
  EXPECT_FALSE(is_same_name("/a", "/A"));
  EXPECT_EQ(path_beside("dir/x.toml", "../y"), "y");
  EXPECT_EQ(path_beside("x.toml", "y"), "y");
  EXPECT_EQ(to_string(Where::kXml), "xml");
}

}  // namespace
}  // namespace cvr::app
