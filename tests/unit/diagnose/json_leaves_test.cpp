#include "diagnose/json_leaves.h"

namespace cvr::diagnose {
namespace {

TEST(JsonLeaves, PointersShapesAndTexts) {
  const std::string text = R"({"a":[{"b/c":"x\u0041"},7],"d":{},"e":[],"f":null})";
  const JsonLeaves read = read_json(text);
  ASSERT_EQ(read.read, JsonRead::kGood);
  std::string all;
  for (const JsonLeaf& leaf : read.leaves) all += leaf.pointer + "|" + leaf.shape + "|" + leaf.text + "\n";
  EXPECT_EQ(all,
            "/a/0/b~1c|/a/*/b~1c|xA\n"
            "/a/1|/a/*|7\n"
            "/d|/d|\n"
            "/e|/e|\n"
            "/f|/f|null\n");
  EXPECT_EQ(text.substr(read.leaves[1].begin, 1), "7");
}

TEST(JsonLeaves, HostileTexts) {
  EXPECT_EQ(read_json("").read, JsonRead::kMalformed);
  EXPECT_EQ(read_json("{\"a\":1").read, JsonRead::kMalformed);
  EXPECT_EQ(read_json(std::string(100'000, '[')).read, JsonRead::kMalformed);
  std::string many = "[";
  for (int i = 0; i < 30'000; ++i) many += "0,";
  EXPECT_EQ(read_json(many + "0]").read, JsonRead::kTooLarge);
  // A long key above many leaves: the pointers would be far larger than the text.
  std::string deep = "{\"" + std::string(50'000, 'k') + "\":[";
  for (int i = 0; i < 5'000; ++i) deep += "0,";
  EXPECT_EQ(read_json(deep + "0]}").read, JsonRead::kTooLarge);
}

TEST(JsonLeaves, Patterns) {
  EXPECT_TRUE(fits_pointer("/a/*/b", "/a/0/b"));
  EXPECT_FALSE(fits_pointer("/a/*/b", "/a/0/b/c"));
  EXPECT_TRUE(reaches("/a/*/b", "/a/0/b/c"));
  EXPECT_FALSE(reaches("/a/*/b", "/a/0"));
  EXPECT_FALSE(reaches("/a", "/ab"));
  EXPECT_EQ(last_key("/segments/*/date"), "date");
  EXPECT_EQ(last_key("/legs/*"), "legs");
  EXPECT_EQ(last_key(""), "");
}

}  // namespace
}  // namespace cvr::diagnose
