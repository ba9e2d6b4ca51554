#include "match/digester.h"

#include "kit.h"
#include "match/json_walk.h"

namespace cvr::match {
namespace {

Digest digest(std::string_view body) {
  Digester digester;
  EXPECT_TRUE(walk_json(marked(body), test_rules(), PartRules{}, digester)) << body;
  return digester.take();
}

bool same(std::string_view a, std::string_view b) { return digest(a).by_kind == digest(b).by_kind; }

TEST(Digester, DoesNotCountMemberOrderAndSpace) {
  EXPECT_TRUE(same(R"({"a":1,"b":{"c":2,"d":[3]}})", "{ \"b\" : {\"d\":[3],\n\"c\":2},\t\"a\":1}"));
}

TEST(Digester, CountsTheRest) {
  const std::vector<std::string> different = {"1",
                                              "1.0",
                                              "\"1\"",
                                              "\"\"",
                                              "null",
                                              "\"null\"",
                                              "true",
                                              "[]",
                                              "{}",
                                              "[[]]",
                                              "[{}]",
                                              "[1]",
                                              "[1,1]",
                                              "[1,2]",
                                              "[2,1]",
                                              "[[1],2]",
                                              "[1,[2]]",
                                              "[[1,2]]",
                                              R"({"a":1})",
                                              R"({"a":"1"})",
                                              R"({"b":1})",
                                              R"({"a":1,"b":1})",
                                              R"({"a":{}})",
                                              R"({"a":[]})",
                                              R"({"a":{"b":1}})",
                                              R"({"a":1,"a":2})",
                                              R"({"a":2,"a":1})",
                                              R"({"a":1,"a":1})",
                                              R"({"a":{"x":1},"a":{"y":2}})",
                                              R"({"a":{"x":1,"y":2}})",
                                              R"(["a",1])",
                                              R"([{"a":1},{"b":1}])",
                                              R"([{"b":1},{"a":1}])"};
  for (std::size_t i = 0; i < different.size(); ++i) {
    for (std::size_t j = 0; j < different.size(); ++j) {
      EXPECT_EQ(same(different[i], different[j]), i == j) << different[i] << " and " << different[j];
    }
  }
}

TEST(Digester, KeepsTheOrderOfOneNameOnly) {
  EXPECT_TRUE(same(R"({"a":1,"b":0,"a":2})", R"({"b":0,"a":1,"a":2})"));
  EXPECT_FALSE(same(R"({"a":1,"b":0,"a":2})", R"({"a":2,"b":0,"a":1})"));
}

TEST(Digester, SortsManyMembersToo) {
  std::string up = "{", down = "}";
  for (int i = 0; i < 1000; ++i) {
    const std::string member = "\"k" + std::to_string(i) + "\":" + std::to_string(i);
    up += (i > 0 ? "," : "") + member;
    down.insert(0, member + (i > 0 ? "," : ""));
  }
  EXPECT_TRUE(same(up + "}", "{" + down));
}

TEST(Digester, TellsPseudonymsByKindAndExactly) {
  const Digest one = digest(R"({"a":"<<token:x>>","b":[1]})");
  const Digest other = digest(R"({"b":[1],"a":"<<jwt:y>>"})");
  EXPECT_EQ(one.by_kind, other.by_kind);
  EXPECT_NE(one.exact, other.exact);
  EXPECT_NE(one.by_kind, one.exact);
  EXPECT_FALSE(same(R"({"a":"<<token:x>>"})", R"({"a":"<<email:x>>"})"));
  EXPECT_FALSE(same(R"({"a":"<<token:x>>"})", R"({"a":"x"})"));
  EXPECT_EQ(digest(R"({"a":1})").by_kind, digest(R"({"a":1})").exact);
}

TEST(Digester, TakesPairsInAnyOrder) {
  const auto pairs = [](std::string_view query) {
    Digester digester;
    walk_query(get("/?" + std::string(query)), test_rules(), PartRules{}, digester);
    return digester.take();
  };
  EXPECT_EQ(pairs("a=1&b=2&a=3"), pairs("a=3&b=2&a=1"));
  EXPECT_EQ(pairs("a=<<token:x>>&a=<<token:y>>"), pairs("a=<<token:y>>&a=<<token:x>>"));
  EXPECT_NE(pairs("a=1"), pairs("a=1&a=1"));
  EXPECT_NE(pairs("a=1&b=2"), pairs("a=2&b=1"));
  EXPECT_NE(pairs(""), Digest());
}

TEST(Digester, StartsAnew) {
  Digester digester;
  digester.begin(Shape::kObject);
  digester.name({"a", "a"});
  digester.restart();
  digester.leaf({"x", "x"});
  const Digest first = digester.take();
  EXPECT_EQ(digester.take(), Digest());
  digester.leaf({"x", "x"});
  EXPECT_EQ(digester.take(), first);
}

}  // namespace
}  // namespace cvr::match
