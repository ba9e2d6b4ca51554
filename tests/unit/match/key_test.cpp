// What makes two requests the same, and what does not: the table that users rely on (CONTRACT
// "Matching").  same_bucket also checks that the explanation agrees.
#include <algorithm>

#include "kit.h"
#include "support/random.h"

namespace cvr::match {
namespace {

TEST(Key, HoldsTheFingerprintOfTheRules) {
  EXPECT_EQ(key_of(get("/"), test_rules()).rules, 7U);
  EXPECT_NE(key_of(get("/"), test_rules()), MatchKey{});
}

TEST(Key, CountsMethodOriginAndPath) {
  const RedactedRequest base = get("/a/b");
  EXPECT_TRUE(same_bucket(base, get("/a/b")));
  EXPECT_FALSE(same_bucket(base, request("HEAD", "/a/b")));
  EXPECT_FALSE(same_bucket(base, get("/a/B")));
  EXPECT_FALSE(same_bucket(base, get("/a/b/")));
  EXPECT_FALSE(same_bucket(base, get("/a%2Fb")));
  EXPECT_TRUE(same_bucket(get("/a%2fb"), get("/a%2Fb")));
  EXPECT_TRUE(same_bucket(get("/%61/%7Eb"), get("/a/~b")));
  RedactedRequest other = base;
  other.origin.host = "b.example.com";
  EXPECT_FALSE(same_bucket(base, other));
  other = base;
  other.origin.port = 444;
  EXPECT_FALSE(same_bucket(base, other));
  other = base;
  other.origin.scheme = http::Scheme::kHttp;
  EXPECT_FALSE(same_bucket(base, other));
}

TEST(Key, TakesQueriesInAnyOrderAndSpelling) {
  EXPECT_TRUE(same_bucket(get("/?a=1&b=2"), get("/?b=2&a=1")));
  EXPECT_TRUE(same_bucket(get("/?page%5Bnumber%5D=2"), get("/?page[number]=2")));
  EXPECT_TRUE(same_bucket(get("/?q=a+b"), get("/?q=a%20b")));
  EXPECT_FALSE(same_bucket(get("/?q=a%2Bb"), get("/?q=a+b")));
  EXPECT_TRUE(same_bucket(get("/?a"), get("/?a=")));
  EXPECT_TRUE(same_bucket(get("/?"), get("/")));
  EXPECT_TRUE(same_bucket(get("/?a=1&nonce=2"), get("/?nonce=3&a=1")));
  EXPECT_FALSE(same_bucket(get("/?a=1"), get("/?a=1&a=1")));
  EXPECT_FALSE(same_bucket(get("/?a=1"), get("/?a=2")));
  EXPECT_FALSE(same_bucket(get("/?a=1"), get("/")));
}

TEST(Key, TakesJsonAsValue) {
  const RedactedRequest base = json(R"({"pax":275,"legs":["A","B"]})");
  EXPECT_TRUE(same_bucket(base, json("{ \"legs\": [\"\\u0041\", \"B\"],\n \"pax\": 275 }")));
  EXPECT_TRUE(same_bucket(base, json(R"({"requestId":"x","pax":275,"legs":["A","B"]})")));
  EXPECT_TRUE(same_bucket(base, post("", R"({"pax":275,"legs":["A","B"]})")));
  EXPECT_TRUE(same_bucket(base, post("application/json; charset=utf-8", R"({"pax":275,"legs":["A","B"]})")));
  EXPECT_FALSE(same_bucket(base, json(R"({"pax":275.0,"legs":["A","B"]})")));
  EXPECT_FALSE(same_bucket(base, json(R"({"pax":"275","legs":["A","B"]})")));
  EXPECT_FALSE(same_bucket(base, json(R"({"pax":275,"legs":["B","A"]})")));
  EXPECT_FALSE(same_bucket(base, json(R"({"pax":275,"legs":["A","B"],"x":null})")));
  EXPECT_FALSE(same_bucket(base, json(R"({"pax":275,"legs":["A"]})")));
  EXPECT_FALSE(same_bucket(base, json("")));
}

TEST(Key, TakesFormsInAnyOrder) {
  EXPECT_TRUE(same_bucket(form("a=1&b=x+y"), form("b=x%20y&a=1")));
  EXPECT_TRUE(same_bucket(form("a=1&assertion=u"), form("assertion=v&a=1")));
  EXPECT_FALSE(same_bucket(form("a=1"), form("a=1&b=")));
  EXPECT_FALSE(same_bucket(form("a=1"), post("text/plain", "a=1")));
}

TEST(Key, TakesOtherBodiesAsBytes) {
  EXPECT_FALSE(same_bucket(post("text/plain", "a b"), post("text/plain", "a  b")));
  EXPECT_FALSE(same_bucket(json("{\"a\":1,}"), json("{\"a\":1 ,}")));
  EXPECT_TRUE(same_bucket(post("text/plain", "a"), post("text/csv", "a")));
  EXPECT_TRUE(same_bucket(post("multipart/x; boundary=A", "--A\r\n\r\nx\r\n--A--"),
                          post("multipart/x; boundary=zz", "--zz\r\n\r\nx\r\n--zz--")));
}

TEST(Key, CountsPresenceAndSchemeOfCredentials) {
  const auto with = [](std::string_view value) { return get("/", {field("Authorization", value)}); };
  EXPECT_TRUE(same_bucket(with("Bearer <<jwt:a>>"), with("bearer <<token:b>>")));
  EXPECT_FALSE(same_bucket(with("Bearer <<jwt:a>>"), with("Basic <<password:a>>")));
  EXPECT_FALSE(same_bucket(with("Bearer <<jwt:a>>"), get("/")));
  EXPECT_FALSE(same_bucket(with("Bearer <<jwt:a>>"), get("/", {field("X-Api-Token", "<<uuid:a>>")})));
  EXPECT_FALSE(same_exact(with("Bearer <<jwt:a>>"), with("Bearer <<jwt:b>>")));
  EXPECT_TRUE(same_exact(with("Bearer <<jwt:a>>"), with("Bearer <<jwt:a>>")));
}

TEST(Key, DoesNotCountTheRest) {
  RedactedRequest a = get("/", {field("User-Agent", "a"), field("Accept", "x")});
  RedactedRequest b = get("/", {field("Accept", "y"), field("X-New", "z")});
  b.minor_version = 0;
  b.trailers = {field("T", "1")};
  EXPECT_TRUE(same_exact(a, b));
}

TEST(Key, TellsPseudonymsByKindInTheBucketAndByValueExactly) {
  const auto both = [](const RedactedRequest& a, const RedactedRequest& b) {
    EXPECT_TRUE(same_bucket(a, b));
    EXPECT_FALSE(same_exact(a, b));
  };
  both(get("/u/<<id:1>>/x"), get("/u/<<id:2>>/x"));
  both(get("/?t=<<token:1>>"), get("/?t=<<jwt:22>>"));
  both(json(R"({"p":"<<password:1>>"})"), json(R"({"p":"<<password:2>>"})"));
  both(form("client_secret=<<password:1>>"), form("client_secret=<<password:2>>"));
  both(post("text/plain", "a<<token:1>>b"), post("text/plain", "a<<token:2>>b"));
  EXPECT_FALSE(same_bucket(get("/?t=<<token:1>>"), get("/?t=1")));
  EXPECT_FALSE(same_bucket(get("/?t=<<token:1>>"), get("/?t=%01secret%02")));
}

TEST(Key, KnowsOmittedBodiesBySizeAndDigest) {
  const auto omitted = [](std::uint64_t size, std::string digest) {
    RedactedRequest out = json("");
    out.body.omitted = "omitted: over the body limit";
    out.body.wire_size = size;
    out.body.digest = std::move(digest);
    return out;
  };
  EXPECT_TRUE(same_bucket(omitted(9, "aa"), omitted(9, "aa")));
  EXPECT_FALSE(same_bucket(omitted(9, "aa"), omitted(9, "ab")));
  EXPECT_FALSE(same_bucket(omitted(9, "aa"), omitted(8, "aa")));
  EXPECT_FALSE(same_bucket(omitted(0, ""), json("")));
}

// Random JSON, written in two orders of members; with a change in one leaf.
class RandomJson {
 public:
  // `changed`: one leaf is another.  The two texts hold the same value otherwise.
  std::pair<std::string, std::string> make(bool changed) {
    change_at_ = changed ? 0 : -1;
    return value(4);
  }

 private:
  using Two = std::pair<std::string, std::string>;
  static std::size_t pick(std::size_t below) { return test::rng()() % below; }

  Two leaf() {
    const std::string text = std::vector<std::string>{"1", "1.0", "true", "null", "\"1\"", "\"\\u00e4\\n\""}[pick(6)];
    return change_at_-- == 0 ? Two(text, "\"changed\"") : Two(text, text);
  }
  Two value(int depth) {
    const std::size_t shape = depth == 4 ? pick(2) : pick(4);
    if (depth == 0 || shape >= 2) return leaf();
    std::vector<Two> items;
    for (std::size_t i = 0, count = 1 + pick(5); i < count; ++i) {
      Two item = value(depth - 1);
      const std::string name = "\"k" + std::to_string(i) + "\" :";
      items.push_back(shape == 0 ? Two(name + item.first, name + item.second) : item);
    }
    const auto join = [shape](const std::vector<std::string>& texts) {
      std::string out;
      for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + text;
      return shape == 0 ? "{" + out + "}" : "[" + out + "]";
    };
    std::vector<std::string> first, second;
    for (const Two& item : items) first.push_back(item.first), second.push_back(item.second);
    if (shape == 0) std::shuffle(second.begin(), second.end(), test::rng());
    return {join(first), join(second)};
  }

  int change_at_ = -1;
};

TEST(Key, IsTheSameInEveryOrderOfMembersAndTellsEveryLeaf) {
  RandomJson random;
  for (int i = 0; i < 500; ++i) {
    const auto [one, same] = random.make(false);
    EXPECT_TRUE(same_bucket(json(one), json(same))) << one << '\n' << same;
    const auto [other, changed] = random.make(true);
    EXPECT_FALSE(same_bucket(json(other), json(changed))) << other << '\n' << changed;
  }
}

TEST(Key, StandsForEver) {
  // Cassettes hold keys: who changes this value changes kCanonicalFormVersion in rules.cpp too.
  const RedactedRequest r =
      request("POST", "/a%2Db/<<id:7>>?x=1", {field("Authorization", "Bearer <<jwt:t>>")}, R"({"b":[1,"x"],"a":null})");
  const MatchKey key = key_of(r, test_rules());
  EXPECT_EQ(key, (MatchKey{0xbae06886efa65c68, 0x2f5b43f774cf2894, 0xdcfb47e769fac2bc, 0x1dd2dd2f3c2b24fa, 7}));
}

}  // namespace
}  // namespace cvr::match
