// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(C02, BadFormsOfAuthorization) {
  const Pair pair = new_pair();
  for (const std::string& value :
       {pair.token, "Bearer Bearer " + pair.token, "Bearer  " + pair.token, "Bearer \"" + pair.token + "\"",
        "Bearer '" + pair.token + "'", "Bearer " + pair.token + " ", "Bearer " + pair.token.substr(0, 90) + " x",
        std::string("Bearer")}) {
    EXPECT_HIT(tell(on_monday({get("/rfqs", pair).header("Authorization", value)})), "C02");
  }
}

TEST(C02, GoodFormsAndNone) {
  const Pair pair = new_pair();
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair)})), "C02");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair).header("Authorization", "bearer " + pair.token)})), "C02");
  EXPECT_MEANINGLESS(tell(on_monday({get("/rfqs", kNobody)})), "C02");
  EXPECT_OPEN(tell(on_monday({})), "C02");
}

TEST(C02, AnotherSchemeThanTheOneThatWorked) {
  const Pair pair = new_pair();
  EXPECT_HIT(tell(on_monday({get("/rfqs", pair), get("/rfqs", pair).header("Authorization", "Token " + pair.token)})),
             "C02");
}

}  // namespace
}  // namespace cvr::diagnose::test
