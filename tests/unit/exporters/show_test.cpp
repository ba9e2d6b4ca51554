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

TEST(Show, APictureIsANote) {
  RedactedParts parts = sample();
  parts.response->fields.push_back({{"Content-Type", {}}, {"image/gif", {}}});
  parts.response->body.content = {std::string("GIF89a\x80\x02\xe0\x01\0\0\xff", 13), {}};
  const std::string text = show(1, RedactionPass::vouch(parts), {});
  EXPECT_NE(text.find(": GIF, 640 x 480 pixels]\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("00000000"), std::string::npos) << text;
}

TEST(Show, SaysThatABodyIsOmitted) {
  EXPECT_NE(all({}).find("omitted: over the body limit; 20000000 bytes"), std::string::npos);
}

}  // namespace
}  // namespace cvr::exporters
