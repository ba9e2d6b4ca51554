#include "bundle/html.h"

namespace cvr::bundle {
namespace {

TEST(Html, EscapesMarkUpAndWhatNoPageCanHold) {
  EXPECT_EQ(html_text("<a href=\"x\" b='y'>&"), "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;");
  EXPECT_EQ(html_text(std::string("a\0b\x1b", 4)), "a\\x00b\\x1b");
}

TEST(Html, NamesItsStyleAndScriptByHash) {
  // The digest of "abc", in base64.
  const std::string digest = "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='";
  const std::string bare = html_page("t", "abc", "<p>b</p>", {});
  EXPECT_NE(bare.find("default-src 'none'; style-src " + digest), std::string::npos);
  EXPECT_EQ(bare.find("script"), std::string::npos);
  EXPECT_NE(html_page("t", "", "", "abc").find("script-src " + digest), std::string::npos);
}

TEST(Html, OnlyCellsWithLongRunsMayBreakAnywhere) {
  EXPECT_EQ(html_cell("NOT_AUTHORIZED"), "<td class=\"whole\">NOT_AUTHORIZED</td>");
  EXPECT_EQ(html_cell("a b\nc"), "<td class=\"whole\">a b\nc</td>");
  EXPECT_EQ(html_cell(std::string(37, 'x')), "<td>" + std::string(37, 'x') + "</td>");
}

}  // namespace
}  // namespace cvr::bundle
