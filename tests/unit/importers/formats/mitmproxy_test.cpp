#include "kit.h"

namespace cvr::importers {
namespace {

std::string tnet(std::string_view text, char letter = ',') {
  return std::to_string(text.size()) + ":" + std::string(text) + letter;
}

TEST(ImportMitmproxy, ReadsWhatTheToolWrites) { expect_golden("mitmproxy", "mitmproxy.flow"); }

TEST(ImportMitmproxy, OtherVersionsAreRefusedWithTheMend) {
  for (const char* version : {"19", "22", "-1"}) {
    const Read out = read("mitmproxy", tnet(tnet("version") + tnet(version, '#'), '}'));
    ASSERT_TRUE(out.error) << version;
    EXPECT_NE(out.error->text.find("mitmdump -nr OLD -w NEW"), std::string::npos);
  }
  EXPECT_TRUE(read("mitmproxy", tnet("", '}')).error);
  EXPECT_TRUE(read("mitmproxy", tnet("", ']')).error);
}

TEST(ImportMitmproxy, AFlowOfNothingIsSkipped) {
  const Read out = read("mitmproxy", tnet(tnet("version") + tnet("21", '#'), '}'));
  EXPECT_FALSE(out.error);
  EXPECT_TRUE(out.lost("skipped: flows that are no HTTP"));
}

}  // namespace
}  // namespace cvr::importers
