// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

Told changed_at(const char* when) {
  Account account;
  account.permissions.push_back({"Company APIs", "view only", "full", "lead", {}, us(when)});
  return tell(on_monday({get("/rfqs", new_pair()).error(403, "X")}), nullptr, &account);
}

// The rebuild of Monday 16 was made from the accounts of Thursday 12.
TEST(R05, AfterThursdaysSnapshot) {
  EXPECT_HIT(changed_at("2026-03-13T12:00:00Z"), "R05");
  EXPECT_NE(changed_at("2026-03-13T12:00:00Z").of("R05").next_step.find("2026-03-23"), std::string::npos);
  EXPECT_HIT(changed_at("2026-03-16T08:30:00Z"), "R05");
  EXPECT_CLEAN(changed_at("2026-03-11T12:00:00Z"), "R05");
  EXPECT_CLEAN(changed_at("2026-03-16T12:00:00Z"), "R05");  // after the failure
}

TEST(R05, NothingAttested) {
  const Tape refused = on_monday({get("/rfqs", new_pair()).error(403, "X")});
  EXPECT_MEANINGLESS(tell(refused), "R05");
  Account account;
  account.permissions.push_back({"Company APIs", "", "", "", {}, {}});
  EXPECT_MEANINGLESS(tell(refused, nullptr, &account), "R05");
}

}  // namespace
}  // namespace cvr::diagnose::test
