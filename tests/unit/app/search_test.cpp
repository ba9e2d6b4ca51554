#include "app/search.h"

#include "hand_made.h"

namespace cvr::app {
namespace {

std::string found(const SearchChoice& choice, const RedactedParts& parts) {
  const auto search = Search::make(choice);
  if (!search) return search.error().text;
  std::string out;
  for (const Hit& hit : (*search)->find(parts)) {
    out += hit.place + hit.pointer + "@" + std::to_string(hit.at) + " " + hit.before + "[" + hit.match + "]" +
           hit.after + "\n";
  }
  return out;
}

bool fits(SearchChoice choice, const RedactedParts& parts) { return (*Search::make(choice))->fits(parts); }

TEST(Search, LooksIntoUrlHeadersAndBodies) {
  const RedactedParts parts = answered("GET", "/flights?to=KTEB", 200, R"({"from":"KTEB"})");
  EXPECT_EQ(found({.pattern = "K.EB"}, parts),
            "url@31 https://api.example/flights?to=[KTEB]\nresponse body@9 {\"from\":\"[KTEB]\"}\n");
  EXPECT_EQ(found({.pattern = "accept: .*json"}, parts), "");
  EXPECT_EQ(found({.pattern = "accept: .*json", .ignore_case = true}, parts),
            "request header Accept@0 [Accept: application/json]\n");
  EXPECT_EQ(found({.pattern = "K.EB", .fixed = true}, parts), "");
}

TEST(Search, APointerNarrowsItToAPlaceOfJson) {
  const RedactedParts parts = answered("GET", "/one", 200, R"({"data":[{"id":"one"},{"id":"two"}],"x":"one"})");
  EXPECT_EQ(found({.pattern = "one", .json_pointer = "/data/*/id"}, parts), "response body/data/0/id@16 [one]\n");
  EXPECT_EQ(found({.pattern = "", .json_pointer = "/data/1/id"}, parts), "response body/data/1/id@29 [two]\n");
  EXPECT_EQ(found({.pattern = "one", .json_pointer = "/none"}, parts), "");
}

TEST(Search, FiltersByStatusMethodAndRoute) {
  const RedactedParts parts = answered("POST", "/trips/7/legs", 404);
  for (const char* status : {"404", "4xx", "400-499"}) EXPECT_TRUE(fits({.status = {status}}, parts)) << status;
  for (const char* status : {"200", "5xx", "200-299", "none"})
    EXPECT_FALSE(fits({.status = {status}}, parts)) << status;
  EXPECT_TRUE(fits({.status = {"2xx", "4xx"}}, parts));
  EXPECT_TRUE(fits({.status = {"none"}}, failed("/a", FailureKind::kDns)));
  EXPECT_TRUE(fits({.methods = {"post"}}, parts));
  EXPECT_FALSE(fits({.methods = {"GET"}}, parts));
  for (const char* route : {"/trips/*/legs", "/trips/**", "POST /trips/**"})
    EXPECT_TRUE(fits({.routes = {route}}, parts)) << route;
  for (const char* route : {"/trips/*", "GET /trips/**"}) EXPECT_FALSE(fits({.routes = {route}}, parts)) << route;
  EXPECT_EQ(found({.pattern = "", .status = {"4xx"}}, parts), "@0 []\n");
  EXPECT_EQ(found({.pattern = "", .status = {"5xx"}}, parts), "");
}

TEST(Search, BadChoicesSayWhatIsAllowed) {
  for (const char* status : {"", "4", "4x", "099", "600-500", "200-", "xxx", "2000"}) {
    EXPECT_NE(found({.status = {status}}, {}).find("404, 4xx, 200-299 or none"), std::string::npos) << status;
  }
  EXPECT_NE(found({.routes = {"trips"}}, {}).find("--route trips"), std::string::npos);
  EXPECT_NE(found({.json_pointer = "data"}, {}).find("begin with /"), std::string::npos);
  EXPECT_NE(found({.pattern = "("}, {}).find("-F takes it as a text"), std::string::npos);
  EXPECT_NE(found({.pattern = std::string(5000, 'a')}, {}).find("4096"), std::string::npos);
}

TEST(Search, IsBoundedInEveryPlace) {
  const RedactedParts parts = answered("GET", "/", 200, std::string(1 << 20, 'a'));
  const auto hits = (*Search::make({.pattern = "a+?"}))->find(parts);
  EXPECT_LE(hits.size(), 3 * Search::kMostHits);
  const auto one = (*Search::make({.pattern = "a+"}))->find(parts);
  for (const Hit& hit : one) EXPECT_LE(hit.before.size() + hit.match.size() + hit.after.size(), 300u);
  EXPECT_FALSE(found({.pattern = "x*"}, parts).empty());  // an empty match moves on
}

}  // namespace
}  // namespace cvr::app
