// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(N04, NoCommonVersion) {
  const auto fails = [](FailureKind kind, const char* detail) {
    return tell(on_monday({get("/rfqs", new_pair()).fails(kind, detail)}));
  };
  EXPECT_HIT(fails(FailureKind::kTls, "tlsv1 alert protocol version"), "N04");
  EXPECT_HIT(fails(FailureKind::kTls, "unsupported protocol"), "N04");
  EXPECT_CLEAN(fails(FailureKind::kTls, "certificate verify failed"), "N04");
  EXPECT_CLEAN(fails(FailureKind::kReset, "version"), "N04");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair())})), "N04");
  EXPECT_OPEN(tell(on_monday({})), "N04");
}

}  // namespace
}  // namespace cvr::diagnose::test
