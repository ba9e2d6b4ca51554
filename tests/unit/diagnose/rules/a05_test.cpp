// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

Account sees(const char* id) {
  Account out;
  out.visible_in_ui.push_back({id, "lead", {}});
  return out;
}

TEST(A05, SeenInThePagesAndNotFound) {
  const Pair pair = new_pair();
  const Account account = sees("atrip-71000501");
  const Try missing = get("/trips/atrip-71000501", pair).error(404, "NOT_FOUND");
  EXPECT_HIT(tell(on_monday({get("/rfqs", pair), missing}), nullptr, &account), "A05");
  EXPECT_OPEN(tell(on_monday({missing}), nullptr, &account), "A05");
  EXPECT_CLEAN(tell(on_monday({get("/trips/atrip-71000501", pair)}), nullptr, &account), "A05");
  EXPECT_MEANINGLESS(tell(on_monday({missing})), "A05");
}

TEST(A05, NeverAskedForOrRedactedIsOpen) {
  const Pair pair = new_pair();
  const Account account = sees("atrip-71000501");
  EXPECT_OPEN(tell(on_monday({get("/rfqs", pair)}), nullptr, &account), "A05");
  Tape redacted(kMonday);
  redacted.privacy = profiles::Privacy::kCommercial;
  redacted.add(get("/rfqs", pair)).add(get("/trips/atrip-71000501", pair).error(404, "NOT_FOUND"));
  EXPECT_OPEN(tell(redacted, nullptr, &account), "A05");
}

}  // namespace
}  // namespace cvr::diagnose::test
