#include <algorithm>

#include "kit.h"
#include "support/golden.h"

namespace cvr::exporters {
namespace {

TEST(Vcrpy, IsACassetteOfIts) {
  test::expect_golden("exporters/samples.vcrpy.yaml", exported("vcrpy", samples(), true));
}

TEST(Vcrpy, OfNothingIsValid) {
  EXPECT_EQ(exported("vcrpy", {}), "interactions: []\nversion: 1\n");
  RedactedParts failed = sample();
  failed.response.reset();
  failed.failure = Failure{FailureKind::kDns, "no such host"};
  const std::string text = exported("vcrpy", {RedactionPass::vouch(failed)});
  EXPECT_NE(text.find("# 1: left out, there is no response"), std::string::npos);
  EXPECT_NE(text.find("interactions: []\n"), std::string::npos);
}

TEST(Vcrpy, HeadersOfOneNameAreAList) {
  RedactedParts parts = sample();
  parts.response->fields = {field("A", "1"), field("B", "2"), field("a", "3"), field("Content-Encoding", "gzip")};
  const std::string text = exported("vcrpy", {RedactionPass::vouch(parts)});
  EXPECT_NE(text.find("      \"A\":\n      - \"1\"\n      - \"3\"\n      \"B\":\n      - \"2\"\n"), std::string::npos)
      << text;
  EXPECT_EQ(text.substr(0, text.find("\n  cvr: ")).find("gzip"), std::string::npos);
}

// What is recorded stays inside its quotes: no line begins with anything but what the format has.
TEST(Vcrpy, NothingBreaksOut) {
  const std::string text = exported("vcrpy", {RedactionPass::vouch(hostile())}, true);
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const std::size_t quote = line.find('"');
    if (line.starts_with('#') || quote == std::string_view::npos) continue;
    std::size_t open = 0;
    for (std::size_t i = quote; i < line.size(); ++i) {
      if (line[i] == '\\') {
        ++i;
      } else if (line[i] == '"') {
        ++open;
      }
    }
    EXPECT_EQ(open % 2, 0u) << line;
  }
}

}  // namespace
}  // namespace cvr::exporters
