#include "match/json_walk.h"

#include "kit.h"

namespace cvr::match {
namespace {

std::optional<std::string> walked(std::string_view body) {
  Transcript out;
  if (!walk_json(marked(body), test_rules(), PartRules{}, out)) return std::nullopt;
  return out.text();
}

TEST(JsonWalk, ReportsValues) {
  EXPECT_EQ(walked(R"( {"b" : [1, "x", null, {}], "a":{"c":-2.50e1}} )"), "{b=[n:1,s:x,w:null,{}],a={c=n:-2.50e1}}");
  EXPECT_EQ(walked(R"("\u0041")"), "s:A");
}

TEST(JsonWalk, LeavesVolatileMembersOutAtAnyDepth) {
  EXPECT_EQ(walked(R"({"requestId":1,"a":2})"), "{a=n:2}");
  EXPECT_EQ(walked(R"({"a":2,"REQUESTID":{"x":[{"requestId":1}]}})"), "{a=n:2}");
  EXPECT_EQ(walked(R"([{"request\u0049d":[[],{}]},{"b":{"requestId":"x","c":1}}])"), "[{},{b={c=n:1}}]");
  EXPECT_EQ(walked(R"({"requestId":null})"), "{}");
}

TEST(JsonWalk, ReportsPseudonymsInNamesAndValues) {
  EXPECT_EQ(walked(R"({"<<id:k>>":"a<<token:t>>","n":<<number:12>>})"),
            "{\x01id\x02=s:a\x01secret\x02|at,n=n:\x01number\x02|12}");
}

TEST(JsonWalk, RefusesWhatIsNoJson) {
  for (const std::string_view bad :
       {"", "{", "{]", "[1,]", "{\"a\"}", "nul", "\"\xff\"", "[1] 2", "{\"a\":1,}", "\"\n\""}) {
    EXPECT_EQ(walked(bad), std::nullopt) << bad;
  }
}

TEST(JsonWalk, BoundsDepthAndMembers) {
  EXPECT_TRUE(walked(std::string(64, '[') + std::string(64, ']')));
  EXPECT_FALSE(walked(std::string(65, '[') + std::string(65, ']')));
  EXPECT_FALSE(walked(std::string(1 << 20, '[')));
  const auto members = [](std::size_t count) {
    std::string text = "{\"a\":0";
    for (std::size_t i = 1; i < count; ++i) text += ",\"a\":0";
    return text + "}";
  };
  EXPECT_TRUE(walked(members(kMostMembers)));
  EXPECT_FALSE(walked(members(kMostMembers + 1)));
}

}  // namespace
}  // namespace cvr::match
