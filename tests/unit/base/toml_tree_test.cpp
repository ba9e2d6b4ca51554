#include "base/toml_tree.h"

namespace cvr {
namespace {

std::string complaint(std::string_view text) {
  const auto tree = parse_toml(text, "dir/x.toml");
  if (tree) return "";
  EXPECT_EQ(tree.error().code, ErrorCode::kUsage);
  EXPECT_EQ(tree.error().text.find('\n'), std::string::npos);
  return tree.error().text;
}

TEST(TomlTree, TypesOrderAndLines) {
  const auto tree = parse_toml(R"(z = "text"
a = 7
m = true
f = 1.5

list = [1,
  "two"]
[table]
"quoted key" = []
[[rule]]
x = 1
[[rule]]
x = 2
)",
                               "x.toml");
  ASSERT_TRUE(tree) << tree.error().text;
  std::vector<std::string> names;
  for (const TomlMember& member : tree->members) names.push_back(member.name);
  EXPECT_EQ(names, (std::vector<std::string>{"z", "a", "m", "f", "list", "table", "rule"}));
  EXPECT_EQ(tree->find("z")->text, "text");
  EXPECT_EQ(tree->find("a")->integer, 7);
  EXPECT_TRUE(tree->find("m")->flag);
  EXPECT_EQ(tree->find("f")->type, TomlNode::Type::kOther);
  EXPECT_EQ(tree->find("list")->line, 6u);
  EXPECT_EQ(tree->find("list")->items.at(1).line, 7u);
  EXPECT_FALSE(tree->find("list")->is_table_list());
  EXPECT_NE(tree->find("table")->find("quoted key"), nullptr);
  ASSERT_TRUE(tree->find("rule")->is_table_list());
  EXPECT_EQ(tree->find("rule")->items.at(1).line, 12u);
  EXPECT_EQ(tree->find("nothing"), nullptr);
}

TEST(TomlTree, TimesKeepTheirText) {
  const auto tree =
      parse_toml("a = 2026-03-17\nb = 2026-03-16T08:00:00Z\nc = 2026-03-16T08:00:00.5+01:00\nd = 07:32:00\n", "x");
  ASSERT_TRUE(tree) << tree.error().text;
  for (const TomlMember& member : tree->members) EXPECT_EQ(member.node.type, TomlNode::Type::kTime) << member.name;
  EXPECT_EQ(tree->find("a")->text, "2026-03-17");
  EXPECT_EQ(tree->find("b")->text, "2026-03-16T08:00:00Z");
  EXPECT_EQ(tree->find("c")->text, "2026-03-16T08:00:00.5+01:00");
  EXPECT_EQ(tree->find("d")->text, "07:32:00");
}

TEST(TomlTree, EmptyTexts) {
  for (const char* text : {"", "\n\n", "# nothing"}) {
    const auto tree = parse_toml(text, "x");
    ASSERT_TRUE(tree);
    EXPECT_TRUE(tree->members.empty());
    EXPECT_EQ(tree->type, TomlNode::Type::kTable);
  }
}

TEST(TomlTree, BrokenTextsNameTheLine) {
  EXPECT_TRUE(complaint("a = 1\nb =").starts_with("dir/x.toml:2: ")) << complaint("a = 1\nb =");
  EXPECT_TRUE(complaint("a = 1\na = 2").starts_with("dir/x.toml:2: "));
  EXPECT_TRUE(complaint("a = \"\x1b[31m\"").find('\x1b') == std::string::npos);
  EXPECT_FALSE(complaint(std::string("a = \"\xff\xfe\"")).empty());
  EXPECT_FALSE(complaint(std::string("a\0b = 1", 7)).empty());
}

TEST(TomlTree, HostileShapesAreRefused) {
  EXPECT_NE(complaint(std::string((1u << 20) + 1, '\n')).find("larger than 1 MiB"), std::string::npos);
  std::string dots;
  for (int i = 0; i < 100'000; ++i) dots += "a.";
  EXPECT_NE(complaint(dots + "a = 1").find("dots"), std::string::npos);
  EXPECT_NE(complaint(dots.substr(0, 2000) + "a = 1").find("nested"), std::string::npos);
  EXPECT_FALSE(complaint("a = " + std::string(100'000, '[')).empty());
  EXPECT_FALSE(complaint("a = " + std::string(60, '[') + std::string(60, ']')).empty());
}

TEST(TomlTree, ErrorsOfReaders) {
  const auto tree = parse_toml("\n\na = 1", "x.toml");
  ASSERT_TRUE(tree);
  EXPECT_EQ(toml_error("x.toml", *tree->find("a"), "no").error().text, "x.toml:3: no");
  EXPECT_EQ(shown_word("a\x1b"), "a\\x1b");
  EXPECT_LE(shown_word(std::string(1000, 'x')).size(), 83u);
}

}  // namespace
}  // namespace cvr
