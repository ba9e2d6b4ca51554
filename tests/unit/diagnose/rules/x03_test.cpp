// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(X03, TheAttestedExpiry) {
  const Tape refused = on_monday({token_call("c", secret_like(), "")});
  Account account;
  EXPECT_MEANINGLESS(tell(refused), "X03");
  EXPECT_MEANINGLESS(tell(refused, nullptr, &account), "X03");
  account.oauth_secret_expires_us = us("2026-03-16T08:59:00Z");
  EXPECT_HIT(tell(refused, nullptr, &account), "X03");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair()).error(401, "X")}), nullptr, &account), "X03");
  account.oauth_secret_expires_us = us("2026-03-16T11:00:00+01:00");
  EXPECT_CLEAN(tell(refused, nullptr, &account), "X03");
}

}  // namespace
}  // namespace cvr::diagnose::test
