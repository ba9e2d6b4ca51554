#include "bundle/markdown.h"

namespace cvr::bundle {
namespace {

TEST(Markdown, TextStaysText) {
  EXPECT_EQ(markdown_text("# no heading"), "\\# no heading");
  EXPECT_EQ(markdown_text("12. no list"), "12\\. no list");
  EXPECT_EQ(markdown_text("2026 is a year"), "2026 is a year");
  EXPECT_EQ(markdown_text("<img src=x>\n- a"), "&lt;img src=x&gt; - a");
  EXPECT_EQ(markdown_text("![x](javascript:y)"), "!\\[x\\](javascript:y)");
  EXPECT_EQ(markdown_cell("a|b"), "a\\|b");
  EXPECT_EQ(markdown_cell(""), "-");
  EXPECT_EQ(markdown_text("report/vendor.html"), "report/vendor.html");
}

TEST(Markdown, ABlockOfCodeCanNotBeLeft) { EXPECT_EQ(markdown_code("a\n````\n<b>"), "`````\na\n````\n<b>\n`````\n"); }

}  // namespace
}  // namespace cvr::bundle
