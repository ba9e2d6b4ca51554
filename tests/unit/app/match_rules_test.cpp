#include "app/match_rules.h"

#include <gtest/gtest.h>

#include "profiles/profile.h"

namespace cvr::app {
namespace {

std::string lines_of(std::string_view toml) {
  match::MatchRules rules;
  if (const auto done = parse_match_file(toml, "m.toml", rules); !done) return done.error().text;
  std::string out;
  for (const match::RuleLine& line : match::rule_lines(rules)) {
    out += line.scope + "|" + line.part + "|" + line.name + "|" + line.comparison + "\n";
  }
  return out;
}

TEST(MatchRules, EveryRequestAndRoutes) {
  EXPECT_EQ(lines_of(R"([match]
host = "any"
query = { TS = "any", page = "number:1", "*" = "exact" }
json = { sentAt = "any", "/legs/*/price" = "number:0.5", "/tags" = "set" }
headers = ["X-Tenant"]
[[match.routes]]
route = "post /trips/*"
body = "any"
json = { sentAt = "exact" }
)"),
            "every request|host||any\n"
            "every request|query||exact\n"
            "every request|query|ts|any\n"
            "every request|query|page|number:1\n"
            "every request|json|sentat|any\n"
            "every request|json|/legs/*/price|number:0.5\n"
            "every request|json|/tags|set\n"
            "every request|header|x-tenant|exact\n"
            "POST /trips/*|body||any\n"
            "POST /trips/*|json|sentat|exact\n");
}

TEST(MatchRules, WhatIsTheDefaultAnywayIsNoRule) {
  EXPECT_EQ(lines_of("[match]\nmethod = \"exact\"\npath = \"exact\"\nquery = \"set\"\nbody = \"auto\"\n"), "");
  EXPECT_EQ(lines_of(""), "");
  EXPECT_EQ(lines_of("strict = true\n[redact]\njson = [\"a\"]\n"), "");
}

TEST(MatchRules, ListsAreSwitchedByNameAndAnOwnRuleSaysMore) {
  EXPECT_EQ(lines_of("[match]\nlists = [\"-jquery\"]\n"), "every request|query|_|exact\nevery request|form|_|exact\n");
  EXPECT_EQ(lines_of("[match]\nlists = [\"aws\", \"-azure\"]\n"), "");  // so it is anyway
  const std::string caches = lines_of("[match]\nquery = { CB = \"exact\" }\nlists = [\"cache-busters\"]\n");
  EXPECT_NE(caches.find("every request|query|cb|exact\n"), std::string::npos);
  EXPECT_EQ(caches.find("every request|query|cb|any\n"), std::string::npos);
  EXPECT_NE(caches.find("every request|form|cb|any\n"), std::string::npos);
  EXPECT_NE(caches.find("every request|query|_t|any\n"), std::string::npos);
  EXPECT_NE(lines_of("[match]\nlists = [\"azur\"]\n").find("did you mean azure?"), std::string::npos);
  EXPECT_NE(lines_of("[match]\nlists = \"azure\"\n").find("m.toml:2: lists: names are needed"), std::string::npos);
  EXPECT_NE(lines_of("[match]\nlists = [1]\n").find("m.toml:2: unknown list"), std::string::npos);
}

TEST(MatchRules, ARuleSaidTwiceIsTheLaterOne) {
  match::MatchRules rules;
  ASSERT_TRUE(parse_match_file("match = { json = { a = \"any\" } }", "one.toml", rules));
  ASSERT_TRUE(parse_match_file("match = { json = { A = \"exact\" } }", "two.toml", rules));
  ASSERT_EQ(rules.parts.json_values.size(), 1U);
  EXPECT_EQ(rules.parts.json_values[0].comparison.word, "exact");
}

TEST(MatchRules, ErrorsNameFileAndLineAndWhatIsAllowed) {
  const std::pair<const char*, const char*> cases[] = {
      {"[match]\nquerry = \"any\"\n", "m.toml:2: unknown key querry"},
      {"[match]\nhost = \"some\"\n", "m.toml:2: host: \"exact\" or \"any\" is needed"},
      {"[match]\npath = \"set\"\n", "m.toml:2: path: set makes no sense for it"},
      {"[match]\npath = \"regex:(\"\n", "m.toml:2: path: not a regular expression"},
      {"[match]\nbody = \"xml\"\n", "m.toml:2: body: auto, exact, json, form, multipart or any is needed"},
      {"[match]\njson = [\"a\"]\n", "m.toml:2: json: a table is needed"},
      {"[match]\njson = { a = 1 }\n", "m.toml:2: a: a comparison is needed"},
      {"[match]\njson = { a = \"fuzzy\" }\n", "m.toml:2: a: unknown comparison fuzzy"},
      {"[match]\njson = { \"/a~2\" = \"any\" }\n", "m.toml:2: in a pointer"},
      {"[match]\nquery = { a = \"set\" }\n", "m.toml:2: set is for arrays in json"},
      {"[match]\nheaders = [1]\n", "m.toml:2: headers: a list of names is needed"},
      {"[[match]]\nhost = \"any\"\n", "match: a table [match] is needed"},
      {"[match]\nroutes = 1\n", "m.toml:2: routes: tables"},
      {"[[match.routes]]\nbody = \"any\"\n", "route is needed"},
      {"[[match.routes]]\nroute = \"POST\"\n", "m.toml:2: route: METHOD (or *) and a path are needed"},
      {"[[match.routes]]\nroute = \"POST trips\"\n", "m.toml:2: route: METHOD"},
      {"[[match.routes]]\nroute = \"POST /a\"\nbdoy = \"any\"\n", "m.toml:3: unknown key bdoy"},
      {"[matcch]\n", "m.toml:1: unknown key matcch"},
  };
  for (const auto& [toml, error] : cases) {
    EXPECT_NE(lines_of(toml).find(error), std::string::npos) << toml << "\n" << lines_of(toml);
    EXPECT_EQ(lines_of(toml).find('\n'), std::string::npos) << toml;
  }
}

TEST(MatchRules, OfCvrTomlAreLaidOverTheProfiles) {
  const auto config = parse_config("[match]\njson = { sentAt = \"any\" }\n", "cvr.toml");
  ASSERT_TRUE(config) << config.error().text;
  const auto rules = load_match_rules(profiles::default_profile(), *config, {});
  ASSERT_TRUE(rules);
  const match::MatchRules plain = match::rules_for(profiles::default_profile());
  EXPECT_EQ(rules->volatile_json, plain.volatile_json);
  EXPECT_NE(rules->fingerprint, plain.fingerprint);
  EXPECT_EQ(load_match_rules(profiles::default_profile(), Config{}, {})->fingerprint, plain.fingerprint);
  EXPECT_EQ(load_match_rules(profiles::default_profile(), Config{}, {"no-such.toml"}).error().code,
            ErrorCode::kEnvironment);
  EXPECT_NE(parse_config("[match]\nhots = \"any\"\n", "cvr.toml").error().text.find("cvr.toml:2: unknown key hots"),
            std::string::npos);
}

}  // namespace
}  // namespace cvr::app
