#include "importers/yaml_reader.h"

namespace cvr::importers {
namespace {

std::string error_of(std::string_view text) {
  const auto node = read_yaml(text);
  return node ? "" : node.error().text;
}

TEST(YamlReader, WhatIsBrokenIsToldAndTheRestIsRead) {
  std::string told;
  std::vector<std::size_t> seen;
  Streamed streamed;
  streamed.path = {"a"};
  streamed.each = [&](Node&, std::size_t number) -> Result<void> {
    seen.push_back(number);
    return {};
  };
  streamed.bad = [&](const Error& why, std::size_t number) { told += std::to_string(number) + " " + why.text + "\n"; };
  EXPECT_TRUE(
      read_yaml("a:\n- &x 1\n- {b: [!!python/object:os.x {c: [d]}, 2], e: {f: g}}\n- [*x]\n- {b: 1, b: 2}\n"
                "- !!binary '*'\n- [1]\n---\na: []\n",
                streamed));
  EXPECT_EQ(seen, (std::vector<std::size_t>{1, 6}));
  EXPECT_EQ(told,
            "2 YAML: line 3: a tag that stands for an object is not read; only text, bytes and numbers\n"
            "3 YAML: line 4: an alias (*name) is not read; write the value out\n"
            "4 YAML: line 5: a name twice in the map that ends here\n"
            "5 YAML: line 6: !binary is no base64\n"
            "0 YAML: line 8: more than one document\n");
  EXPECT_FALSE(read_yaml("a:\n- 1\n b: [\n", streamed));
}

TEST(YamlReader, ALongTextIsStoppedWhileItIsRead) {
  NodeLimits limits;
  limits.text = std::size_t{1} << 20;
  const auto read = read_yaml("a: \"" + std::string(8u << 20, 'x') + "\"\n", {}, limits);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().text, "YAML: line 1: a text of more than 1 MiB");
  EXPECT_TRUE(read_yaml("a: \"" + std::string(1u << 19, 'x') + "\"\n", {}, limits));
  std::string many = "a:\n";
  for (int i = 0; i < 8; ++i) many += "- " + std::string(1u << 19, 'x') + "\n";
  EXPECT_TRUE(read_yaml(many, {}, limits));
}

TEST(YamlReader, ReadsScalarsListsAndMaps) {
  const auto node = read_yaml("a: 1\nb: '2'\nc: [x, ~, true, 275.0, yes]\nd:\n  e: |\n    line\n");
  ASSERT_TRUE(node.has_value()) << node.error().text;
  EXPECT_TRUE(node->find("a")->is(Node::Type::kNumber));
  EXPECT_TRUE(node->find("b")->is(Node::Type::kText));
  const auto& items = node->find("c")->items;
  EXPECT_EQ(items[0].text, "x");
  EXPECT_TRUE(items[1].is(Node::Type::kNull));
  EXPECT_TRUE(items[2].is(Node::Type::kFlag));
  EXPECT_EQ(items[3].text, "275.0");
  EXPECT_TRUE(items[4].is(Node::Type::kText));
  EXPECT_EQ(node->find("d")->text_of("e"), "line\n");
  EXPECT_EQ(node->find("d")->at, 5u);
}

TEST(YamlReader, ReadsBytesAndTextTags) {
  const auto node = read_yaml(
      "a: !!binary |\n  AAEC\n  /w==\nb: !binary 'AA=='\nc: !!python/unicode 'x'\nd: !ruby/string 1\ne: !!str 5\n");
  ASSERT_TRUE(node.has_value()) << node.error().text;
  EXPECT_EQ(node->text_of("a"), std::string("\x00\x01\x02\xff", 4));
  EXPECT_TRUE(node->find("a")->bytes);
  EXPECT_EQ(node->text_of("b"), std::string(1, '\0'));
  EXPECT_EQ(node->text_of("c"), "x");
  EXPECT_EQ(node->text_of("d"), "1");
  EXPECT_EQ(node->text_of("e"), "5");
}

TEST(YamlReader, RefusesWhatStandsForMore) {
  EXPECT_EQ(error_of("a: &x 1\nb: *x\n"), "YAML: line 2: an alias (*name) is not read; write the value out");
  for (const char* text : {"a: !!python/object:os.system x", "a: !ruby/object:Gem {}", "!!set {a}", "a: !<tag:x> 1",
                           "a: !!python/name:os.system ''", "a: !ruby/struct:X [1]"}) {
    EXPECT_NE(error_of(text).find("a tag that stands for an object is not read"), std::string::npos) << text;
  }
  EXPECT_NE(error_of("a: !!binary '*'"), "");
  EXPECT_NE(error_of("? [a]\n: b\n"), "");
}

TEST(YamlReader, RefusesWithTheLine) {
  EXPECT_EQ(error_of("a: 1\nb: 2\na: 3\n"), "YAML: line 4: a name twice in the map that ends here");
  EXPECT_NE(error_of("a:\n b: 1\n  c: 2\n").find("YAML: line 3: "), std::string::npos);
  EXPECT_EQ(error_of("a: 1\n---\nb: 2\n"), "YAML: line 2: more than one document");
  EXPECT_NE(error_of(""), "");
  EXPECT_NE(error_of(std::string("a: \0b", 5)), "");
}

TEST(YamlReader, HasLimits) {
  EXPECT_NE(error_of(std::string(65, '[') + std::string(65, ']')).find("nested too deeply"), std::string::npos);
  EXPECT_EQ(error_of(std::string(63, '[') + std::string(63, ']')), "");
  const NodeLimits limits{64, 10};
  EXPECT_FALSE(read_yaml("[1,2,3,4,5,6,7,8,9,10]", {{}, nullptr}, limits).has_value());
}

TEST(YamlReader, HandsOutTheElementsOfOneList) {
  std::vector<std::string> seen;
  const auto each = [&](Node& node, std::size_t number) -> Result<void> {
    seen.push_back(std::to_string(number) + node.text);
    return {};
  };
  const auto node = read_yaml("x: [no]\nlist:\n- a\n- b\ny: 1\n", {{"list"}, each});
  ASSERT_TRUE(node.has_value());
  EXPECT_EQ(seen, (std::vector<std::string>{"1a", "2b"}));
  EXPECT_EQ(node->integer_of("y"), 1);
}

}  // namespace
}  // namespace cvr::importers
