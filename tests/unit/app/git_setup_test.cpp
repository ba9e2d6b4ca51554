#include "app/git_setup.h"

namespace cvr::app {
namespace {

const std::string kLine = "*.cvr diff=cvr merge=cvr -text\n";

TEST(GitSetup, TheLineComesOnceAndGoesAgain) {
  for (const std::string text : {"", "*.png binary\n", "\n\n", "# cassettes\n"}) {
    EXPECT_EQ(with_attributes(text), text + kLine);
    EXPECT_EQ(with_attributes(with_attributes(text)), with_attributes(text));
    EXPECT_EQ(without_attributes(with_attributes(text)), text);
    EXPECT_EQ(without_attributes(text), text);
  }
  EXPECT_EQ(with_attributes("no line end"), "no line end\n" + kLine);
}

TEST(GitSetup, OtherLinesStay) {
  const std::string text = "*.cvr binary\r\n*.cvr diff=cvr merge=cvr -text  \r\n*.cvr diff=cvr\n";
  EXPECT_TRUE(has_attributes(text));
  EXPECT_EQ(without_attributes(text), "*.cvr binary\r\n*.cvr diff=cvr\n");
  EXPECT_FALSE(has_attributes("#" + kLine));
}

TEST(GitSetup, SettingsNameTheProgram) {
  for (const GitSetting& setting : git_settings("'/a b/cvr'")) {
    EXPECT_TRUE(setting.key.starts_with("diff.cvr.") || setting.key.starts_with("merge.cvr."));
    if (setting.key == "diff.cvr.textconv") {
      EXPECT_EQ(setting.value, "'/a b/cvr' cat --textconv");
    }
  }
}

}  // namespace
}  // namespace cvr::app
