// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(N06, SomebodyElseAnswered) {
  const auto moved = [](const char* location) {
    return tell(on_monday({get("/rfqs", new_pair()).answer(302, "", "text/html").answer_header("Location", location)}));
  };
  EXPECT_HIT(moved("http://portal.hotel.example/login"), "N06");
  EXPECT_HIT(moved("//portal.hotel.example/x"), "N06");
  EXPECT_CLEAN(moved("https://sandbox.avinode.com/api/v2/rfqs"), "N06");
  EXPECT_CLEAN(moved("/login?next=http://x.example/"), "N06");
  EXPECT_HIT(tell(on_monday({get("/rfqs", new_pair()).answer(511, "<html></html>", "text/html")})), "N06");
  EXPECT_OPEN(tell(on_monday({})), "N06");
}

}  // namespace
}  // namespace cvr::diagnose::test
