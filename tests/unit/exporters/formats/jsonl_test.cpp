#include "kit.h"
#include "support/golden.h"

namespace cvr::exporters {
namespace {

TEST(Jsonl, HasEverything) {
  const std::string text = exported("jsonl", samples(), true);
  expect_json_lines(text);
  test::expect_golden("exporters/samples.jsonl", text);
}

TEST(Jsonl, EscapesEverything) { expect_json_lines(exported("jsonl", {RedactionPass::vouch(hostile())}, true)); }

}  // namespace
}  // namespace cvr::exporters
