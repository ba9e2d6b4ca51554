// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(A02, TheVendorSaysSo) {
  const auto refused = [](const char* code) { return tell(on_monday({get("/rfqs", new_pair()).error(403, code)})); };
  EXPECT_HIT(refused("AUTHENTICATION_COMPANY_ACCESS"), "A02");
  EXPECT_CLEAN(refused("NOT_AUTHORIZED"), "A02");
  EXPECT_CLEAN(refused("X AUTHENTICATION_COMPANY_ACCESS"), "A02");
}

// The code in a title, or of another host, is not the vendor's word.
TEST(A02, ElsewhereItDoesNotCount) {
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair()).error(403, "X", "AUTHENTICATION_COMPANY_ACCESS")})), "A02");
  EXPECT_CLEAN(
      tell(on_monday({get("/rfqs", new_pair()).host("other.example").error(403, "AUTHENTICATION_COMPANY_ACCESS")})),
      "A02");
  profiles::Profile none = profiles::avinode();
  none.diagnosis.company_access_codes.clear();
  EXPECT_MEANINGLESS(tell(on_monday({}), nullptr, nullptr, none), "A02");
}

}  // namespace
}  // namespace cvr::diagnose::test
