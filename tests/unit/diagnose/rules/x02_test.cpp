// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

Tape refused(std::string_view more) { return on_monday({get("/rfqs", new_pair("1", 16, more)).error(401, "X")}); }

TEST(X02, BeginsInTheVendorsFuture) {
  EXPECT_HIT(tell(refused(",\"nbf\":1773651700")), "X02");
  EXPECT_HIT(tell(refused(",\"iat\":1773651700")), "X02");
  EXPECT_CLEAN(tell(refused(",\"iat\":1773651603")), "X02");
  EXPECT_CLEAN(tell(refused(",\"nbf\":1773651000")), "X02");
  EXPECT_MEANINGLESS(tell(refused("")), "X02");
}

TEST(X02, WithoutADateItIsOpen) {
  EXPECT_OPEN(tell(on_monday({get("/rfqs", new_pair("1", 16, ",\"nbf\":1773651700")).error(401, "X").without("Date")})),
              "X02");
}

}  // namespace
}  // namespace cvr::diagnose::test
