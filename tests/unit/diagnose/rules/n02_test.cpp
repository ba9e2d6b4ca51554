// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(N02, OfItsKindAlone) {
  const auto fails = [](FailureKind kind) { return tell(on_monday({get("/rfqs", new_pair()).fails(kind)})); };
  EXPECT_HIT(fails(FailureKind::kConnect), "N02");
  EXPECT_CLEAN(fails(FailureKind::kDns), "N02");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair())})), "N02");
  EXPECT_OPEN(tell(on_monday({})), "N02");
}

// A control that does not get through counts; another vendor's host does not.
TEST(N02, ControlsAndOtherHosts) {
  EXPECT_HIT(tell(on_monday({get("/rfqs", kNobody).fails(FailureKind::kConnect).step("unauthenticated")})), "N02");
  EXPECT_CLEAN(tell(on_monday({get("/x", kNobody).host("other.example").fails(FailureKind::kConnect)})), "N02");
}

}  // namespace
}  // namespace cvr::diagnose::test
