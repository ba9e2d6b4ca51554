#include "kit.h"

namespace cvr::importers {
namespace {

std::string tnet(std::string_view text, char letter = ',') {
  return std::to_string(text.size()) + ":" + std::string(text) + letter;
}

TEST(ImportMitmproxy, ReadsWhatTheToolWrites) { expect_golden("mitmproxy", "mitmproxy.flow"); }

TEST(ImportMitmproxy, OtherVersionsAreSkippedWithTheMend) {
  for (const char* version : {"19", "22", "-1"}) {
    const Read out = read("mitmproxy", tnet(tnet("version") + tnet(version, '#'), '}'));
    ASSERT_EQ(out.losses.all().size(), 1u) << version;
    EXPECT_TRUE(out.losses.all()[0].what.starts_with("skipped: only versions 20 and 21"));
    EXPECT_TRUE(out.losses.all()[0].what.ends_with("mitmdump -nr OLD -w NEW"));
  }
  EXPECT_TRUE(read("mitmproxy", tnet("", '}')).interactions.empty());
  EXPECT_TRUE(read("mitmproxy", tnet("", ']')).interactions.empty());
}

TEST(ImportMitmproxy, AFlowOfNothingIsSkipped) {
  const Read out = read("mitmproxy", tnet(tnet("version") + tnet("21", '#'), '}'));
  EXPECT_FALSE(out.error);
  EXPECT_TRUE(out.lost("skipped: flows that are no HTTP"));
}

}  // namespace
}  // namespace cvr::importers
