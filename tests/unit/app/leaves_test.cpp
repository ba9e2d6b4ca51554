#include "app/leaves.h"

#include <gtest/gtest.h>

namespace cvr::app {
namespace {

// "label|name|text" of each.
std::vector<std::string> rows(std::string_view text, const std::vector<Leaf>& leaves) {
  std::vector<std::string> out;
  for (const Leaf& leaf : leaves) {
    out.push_back(leaf.label + "|" + leaf.name + "|" + std::string(text.substr(leaf.begin, leaf.end - leaf.begin)));
  }
  return out;
}
using Rows = std::vector<std::string>;

TEST(Leaves, Markup) {
  const std::string_view text =
      "<?xml v?><a href=\"/x\" id='7' on><!-- c --><b>one</b> <![CDATA[two]]></a><br/>three<i x=y z = \"q\">";
  EXPECT_EQ(rows(text, markup_leaves(text)),
            (Rows{"instruction||<?xml v", "<a href>|href|/x", "<a id>|id|7", "comment||<!-- c ", "<b>|b|one",
                  "text|| <![CDATA[two", "<br>|br|three", "<i x>|x|y", "<i z>|z|q"}));
}

TEST(Leaves, MarkupThatIsBroken) {
  for (const std::string_view text :
       {"<", "<a", "<a b", "<a b=", "<a b=\"c", "</", "<!--", "<![CDATA[x", "x<", "<>", "<a =>"}) {
    for (const Leaf& leaf : markup_leaves(text)) EXPECT_TRUE(leaf.begin < leaf.end && leaf.end <= text.size()) << text;
  }
}

TEST(Leaves, Multipart) {
  const std::string_view text =
      "--B\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nabc\r\n"
      "--B\r\nContent-Type: application/json\r\n\r\n{\"a\":{\"b\":1}}\r\n--B--\r\n";
  EXPECT_EQ(rows(text, multipart_leaves(text, "B")),
            (Rows{"field token, its head||Content-Disposition: form-data; name=\"token\"", "field token|token|abc",
                  "part 2, its head||Content-Type: application/json", "part 2 /a/b|b|1"}));
  for (const std::string_view broken : {"", "--B", "--B\r\n", "--B\n\n", "--B\r\nx", "--B--"}) {
    for (const Leaf& leaf : multipart_leaves(broken, "B")) EXPECT_LE(leaf.end, broken.size()) << broken;
  }
}

TEST(Leaves, Lines) {
  const std::string_view text = "event: x\r\ndata: {\"token\":\"a\",\"n\":[1]}\r\n\r\nplain {\n";
  EXPECT_EQ(rows(text, line_leaves(text)),
            (Rows{"line 1||event: x", "line 2 /token|token|a", "line 2 /n/0|n|1", "line 4||plain {"}));
}

TEST(Leaves, Cookies) {
  const std::string_view sent = "a=1; b=2=3; c";
  EXPECT_EQ(rows(sent, cookie_leaves(sent, false)), (Rows{"a|a|1", "b|b|2=3"}));
  const std::string_view set = "sid=x; Path=/; HttpOnly";
  EXPECT_EQ(rows(set, cookie_leaves(set, true)), (Rows{"sid|sid|x", "sid, its attributes|| Path=/; HttpOnly"}));
}

TEST(Leaves, TheLastOfTooManyTakesTheRest) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "x\n";
  const auto leaves = line_leaves(text);
  ASSERT_EQ(leaves.size(), kMostLeaves);
  EXPECT_EQ(leaves.back().end, text.size());
}

}  // namespace
}  // namespace cvr::app
