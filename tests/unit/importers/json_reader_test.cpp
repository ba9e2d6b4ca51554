#include "importers/json_reader.h"

namespace cvr::importers {
namespace {

std::string error_of(std::string_view text, const Streamed& streamed = {{}, nullptr}) {
  const auto node = read_json(text, streamed);
  return node ? "" : node.error().text;
}

TEST(JsonReader, WhatIsBrokenIsToldAndTheRestIsRead) {
  std::string told;
  std::vector<std::size_t> seen;
  Streamed streamed;
  streamed.path = {"a"};
  streamed.each = [&](Node&, std::size_t number) -> Result<void> {
    seen.push_back(number);
    return {};
  };
  streamed.bad = [&](const Error& why, std::size_t number) { told += std::to_string(number) + " " + why.text + "\n"; };
  NodeLimits limits;
  limits.text = 8;
  EXPECT_TRUE(
      read_json(R"({"a":[1,{"x":[{"b":1,"b":2},3]},[{"long":"123456789","b":[1]},7],"123456789",{"c":"d"}]} xx)",
                streamed, limits));
  EXPECT_EQ(seen, (std::vector<std::size_t>{1, 5}));
  EXPECT_NE(told.find("2 JSON: a name twice"), std::string::npos) << told;
  EXPECT_NE(told.find("3 JSON: a text of more than 0 MiB"), std::string::npos) << told;
  EXPECT_NE(told.find("4 JSON: a text of more than 0 MiB"), std::string::npos) << told;
  EXPECT_NE(told.find("0 JSON: bytes after the value"), std::string::npos) << told;
  EXPECT_FALSE(read_json(R"({"a":[1,{"x"]})", streamed));
  EXPECT_FALSE(read_json(R"({"a":[],"a":[]})", streamed));
}

TEST(JsonReader, KeepsTextNumbersAndOrder) {
  const auto node = read_json(R"({"b":[1,275.0,true,null],"a":{"c":"x\ny"}})");
  ASSERT_TRUE(node.has_value());
  EXPECT_EQ(node->members[0].name, "b");
  EXPECT_EQ(node->members[0].node.items[1].text, "275.0");
  EXPECT_EQ(node->members[0].node.items[2].text, "true");
  EXPECT_TRUE(node->members[0].node.items[3].is(Node::Type::kNull));
  EXPECT_EQ(node->find("a")->text_of("c"), "x\ny");
  EXPECT_EQ(node->find("a")->raw, R"({"c":"x\ny"})");
}

TEST(JsonReader, HandsOutTheElementsOfOneList) {
  std::vector<std::string> seen;
  const auto each = [&](Node& node, std::size_t number) -> Result<void> {
    seen.push_back(std::to_string(number) + node.text);
    return {};
  };
  const auto node = read_json(R"({"x":["no"],"log":{"y":1,"entries":["a","b"],"z":2}})", {{"log", "entries"}, each});
  ASSERT_TRUE(node.has_value());
  EXPECT_EQ(seen, (std::vector<std::string>{"1a", "2b"}));
  EXPECT_TRUE(node->find("log")->find("entries")->items.empty());
  EXPECT_EQ(node->find("log")->integer_of("z"), 2);
  seen.clear();
  EXPECT_TRUE(read_json(R"(["a"])", {{}, each}).has_value());
  EXPECT_EQ(seen, std::vector<std::string>{"1a"});
}

TEST(JsonReader, PassesOverWithoutEach) {
  const auto node = read_json(R"({"log":{"entries":[{"a":[1,{"b":2}]},3],"z":2}})", {{"log", "entries"}, nullptr});
  ASSERT_TRUE(node.has_value());
  EXPECT_EQ(node->find("log")->integer_of("z"), 2);
  EXPECT_NE(error_of(R"({"log":{"entries":[{"a":]}})", {{"log", "entries"}, nullptr}), "");
}

TEST(JsonReader, StopsWithWhatEachSays) {
  const auto each = [](Node&, std::size_t) -> Result<void> { return fail(ErrorCode::kLimit, "enough"); };
  EXPECT_EQ(error_of("[1,2]", {{}, each}), "enough");
}

TEST(JsonReader, RefusesWithThePlace) {
  EXPECT_EQ(error_of(R"({"a":1,"a":2})"), "JSON: a name twice in the object that ends at byte 12");
  EXPECT_EQ(error_of(R"({"a":1,"\u0061":2})"), "JSON: a name twice in the object that ends at byte 17");
  EXPECT_EQ(error_of("[1"), "JSON: unexpected end at byte 2");
  EXPECT_EQ(error_of("[1] 2"), "JSON: bytes after the value at byte 4");
  EXPECT_EQ(error_of(std::string(65, '[')), "JSON: nested too deeply at byte 64");
}

TEST(JsonReader, LimitsValuesByElement) {
  const NodeLimits limits{64, 10};
  const auto each = [](Node&, std::size_t) -> Result<void> { return {}; };
  EXPECT_TRUE(read_json("[[1,2,3],[1,2,3],[1,2,3],[1,2,3]]", {{}, each}, limits).has_value());
  const auto many = read_json("[[1,2,3,4,5,6,7,8,9,10]]", {{}, each}, limits);
  ASSERT_FALSE(many.has_value());
  EXPECT_EQ(many.error().code, ErrorCode::kLimit);
  EXPECT_FALSE(read_json("[1,2,3,4,5,6,7,8,9,10]", {{"x"}, each}, limits).has_value());
}

TEST(JsonReader, TellsHalfSurrogatePairs) {
  EXPECT_TRUE(read_json(R"("a\ud800b")")->lone);
  EXPECT_TRUE(read_json(R"("\udc00\ud800")")->lone);
  EXPECT_FALSE(read_json(R"("\ud83d\ude00")")->lone);
  EXPECT_FALSE(read_json(R"("\\ud800")")->lone);
}

TEST(JsonReader, CompactsOutsideOfStrings) {
  EXPECT_EQ(compact_json("{ \"a b\" :\n [1.50 , \"x \\\" y\\\\\" , 2 ] }"), "{\"a b\":[1.50,\"x \\\" y\\\\\",2]}");
}

}  // namespace
}  // namespace cvr::importers
