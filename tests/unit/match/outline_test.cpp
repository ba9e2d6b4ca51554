#include "match/outline.h"

#include "kit.h"
#include "match/json_walk.h"

namespace cvr::match {
namespace {

void outline_json(std::string_view body, Outline& out) {
  ASSERT_TRUE(walk_json(marked(body), test_rules(), PartRules{}, out));
}

TEST(Outline, KeepsTheTree) {
  Outline outline;
  outline_json(R"({"a":[1,"x"],"<<id:k>>":"<<token:t>>"})", outline);
  const Node& root = *outline.root();
  ASSERT_EQ(root.children.size(), 2U);
  const Node& array = outline.node(root.children[0]);
  EXPECT_EQ(array.name_text, "a");
  EXPECT_EQ(array.shape, Shape::kArray);
  ASSERT_EQ(array.children.size(), 2U);
  EXPECT_EQ(outline.node(array.children[0]).text, "1");
  EXPECT_EQ(outline.node(array.children[1]).text, "\"x\"");
  const Node& secret = outline.node(root.children[1]);
  EXPECT_EQ(secret.name_text, "<id>");
  EXPECT_EQ(secret.text, "\"<secret>\"");
  EXPECT_FALSE(outline.cut());
}

TEST(Outline, HasTheDigestsOfTheKey) {
  const std::string_view body = R"({"b":[1,{"c":null}],"a":{"x":"<<token:t>>"}})";
  Outline outline;
  Digester digester;
  outline_json(body, outline);
  ASSERT_TRUE(walk_json(marked(body), test_rules(), PartRules{}, digester));
  EXPECT_EQ(outline.root()->digest, digester.take());
}

TEST(Outline, OfNothingHasNoRoot) { EXPECT_EQ(Outline().root(), nullptr); }

TEST(Outline, StartsAnew) {
  Outline outline;
  outline.begin(Shape::kObject);
  outline.restart();
  EXPECT_EQ(outline.root(), nullptr);
  outline.leaf({"x", "x"});
  EXPECT_EQ(outline.root()->text, "x");
}

TEST(Outline, IsBoundedAndStillSeesEverything) {
  const auto list = [](char last) {
    std::string text = "[[";
    for (std::size_t i = 0; i < Outline::kMostNodes; ++i) text += "0,";
    return text + "0],{\"a\":[" + last + "]}]";
  };
  Outline one, other;
  outline_json(list('1'), one);
  outline_json(list('2'), other);
  EXPECT_TRUE(one.cut());
  EXPECT_EQ(one.root()->children.size(), 1U);
  EXPECT_NE(one.root()->digest, other.root()->digest);
}

TEST(Outline, KeepsBoundedTexts) {
  const std::string big(Outline::kMostText, 'x');
  Outline outline;
  outline_json("[\"" + big + "\",\"" + big + "\",\"" + big + "\"]", outline);
  std::size_t total = 0;
  for (const std::uint32_t child : outline.root()->children) total += outline.node(child).text.size();
  EXPECT_LT(total, Outline::kMostText + 1000);
}

}  // namespace
}  // namespace cvr::match
