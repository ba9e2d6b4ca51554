#include "bundle/timeline_picture.h"

#include "evidence_kit.h"

namespace cvr::bundle {
namespace {

std::size_t marks(const std::string& svg) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = svg.find("<circle", at)) != svg.npos; ++at) ++count;
  return count;
}

TEST(TimelinePicture, HasAMarkForEachCall) {
  const auto made = test::make_evidence(test::Monday::kPermissionLost);
  EXPECT_EQ(marks(timeline_svg(made.evidence)), made.evidence.diagnosis->facts->timeline().size());
}

TEST(TimelinePicture, OfNothingSaysSo) {
  const auto made = test::make_evidence(test::Monday::kNothing);
  EXPECT_EQ(timeline_svg(made.evidence), "<p>No call is on record.</p>\n");
}

}  // namespace
}  // namespace cvr::bundle
