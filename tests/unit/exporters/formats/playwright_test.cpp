#include "kit.h"
#include "support/golden.h"

namespace cvr::exporters {
namespace {

TEST(Playwright, IsAHarItReplays) {
  const std::string text = exported("playwright", samples(), true);
  expect_json(text);
  test::expect_golden("exporters/samples.playwright.har", text);
}

TEST(Playwright, EscapesEverything) { expect_json(exported("playwright", {RedactionPass::vouch(hostile())}, true)); }

}  // namespace
}  // namespace cvr::exporters
