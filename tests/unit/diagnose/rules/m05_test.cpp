// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(M05, NoRecordingCanTell) {
  const Told told = tell(on_monday({get("/rfqs", new_pair())}));
  EXPECT_OPEN(told, "M05");
  EXPECT_NE(told.of("M05").next_step.find("cvr replay"), std::string::npos);
}

}  // namespace
}  // namespace cvr::diagnose::test
