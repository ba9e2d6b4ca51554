// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(N01, OfItsKindAlone) {
  const auto fails = [](FailureKind kind) { return tell(on_monday({get("/rfqs", new_pair()).fails(kind)})); };
  EXPECT_HIT(fails(FailureKind::kDns), "N01");
  EXPECT_CLEAN(fails(FailureKind::kConnect), "N01");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair())})), "N01");
  EXPECT_OPEN(tell(on_monday({})), "N01");
}

// A control that does not get through counts; another vendor's host does not.
TEST(N01, ControlsAndOtherHosts) {
  EXPECT_HIT(tell(on_monday({get("/rfqs", kNobody).fails(FailureKind::kDns).step("unauthenticated")})), "N01");
  EXPECT_CLEAN(tell(on_monday({get("/x", kNobody).host("other.example").fails(FailureKind::kDns)})), "N01");
}

}  // namespace
}  // namespace cvr::diagnose::test
