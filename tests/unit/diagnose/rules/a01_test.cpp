// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(A01, SomeAcceptedSomeForbidden) {
  const Pair pair = new_pair();
  const Told told = tell(on_monday({get("/airports/search", pair), get("/rfqs", pair).error(403, "NOT_AUTHORIZED")}));
  EXPECT_HIT(told, "A01");
  EXPECT_EQ(told.cited("A01"), (std::vector<std::uint64_t>{1, 2}));
}

TEST(A01, OtherCredentialsOperationsOrTimesDoNotCount) {
  const Pair pair = new_pair();
  EXPECT_CLEAN(tell(on_monday({get("/airports/search", new_pair()), get("/rfqs", pair).error(403, "X")})), "A01");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair), get("/rfqs", pair).error(403, "X")})), "A01");
  EXPECT_CLEAN(tell(on_monday({get("/airports/search", pair), get("/rfqs", pair).error(401, "X")})), "A01");
  Tape late(kMonday);
  late.add(get("/airports/search", pair)).wait(301).add(get("/rfqs", pair).error(403, "X"));
  EXPECT_CLEAN(tell(late), "A01");
}

// Nobody is no credential, and the code counts whatever the status.
TEST(A01, NoCredentialAndTheVendorsCode) {
  EXPECT_CLEAN(tell(on_monday({get("/airports/search", kNobody), get("/rfqs", kNobody).error(403, "X")})), "A01");
  const Pair pair = new_pair();
  EXPECT_HIT(tell(on_monday({get("/rfqs", pair).error(404, "NOT_AUTHORIZED"), get("/airports/search", pair)})), "A01");
}

// What answers everybody shows nothing of who asks, and a page is no acceptance.
TEST(A01, WhatAControlGetsAsWellIsNoAcceptance) {
  const Pair pair = new_pair();
  const Try reference = get("/airports/search?filter=KTEB", pair);
  const Try forbidden = get("/rfqs", pair).error(403, "X");
  const Try nobody = get("/airports/search?filter=KTEB", kNobody).step("unauthenticated");
  const Try made_up = get("/airports/search?filter=KTEB", new_pair()).step("wrong-credential");
  EXPECT_CLEAN(tell(on_monday({nobody, reference, forbidden})), "A01");
  EXPECT_CLEAN(tell(on_monday({made_up, reference, forbidden})), "A01");
  EXPECT_HIT(tell(on_monday({Try(nobody).error(400, "X"), Try(made_up).error(401, "X"), reference, forbidden})), "A01");
  // Of another operation, and with the credential itself.
  EXPECT_HIT(tell(on_monday({get("/aircrafttypes", kNobody).step("unauthenticated"), reference, forbidden})), "A01");
  EXPECT_HIT(tell(on_monday({Try(reference).step("shows").flag(kFlagControl), reference, forbidden})), "A01");
}

TEST(A01, APageIsNoAcceptance) {
  const Pair pair = new_pair();
  const Try page = get("/airports/search", pair).answer(200, "<html>Welcome</html>", "text/html");
  EXPECT_CLEAN(tell(on_monday({page, get("/rfqs", pair).error(403, "X")})), "A01");
  const Try masked = get("/airports/search", pair).answer(200, "<html>Welcome</html>");
  EXPECT_CLEAN(tell(on_monday({masked, get("/rfqs", pair).error(403, "X")})), "A01");
  EXPECT_HIT(tell(on_monday({page, get("/trips", pair), get("/rfqs", pair).error(403, "X")})), "A01");
}

}  // namespace
}  // namespace cvr::diagnose::test
