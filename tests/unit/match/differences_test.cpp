#include "match/differences.h"

#include <algorithm>

#include "kit.h"

namespace cvr::match {
namespace {

RedactedParts answered(RedactedRequest request, std::string_view body, std::vector<RedactedField> more = {}) {
  RedactedParts parts;
  parts.request = std::move(request);
  parts.response.emplace();
  parts.response->status = 200;
  parts.response->fields = std::move(more);
  parts.response->fields.push_back(field("Content-Type", "application/json"));
  parts.response->body.content = marked(body);
  return parts;
}

// "part place: before -> after", volatile ones in brackets.
std::string told(const RedactedParts& a, const RedactedParts& b, const MatchRules& rules = test_rules()) {
  std::string out;
  for (const PartDifference& d : differences(a, b, rules, {"X-Trace"})) {
    const std::string line = d.part + " " + d.place + ": " + d.before + " -> " + d.after;
    out += (d.is_volatile ? "[" + line + "]" : line) + "\n";
  }
  return out;
}

TEST(Differences, JsonIsToldByPath) {
  EXPECT_EQ(told(answered(get("/a"), R"({"x":{"y":[1,2]},"same":1})"),
                 answered(get("/a"), R"({"same":1,"x":{"y":[1,3,4]}})")),
            "response body /x/y/1: 2 -> 3\nresponse body /x/y/2: absent -> 4\n");
}

TEST(Differences, VolatileOnesStandApart) {
  EXPECT_EQ(told(answered(get("/a?nonce=1"), R"({"requestId":1,"v":1})", {field("Date", "x"), field("x-trace", "1")}),
                 answered(get("/a?nonce=2"), R"({"requestId":2,"v":2})", {field("Date", "y"), field("X-Trace", "2")})),
            "[request query nonce: 1 -> 2]\n"
            "[response header date: x -> y]\n[response header x-trace: 1 -> 2]\n"
            "[response body /requestId: 1 -> 2]\nresponse body /v: 1 -> 2\n");
}

TEST(Differences, TheUsersRulesDecideToo) {
  MatchRules rules = test_rules();
  rules.parts.json_values.push_back({"/data/*/id", parse_comparison("any").value()});
  EXPECT_EQ(told(answered(get("/a"), R"({"data":[{"id":1,"n":1}]})"),
                 answered(get("/a"), R"({"data":[{"id":2,"n":2}]})"), rules),
            "[response body /data/0/id: 1 -> 2]\nresponse body /data/0/n: 1 -> 2\n");
}

TEST(Differences, PseudonymsCompareByKind) {
  const RedactedParts a =
      answered(get("/a", {field("Authorization", "Bearer <<jwt:one>>")}), R"({"t":"<<token:one>>"})");
  EXPECT_EQ(told(a, answered(get("/a", {field("Authorization", "Bearer <<jwt:two>>")}), R"({"t":"<<token:two>>"})")),
            "");
  EXPECT_NE(told(a, answered(get("/a", {field("Authorization", "Bearer <<token:x>>")}), R"({"t":"<<email:x>>"})")), "");
}

TEST(Differences, AnAnswerThatIsMissingIsOne) {
  RedactedParts failed = answered(get("/a"), "{}");
  failed.response.reset();
  failed.failure = Failure{FailureKind::kTimeout, "no answer"};
  EXPECT_EQ(told(answered(get("/a"), "{}"), failed), "response : 200 -> absent\nfailure : absent -> timeout\n");
  EXPECT_EQ(told(failed, failed), "");
}

TEST(Differences, ABodyThatIsMissingIsOne) {
  EXPECT_EQ(told(answered(get("/a"), ""), answered(get("/a"), "{}")), "response body : absent -> a body\n");
}

TEST(Differences, AHeaderThatSpellsAbsentIsThere) {
  EXPECT_EQ(told(answered(get("/a"), "{}", {field("X-A", "absent")}), answered(get("/a"), "{}")),
            "response header x-a: absent -> absent\n");
}

TEST(Differences, HostileTextStaysOnItsLine) {
  const std::string out = told(answered(get("/a"), "{}", {field("X-A", "1\n\x1b[2J")}), answered(get("/a"), "{}"));
  EXPECT_EQ(out.find('\x1b'), std::string::npos);
  EXPECT_EQ(std::ranges::count(out, '\n'), 1);
}

}  // namespace
}  // namespace cvr::match
