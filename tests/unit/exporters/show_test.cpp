#include "exporters/readable.h"
#include "kit.h"
#include "support/golden.h"

namespace cvr::exporters {
namespace {

std::string all(const ShowOptions& options) {
  std::string text;
  std::uint64_t n = 0;
  for (const RedactedInteraction& interaction : samples()) text += show(++n, interaction, options) + "\n";
  return text;
}

TEST(Show, IsReadable) { test::expect_golden("exporters/show.txt", all({})); }

TEST(Show, TakesColour) {
  const std::string text = show(1, RedactionPass::vouch(sample()), {true});
  test::expect_golden("exporters/show_colour.txt", text);
}

TEST(Show, EscapesEverything) {
  const std::string text = show(1, RedactionPass::vouch(hostile()), {});
  for (const char c : text) EXPECT_TRUE(c == '\n' || c == '\t' || (c >= 0x20 && c < 0x7f)) << static_cast<int>(c);
  test::expect_golden("exporters/show_hostile.txt", text);
}

TEST(Show, SaysThatABodyIsOmitted) {
  EXPECT_NE(all({}).find("omitted: over the body limit; 20000000 bytes"), std::string::npos);
}

}  // namespace
}  // namespace cvr::exporters
