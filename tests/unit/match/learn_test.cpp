#include "match/learn.h"

#include "kit.h"

namespace cvr::match {
namespace {

class Learn : public ::testing::Test {
 protected:
  void both(RedactedRequest a, RedactedRequest b) {
    first_.push_back(std::move(a));
    second_.push_back(std::move(b));
  }
  static Recording recording(const std::vector<RedactedRequest>& requests) {
    return {requests.size(), [&requests](std::uint64_t i) -> Result<RedactedInteraction> {
              RedactedParts parts;
              parts.request = requests[i];
              return RedactionPass::vouch(std::move(parts));
            }};
  }
  Lessons lessons(const MatchRules& rules = test_rules()) {
    return learn(recording(first_), recording(second_), rules);
  }
  std::string told() {
    std::string out;
    for (const Lesson& l : lessons().lessons) {
      out += l.route + "|" + l.part + "|" + l.name + "|" + l.comparison + "|" + std::to_string(l.differed) + "/" +
             std::to_string(l.pairs) + "\n";
    }
    return out;
  }

  std::vector<RedactedRequest> first_, second_;
};

TEST_F(Learn, EqualRecordingsTeachNothing) {
  both(get("/a"), get("/a"));
  both(json("[1]"), json("[1]"));
  const Lessons all = lessons();
  EXPECT_EQ(all.paired, 2U);
  EXPECT_EQ(all.equal, 2U);
  EXPECT_TRUE(all.lessons.empty());
}

TEST_F(Learn, ValuesThatDifferWithHowOften) {
  both(json(R"({"at":"2026-03-16T08:00:00Z","legs":[{"t":1},{"t":2}],"pax":4})"),
       json(R"({"at":"2026-03-17T09:30:00Z","legs":[{"t":7},{"t":8}],"pax":4})"));
  both(json(R"({"at":"2026-03-16T08:00:01Z","pax":5})"), json(R"({"at":"2026-03-17T09:30:01Z","pax":5})"));
  both(get("/b?ts=12&x=1"), get("/b?ts=13&x=1"));
  EXPECT_EQ(told(),
            "GET /b|query|ts|regex:[0-9]+|1/1\n"
            "POST /things|json|/at|regex:[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]+(?:Z|[+-][0-9:]+)?)?|2/2\n"
            "POST /things|json|/legs/*/t|regex:[0-9]+|2/2\n");
}

TEST_F(Learn, IdsInPathsAreARegularExpression) {
  both(get("/trips/17/legs"), get("/trips/18/legs"));
  EXPECT_EQ(told(), "GET /trips/*/legs|path||regex:^/trips/[^/]+/legs$|1/1\n");
}

TEST_F(Learn, WhatIsMissingOnOneSideOrOfNoShapeIsAny) {
  both(json(R"({"a":"x","b":1})"), json(R"({"a":"y"})"));
  EXPECT_EQ(told(), "POST /things|json|/a|any|1/1\nPOST /things|json|/b|any|1/1\n");
}

TEST_F(Learn, CredentialsBytesAndLonersAreNotLearned) {
  both(get("/a", {field("Authorization", "Bearer <<token:x>>")}), get("/a"));
  both(post("text/plain", "one"), post("text/plain", "two"));
  first_.push_back(get("/alone"));
  second_.push_back(request("DELETE", "/other"));
  const Lessons all = lessons();
  EXPECT_TRUE(all.lessons.empty());
  EXPECT_EQ(all.unlearned,
            (std::vector<std::string>{"#1 GET /a: credentials differs", "#2 POST /things: a body of bytes differs"}));
  EXPECT_EQ(all.only_first, std::vector<std::uint64_t>{3});
  EXPECT_EQ(all.only_second, std::vector<std::uint64_t>{3});
}

TEST_F(Learn, TheTomlSaysTheEvidence) {
  both(get("/trips/17?t=1"), get("/trips/18?t=2"));
  EXPECT_EQ(to_toml(lessons()),
            "[[match.routes]]\n"
            "route = \"GET /trips/*\"\n"
            "path = \"regex:^/trips/[^/]+$\"  # differs in 1 of 1: /trips/17 | /trips/18\n"
            "[match.routes.query]\n"
            "\"t\" = \"regex:[0-9]+\"  # differs in 1 of 1: 1 | 2\n");
}

// A star for a whole segment would take in GET /echo, and the first route that fits counts.
TEST_F(Learn, NarrowRoutesStandFirstAndKeepWhatIdsBeginWith) {
  both(get("/trip4001?t=1"), get("/trip4002?t=2"));
  both(get("/zebra?t=1"), get("/zebra?t=2"));
  both(get("/7/atrip-17?t=1"), get("/7/atrip-18?t=2"));
  const std::string toml = to_toml(lessons());
  EXPECT_NE(toml.find("route = \"GET /trip*\"\npath = \"regex:^/trip[^/]+$\""), toml.npos) << toml;
  EXPECT_NE(toml.find("route = \"GET /*/atrip-*\""), toml.npos) << toml;
  EXPECT_LT(toml.find("GET /zebra"), toml.find("GET /trip*")) << toml;
}

TEST(Narrowest, OfTheKnownShapes) {
  const std::string uuid = "7b0c5f3e-1111-4222-8333-444455556666";
  EXPECT_TRUE(narrowest(uuid, "00000000-0000-0000-0000-000000000000").starts_with("regex:[0-9a-fA-F]{8}-"));
  EXPECT_EQ(narrowest("1", "22"), "regex:[0-9]+");
  EXPECT_EQ(narrowest("0a0b0c0d", "ffffffff"), "regex:[0-9a-f]{8,}");
  EXPECT_EQ(narrowest("1", "one"), "any");
  EXPECT_TRUE(narrowest("2026-01-01", "2026-01-02 10:00:00+01:00").starts_with("regex:[0-9]{4}-"));
}

}  // namespace
}  // namespace cvr::match
