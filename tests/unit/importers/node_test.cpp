#include "importers/node.h"

namespace cvr::importers {
namespace {

Node number(std::string text) {
  Node node;
  node.type = Node::Type::kNumber;
  node.text = std::move(text);
  return node;
}

TEST(Node, FindsMembersByNameAndType) {
  Node map;
  map.type = Node::Type::kMap;
  map.members.push_back({"a", number("1")});
  EXPECT_NE(map.find("a"), nullptr);
  EXPECT_EQ(map.find("b"), nullptr);
  EXPECT_EQ(map.find("a", Node::Type::kText), nullptr);
  EXPECT_EQ(map.text_of("a"), "");
  EXPECT_EQ(map.integer_of("a"), 1);
  EXPECT_FALSE(map.flag_of("a"));
}

TEST(Node, NumbersAreBounded) {
  EXPECT_EQ(number_in(number("1.5")), 1.5);
  EXPECT_FALSE(number_in(number("1.5x")));
  EXPECT_FALSE(number_in(number("")));
  EXPECT_FALSE(number_in(number("1e999")));
  EXPECT_FALSE(number_in(number("nan")));
  EXPECT_FALSE(number_in(Node{}));
  Node map;
  map.members.push_back({"n", number("1e300")});
  EXPECT_FALSE(map.integer_of("n"));
}

TEST(Node, TellsANameThatStandsTwice) {
  std::vector<Member> members;
  for (const char* name : {"c", "a", "b"}) members.push_back({name, {}});
  EXPECT_EQ(twice(members), nullptr);
  members.push_back({"a", {}});
  ASSERT_NE(twice(members), nullptr);
  EXPECT_EQ(*twice(members), "a");
}

}  // namespace
}  // namespace cvr::importers
