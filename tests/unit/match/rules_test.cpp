#include <algorithm>
#include <functional>

#include "kit.h"

namespace cvr::match {
namespace {

TEST(Rules, AreTheProfilesInLowerCase) {
  profiles::Profile profile;
  profile.volatile_query = {"Nonce"};
  profile.volatile_json = {"requestId"};
  profile.volatile_form = {"Assertion"};
  profile.secret_headers = {{"X-Api-Token", Kind::kToken},
                            {"Cookie", Kind::kCookie},
                            {"Authorization", Kind::kToken},
                            {"Proxy-Authorization", Kind::kToken},
                            {"Set-Cookie", Kind::kCookie}};
  const MatchRules rules = rules_for(profile);
  EXPECT_EQ(rules.volatile_query.front(), "nonce");
  EXPECT_EQ(rules.volatile_json, std::vector<std::string>{"requestid"});
  EXPECT_EQ(rules.volatile_form.front(), "assertion");
  // Cookies come and go with the client; the proxy's credentials are not the upstream's.
  // What is a credential by custom comes first; each name once.
  EXPECT_EQ(rules.credential_headers.front(), "authorization");
  EXPECT_EQ(rules.credential_headers.back(), "x-api-token");
  EXPECT_EQ(std::ranges::count(rules.credential_headers, "x-api-key"), 1);
  EXPECT_EQ(std::ranges::count(rules.credential_headers, "authorization"), 1);
  EXPECT_EQ(std::ranges::count(rules.credential_headers, "cookie"), 0);
}

TEST(Rules, HaveAFingerprintOfEverything) {
  profiles::Profile profile;
  const std::uint64_t base = rules_for(profile).fingerprint;
  EXPECT_NE(base, 0U);
  EXPECT_EQ(rules_for(profile).fingerprint, base);
  std::vector<std::uint64_t> seen{base};
  const auto add = [&seen](const profiles::Profile& p) {
    const std::uint64_t fingerprint = rules_for(p).fingerprint;
    EXPECT_EQ(std::count(seen.begin(), seen.end(), fingerprint), 0);
    seen.push_back(fingerprint);
  };
  profile.volatile_query = {"a"};
  add(profile);
  profile.volatile_json = {"a"};
  add(profile);
  profile.volatile_form = {"a", "b"};
  add(profile);
  profile.volatile_form = {"ab"};
  add(profile);
  profile.secret_headers = {{"X-A", Kind::kToken}};
  add(profile);
}

TEST(Rules, SignaturesAndTheirTimesNeverCount) {
  const MatchRules rules = rules_for(profiles::Profile{});
  const auto key = [&](std::string_view query) { return key_of(get("/file?" + std::string(query)), rules); };
  EXPECT_EQ(key("k=1&X-Amz-Date=20261128T000000Z&X-Amz-Signature=a1"), key("X-Amz-Signature=b2&X-Amz-Date=x&k=1"));
  EXPECT_EQ(key("k=1&_=1764360000000"), key("k=1&_=1764369999999"));
  EXPECT_EQ(key("oauth_nonce=a&oauth_timestamp=1"), key("oauth_nonce=b&oauth_timestamp=2"));
  EXPECT_NE(key("k=1&X-Amz-Date=x"), key("k=2&X-Amz-Date=x"));
}

TEST(Rules, OfTheDefaultProfileIgnoreItsVolatileFields) {
  const MatchRules rules = rules_for(profiles::default_profile());
  const auto key = [&](std::string_view stamp, std::string_view trip) {
    return key_of(request("POST", "/api/trips",
                          {field("X-Avinode-SentTimestamp", stamp), field("Content-Type", "application/json")},
                          R"({"externalTripId":")" + std::string(trip) + R"(","paxCount":"4"})"),
                  rules);
  };
  EXPECT_EQ(key("2026-03-16T08:00:00Z", "TRIP-1"), key("2026-03-17T09:30:00Z", "TRIP-2"));
}

bool same(const RedactedRequest& a, const RedactedRequest& b, const MatchRules& rules) {
  const MatchKey x = key_of(a, rules);
  const MatchKey y = key_of(b, rules);
  const bool equal = x.bucket_lo == y.bucket_lo && x.bucket_hi == y.bucket_hi;
  // What decides and what explains say the same.
  EXPECT_EQ(equal, compare(a, b, rules).rule.empty()) << compare(a, b, rules).rule;
  EXPECT_EQ(equal, compare(b, a, rules).rule.empty()) << compare(b, a, rules).rule;
  return equal;
}

MatchRules with(const std::function<void(PartRules&)>& change) {
  MatchRules rules = test_rules();
  change(rules.parts);
  finish_rules(rules);
  return rules;
}

Comparison by(std::string_view word) { return parse_comparison(word).value(); }

TEST(Rules, APartMayNotCountAtAll) {
  auto other_host = get("/a");
  other_host.origin.host = "other.example.com";
  EXPECT_FALSE(same(get("/a"), other_host, test_rules()));
  EXPECT_TRUE(same(get("/a"), other_host, with([](PartRules& p) { p.any_host = true; })));
  EXPECT_TRUE(same(get("/a"), request("PUT", "/a"), with([](PartRules& p) { p.any_method = true; })));
  EXPECT_TRUE(same(get("/a"), get("/b"), with([](PartRules& p) { p.path = by("any"); })));
  EXPECT_TRUE(same(get("/a?x=1"), get("/a"), with([](PartRules& p) { p.query = by("any"); })));
  EXPECT_TRUE(same(json("{}"), json("[1]"), with([](PartRules& p) { p.body = BodyAs::kAny; })));
  const auto with_token = get("/a", {field("Authorization", "Bearer <<token:x>>")});
  EXPECT_FALSE(same(get("/a"), with_token, test_rules()));
  EXPECT_TRUE(same(get("/a"), with_token, with([](PartRules& p) { p.any_credentials = true; })));
}

TEST(Rules, AQueryMayBeOrderedAndItsNamesHaveRules) {
  const MatchRules ordered = with([](PartRules& p) { p.query = by("exact"); });
  EXPECT_TRUE(same(get("/a?x=1&y=2"), get("/a?x=1&y=2"), ordered));
  EXPECT_FALSE(same(get("/a?x=1&y=2"), get("/a?y=2&x=1"), ordered));
  const MatchRules named = with(
      [](PartRules& p) { p.query_names = {{"ts", by("any")}, {"ref", by("regex:R-[0-9]+")}, {"nonce", by("exact")}}; });
  EXPECT_TRUE(same(get("/a?ts=1&ref=R-1"), get("/a?ref=R-22"), named));
  EXPECT_FALSE(same(get("/a?ref=R-1"), get("/a?ref=Q-1"), named));
  // The user's word goes before the profile's.
  EXPECT_FALSE(same(get("/a?nonce=1"), get("/a?nonce=2"), named));
  const MatchRules only = with([](PartRules& p) {
    p.query = by("any");
    p.query_names = {{"id", by("exact")}};
  });
  EXPECT_TRUE(same(get("/a?id=1&x=1"), get("/a?x=2&id=1"), only));
  EXPECT_FALSE(same(get("/a?id=1"), get("/a?id=2"), only));
}

TEST(Rules, JsonValuesMayBeLeftOutByKeyOrPointer) {
  const MatchRules rules = with([](PartRules& p) {
    p.json_values = {{"sentat", by("any")}, {"/meta/id", by("any")}, {"/tags", by("set")}, {"/legs/1", by("any")}};
  });
  EXPECT_TRUE(same(json(R"({"a":{"sentAt":1},"meta":{"id":[1,2],"x":1}})"), json(R"({"a":{},"meta":{"x":1}})"), rules));
  EXPECT_FALSE(same(json(R"({"meta":{"x":1}})"), json(R"({"meta":{"x":2}})"), rules));
  EXPECT_FALSE(same(json(R"({"other":{"id":1}})"), json(R"({"other":{"id":2}})"), rules));
  EXPECT_TRUE(same(json(R"({"tags":["a",{"b":1},"c"]})"), json(R"({"tags":[{"b":1},"c","a"]})"), rules));
  EXPECT_FALSE(same(json(R"({"tags":["a","a","c"]})"), json(R"({"tags":["a","c","c"]})"), rules));
  EXPECT_FALSE(same(json(R"({"nags":["a","b"]})"), json(R"({"nags":["b","a"]})"), rules));
  // An element that does not count keeps its place.
  EXPECT_TRUE(same(json(R"({"legs":[1,{"x":[2]},3]})"), json(R"({"legs":[1,null,3]})"), rules));
  EXPECT_FALSE(same(json(R"({"legs":[1,2,3]})"), json(R"({"legs":[1,3]})"), rules));
  EXPECT_FALSE(same(json(R"({"legs":[1,2,3]})"), json(R"({"legs":[1,2,4]})"), rules));
}

TEST(Rules, HeadersCountWhenTheyAreNamed) {
  const auto tenant = [](std::string_view value) { return get("/a", {field("X-Tenant", value)}); };
  EXPECT_TRUE(same(tenant("<<header:a>>"), tenant("<<header:b>>"), test_rules()));
  const MatchRules rules = with([](PartRules& p) { p.headers = {{"x-tenant", by("exact")}}; });
  EXPECT_TRUE(same(tenant("<<header:a>>"), tenant("<<header:a>>"), rules));
  EXPECT_FALSE(same(tenant("<<header:a>>"), tenant("<<header:b>>"), rules));
  EXPECT_FALSE(same(tenant("<<header:a>>"), get("/a"), rules));
}

TEST(Rules, ABodyMayBeReadAsSomethingElse) {
  const auto text = [](std::string_view body) { return post("text/plain", body); };
  EXPECT_FALSE(same(text(R"({"a":1,"b":2})"), text(R"({"b":2,"a":1})"), test_rules()));
  EXPECT_TRUE(
      same(text(R"({"a":1,"b":2})"), text(R"({"b":2,"a":1})"), with([](PartRules& p) { p.body = BodyAs::kJson; })));
  EXPECT_TRUE(same(text("a=1&b=2"), text("b=2&a=1"), with([](PartRules& p) { p.body = BodyAs::kForm; })));
  EXPECT_FALSE(
      same(json(R"({"a":1,"b":2})"), json(R"({"b":2,"a":1})"), with([](PartRules& p) { p.body = BodyAs::kExact; })));
}

TEST(Rules, OfTheFirstRouteThatFitsCount) {
  MatchRules rules = test_rules();
  RouteRules route{"POST", "/things", {}};
  route.parts.body = BodyAs::kAny;
  rules.routes.push_back(route);
  rules.routes.push_back({"", "/**", {}});
  finish_rules(rules);
  EXPECT_TRUE(same(json("{}"), json("[]"), rules));
  EXPECT_FALSE(same(request("PUT", "/things", {}, "a"), request("PUT", "/things", {}, "b"), rules));
  EXPECT_NE(rules.fingerprint, test_rules().fingerprint);
  // Two requests that fall under different routes are not the same, whatever the rules leave of them.
  MatchRules apart = test_rules();
  RouteRules open{"", "/a/**", {}};
  open.parts.path = by("any");
  apart.routes.push_back(open);
  finish_rules(apart);
  EXPECT_TRUE(same(get("/a/1"), get("/a/2"), apart));
  EXPECT_FALSE(same(get("/a/1"), get("/b"), apart));
}

TEST(Rules, GlobsStarInASegmentAndTwoStarsAnywhere) {
  for (const auto& [glob, path] :
       std::vector<std::pair<std::string, std::string>>{{"/trips", "/trips"},
                                                        {"/trips/*", "/trips/12"},
                                                        {"/trips/*/cancel", "/trips/12/cancel"},
                                                        {"**", "/a/b"},
                                                        {"/api/**", "/api/a/b"},
                                                        {"/**/x", "/a/b/x"},
                                                        {"/t*s", "/trips"},
                                                        {"/a*b*c", "/aXbYc"},
                                                        {"/**", "/"},
                                                        {"/a/**/b/*", "/a/x/b/y/b/z"},
                                                        {"*", ""}}) {
    EXPECT_TRUE(fits_glob(glob, path)) << glob << ' ' << path;
  }
  for (const auto& [glob, path] : std::vector<std::pair<std::string, std::string>>{{"/trips", "/trips/"},
                                                                                   {"/trips/*", "/trips/1/2"},
                                                                                   {"/trips/*", "/trips"},
                                                                                   {"/a*b", "/a/b"},
                                                                                   {"", "/"},
                                                                                   {"/*", "/a/b"},
                                                                                   {"/**/x", "/a/b/y"}}) {
    EXPECT_FALSE(fits_glob(glob, path)) << glob << ' ' << path;
  }
  std::string stars;
  for (int i = 0; i < 200; ++i) stars += "*a";
  EXPECT_FALSE(fits_glob(stars, std::string(4000, 'a') + "b"));
}

TEST(Rules, AreToldAsLines) {
  MatchRules rules = with([](PartRules& p) { p.json_values = {{"/price", by("number:0.5")}}; });
  RouteRules route{"POST", "/trips", rules.parts};
  route.parts.body = BodyAs::kAny;
  rules.routes.push_back(route);
  std::vector<std::string> users;
  for (const RuleLine& line : rule_lines(rules)) {
    if (!line.profile) users.push_back(line.scope + "|" + line.part + "|" + line.name + "|" + line.comparison);
  }
  EXPECT_EQ(users, (std::vector<std::string>{"every request|json|/price|number:0.5", "POST /trips|body||any"}));
}

TEST(Rules, ComparisonsThatAreNoneSayWhatIsAllowed) {
  for (const char* word : {"", "Exact", "number", "number:", "number:x", "number:-1", "regex:", "regex:(", "fuzzy"}) {
    const auto parsed = parse_comparison(word);
    ASSERT_FALSE(parsed) << word;
    EXPECT_EQ(parsed.error().code, ErrorCode::kUsage);
  }
}

}  // namespace
}  // namespace cvr::match
