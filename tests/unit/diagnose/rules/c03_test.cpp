// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"
#include "support/random.h"

namespace cvr::diagnose::test {
namespace {

TEST(C03, TokensThatAreNotWhole) {
  const Pair pair = new_pair();
  const std::string& jwt = pair.token;
  for (const std::string& token :
       {jwt.substr(0, jwt.rfind('.')), jwt.substr(0, jwt.find('.')), jwt.substr(3), cvr::test::random_hex(40)}) {
    EXPECT_HIT(tell(on_monday({get("/rfqs", {token, pair.api}).error(401, "X")})), "C03");
  }
}

TEST(C03, ShorterThanTheLastGood) {
  const Pair pair = new_pair();
  const Pair cut = {pair.token.substr(0, pair.token.size() - 30), pair.api};
  EXPECT_HIT(tell(on_monday({get("/rfqs", pair), get("/rfqs", cut).error(401, "X")})), "C03");
  // A smaller tenant makes a shorter token, and that is all right.
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair("471199")), get("/rfqs", new_pair("4")).error(401, "X")})), "C03");
}

TEST(C03, WholeOnesAndNone) {
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair())})), "C03");
  EXPECT_MEANINGLESS(tell(on_monday({get("/rfqs", kNobody)})), "C03");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair()), get("/rfqs", {"x", ""}).step("wrong-credential")})), "C03");
}

TEST(C03, TheOtherCredentialHasAShapeToo) {
  const Pair pair = new_pair();
  std::string capitals = pair.api;
  for (char& c : capitals) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  for (const std::string& value : {pair.api.substr(1), "{" + pair.api + "}", std::string("undefined"), pair.api + "0",
                                   cvr::test::random_hex(36)}) {
    EXPECT_HIT(tell(on_monday({get("/rfqs", pair), get("/rfqs", {pair.token, value}).error(401, "X")})), "C03");
  }
  EXPECT_HIT(
      tell(on_monday({get("/rfqs", pair), get("/rfqs", {pair.token, "A" + capitals.substr(1)}).error(401, "X")})),
      "C03");
  // Where nothing else worked, capitals are as good.
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", {pair.token, "A" + capitals.substr(1)}).error(401, "X")})), "C03");
}

}  // namespace
}  // namespace cvr::diagnose::test
