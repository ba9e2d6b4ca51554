#include "redact/mime_parts.h"

#include "kit.h"

namespace cvr::redact {
namespace {

std::vector<std::string> contents(std::string_view text) {
  Budget budget(text.size());
  std::vector<std::string> out;
  for (const MimePart& part : mime_parts(text, budget))
    out.emplace_back(text.substr(part.begin, part.end - part.begin));
  EXPECT_FALSE(budget.exhausted());
  return out;
}

TEST(MimeParts, BetweenTheirBoundaries) {
  using List = std::vector<std::string>;
  EXPECT_EQ(contents("--b\r\nA: x\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--\r\n"), (List{"one", "two"}));
  EXPECT_EQ(contents("before\n--b\nA: x\n\none\n--b--"), List{"one"});
  EXPECT_EQ(contents("--b\r\nA: x\r\n\r\n\r\n--b\r\nA: y\r\n\r\nz\r\n--b--"), (List{"", "z"}));
  EXPECT_EQ(contents("--b\r\nA: x\r\n\r\ncut off"), List{"cut off"});
  EXPECT_EQ(contents("--b\r\nA: x\r\n\r\n--c\r\nB: y\r\n\r\nin\r\n--c--\r\n--b--\r\n--d\r\n\r\nlast"),
            (List{"--c\r\nB: y\r\n\r\nin\r\n--c--", "last"}));
  EXPECT_EQ(contents("-- a comment\nand no head"), List{});
  EXPECT_EQ(contents("--"), List{});
  EXPECT_EQ(contents(""), List{});
}

TEST(MimeParts, HeadsTellCodingAndCharset) {
  Budget budget(1000);
  const auto parts = mime_parts(
      "--b\r\ncontent-encoding: br\r\n\r\nx\r\n--b\r\nContent-Type: text/plain; charset=KOI8-R\r\n\r\ny\r\n--b--",
      budget);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_TRUE(parts[0].coded);
  EXPECT_FALSE(parts[1].coded);
  EXPECT_EQ(parts[1].charset, "koi8-r");
}

TEST(MimeParts, ManyBoundariesRunOutOfBudget) {
  std::string text;
  for (int i = 0; i < 40'000; ++i) text += "--" + std::to_string(i) + "\n\n";
  Budget budget(text.size());
  (void)mime_parts(text, budget);
  EXPECT_TRUE(budget.exhausted());
}

}  // namespace
}  // namespace cvr::redact
