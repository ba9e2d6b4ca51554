// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"
#include "support/random.h"

namespace cvr::diagnose::test {
namespace {

TEST(G06, OldCredentialsRefusedAfterTheRebuild) {
  const Pair old = new_pair();
  const Tape before = good_friday(old);
  EXPECT_HIT(tell(on_monday({get("/rfqs", old).error(401, "X")}), &before), "G06");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair()).error(401, "X")}), &before), "G06");
}

TEST(G06, OldOnesThatStillWorkAreNoFault) {
  const Pair old = new_pair();
  const Tape before = good_friday(old);
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", old), get("/rfqs", old).error(500, "X")}), &before), "G06");
}

// What was not refused is told, so that a reader can judge.
TEST(G06, OldOnesInAnOutageAreNamed) {
  const Pair old = new_pair();
  const Tape before = good_friday(old);
  const Told told = tell(on_monday({get("/rfqs", old).error(503, "X")}), &before);
  EXPECT_CLEAN(told, "G06");
  EXPECT_NE(told.of("G06").message.find("before the rebuild"), std::string::npos);
}

TEST(G06, TheOldClientSecretAtTheTokenEndpoint) {
  const std::string client = cvr::test::random_uuid(), secret = secret_like();
  Tape before = good_friday(new_pair());
  before.add(token_call(client, secret, new_pair().token));
  EXPECT_HIT(tell(on_monday({token_call(client, secret, "")}), &before), "G06");
  EXPECT_CLEAN(tell(on_monday({token_call(client, secret_like(), "")}), &before), "G06");
  EXPECT_CLEAN(tell(on_monday({token_call(client, secret, new_pair().token)}), &before), "G06");
}

TEST(G06, WithoutFridayItIsOpen) { EXPECT_OPEN(tell(on_monday({get("/rfqs", new_pair()).error(401, "X")})), "G06"); }

// Half an old pair is G03's; and within one week nothing was rebuilt.
TEST(G06, HalfAPairAndTheSameWeek) {
  const Pair old = new_pair(), fresh = new_pair();
  const Tape before = good_friday(old);
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", {old.token, fresh.api}).error(401, "X")}), &before), "G06");
  EXPECT_OPEN(tell(on_monday({get("/airports/search", old), get("/rfqs", old).error(401, "X")})), "G06");
}

}  // namespace
}  // namespace cvr::diagnose::test
