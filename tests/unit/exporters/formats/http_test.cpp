#include "kit.h"
#include "support/golden.h"

namespace cvr::exporters {
namespace {

TEST(HttpFile, IsReadable) { test::expect_golden("exporters/samples.http", exported("http", samples(), true)); }

TEST(HttpFile, LeavesOutBodiesThatWouldEndARequest) {
  RedactedParts parts = sample();
  for (const std::string_view body : {"### x", "a\n### GET http://evil", "{{$processEnv X}}", "\x01"}) {
    parts.request.body.content.text = body;
    const std::string text = exported("http", {RedactionPass::vouch(parts)});
    EXPECT_EQ(text.find("evil"), std::string::npos);
    EXPECT_NE(text.find("bytes that this format can not hold"), std::string::npos);
  }
}

TEST(HttpFile, KeepsEachHeaderOnItsLine) {
  const std::string text = exported("http", {RedactionPass::vouch(hostile())});
  EXPECT_NE(text.find("X-Line: a\\nb\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace cvr::exporters
