#include "exporters/readable.h"

#include "kit.h"
#include "support/golden.h"

namespace cvr::exporters {
namespace {

TEST(Listing, IsALineAnInteraction) {
  std::string text = listing_head();
  std::uint64_t n = 0;
  for (const RedactedInteraction& interaction : samples()) text += listing_row(++n, interaction);
  test::expect_golden("exporters/listing.txt", text);
}

TEST(Listing, IsJsonLinesToo) {
  std::string text;
  std::uint64_t n = 0;
  for (const RedactedInteraction& interaction : samples()) text += listing_json(++n, interaction);
  expect_json_lines(text);
  test::expect_golden("exporters/listing.jsonl", text);
}

TEST(Listing, EscapesEverything) {
  RedactedParts parts = hostile();
  parts.request.method = "G\x1b";
  const RedactedInteraction interaction = RedactionPass::vouch(parts);
  const std::string row = listing_row(1, interaction);
  EXPECT_EQ(row.find('\n'), row.size() - 1);
  EXPECT_EQ(row.find('\x1b'), std::string::npos);
  expect_json_lines(listing_json(1, interaction));
}

}  // namespace
}  // namespace cvr::exporters
