#include "kit.h"
#include "support/golden.h"

namespace cvr::exporters {
namespace {

TEST(Har, HasEverythingInItsPlace) {
  const std::string text = exported("har", samples(), true);
  expect_json(text);
  test::expect_golden("exporters/samples.har", text);
}

TEST(Har, OfNothingIsValid) {
  expect_json(exported("har", {}));
  expect_json(exported("har", {}, true));
}

TEST(Har, EscapesEverything) { expect_json(exported("har", {RedactionPass::vouch(hostile())}, true)); }

TEST(Har, HasNoNegativeTimes) {
  RedactedParts parts = sample();
  parts.timing = {0, -5, -10, -20};
  const std::string text = exported("har", {RedactionPass::vouch(parts)});
  EXPECT_NE(text.find(R"("time":0,)"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("timings":{"send":0,"wait":0,"receive":0})"), std::string::npos) << text;
}

}  // namespace
}  // namespace cvr::exporters
