#include "bundle/document.h"

namespace cvr::bundle {
namespace {

Document hostile() {
  Document out("<b>t</b>");
  const std::string bad = "</p><script>x</script> [l](javascript:x) | `c` *b*";
  out.heading(bad).text(bad).note(bad).list({bad}).numbered({bad}).table({bad}, {{bad}}).code(bad);
  return out;
}

TEST(Document, EscapesEverythingInBothForms) {
  const std::string html = to_html(hostile()), markdown = to_markdown(hostile());
  for (const std::string& text : {html, markdown.substr(0, markdown.find("```"))}) {
    EXPECT_EQ(text.find("<script"), std::string::npos);
    EXPECT_EQ(text.find("<b>"), std::string::npos);
  }
  EXPECT_EQ(markdown.find("[l]("), markdown.rfind("[l](")) << "only in the block of code";
  EXPECT_NE(markdown.find("\\| \\`c\\` \\*b\\*"), std::string::npos);
}

TEST(Document, PlainTextHasEveryCell) {
  const Document document = Document("t").heading("h").table({"a"}, {{"b"}, {"c"}});
  EXPECT_EQ(to_plain(document), "t\nh\na\nb\nc\n");
}

}  // namespace
}  // namespace cvr::bundle
