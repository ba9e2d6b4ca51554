#include "kit.h"
#include "support/golden.h"

namespace cvr::exporters {
namespace {

TEST(Markdown, IsReadable) { test::expect_golden("exporters/samples.md", exported("md", samples(), true)); }

TEST(Markdown, FencesWhatHoldsFences) {
  test::expect_golden("exporters/hostile.md", exported("md", {RedactionPass::vouch(hostile())}));
}

}  // namespace
}  // namespace cvr::exporters
