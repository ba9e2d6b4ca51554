#include "bundle/viewer_parts.h"

namespace cvr::bundle {
namespace {

TEST(ViewerParts, TheScriptMakesNoMarkUpAndLoadsNothing) {
  for (const char* word : {"innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval", "Function(", "fetch",
                           "XMLHttp", "import", "http", "</script"}) {
    EXPECT_EQ(kViewerScript.find(word), std::string_view::npos) << word;
  }
  EXPECT_EQ(kViewerStyle.find("url("), std::string_view::npos);
  EXPECT_EQ(kPictureStyle.find("@import"), std::string_view::npos);
}

}  // namespace
}  // namespace cvr::bundle
