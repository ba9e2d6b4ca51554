// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(C13, AnIdWithoutItsPrefix) {
  EXPECT_HIT(tell(on_monday({get("/rfqs/1", new_pair()).error(404, "NOT_FOUND")})), "C13");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs/arfq-1", new_pair()).error(404, "NOT_FOUND")})), "C13");
  EXPECT_CLEAN(tell(on_monday({get("/trips/A1B2C3", new_pair()).error(404, "NOT_FOUND")})), "C13");
  EXPECT_MEANINGLESS(tell(on_monday({get("/rfqs", new_pair()).error(404, "NOT_FOUND")})), "C13");
  EXPECT_OPEN(tell(on_monday({})), "C13");
}

TEST(C13, WhatIsFoundWithoutOneIsNoFault) {
  EXPECT_CLEAN(tell(on_monday({get("/aircrafttypes/17", new_pair())})), "C13");
}

TEST(C13, InQueryAndBodyBelowAKeyThatNamesAnId) {
  const Pair pair = new_pair();
  EXPECT_HIT(tell(on_monday({get("/rfqs?tripId=71000501", pair).error(404, "NOT_FOUND")})), "C13");
  EXPECT_HIT(tell(on_monday({post("/rfqs", pair, R"({"tripId":71000501})").error(404, "NOT_FOUND")})), "C13");
  EXPECT_HIT(tell(on_monday({post("/rfqs", pair, R"({"a":[{"rfq_id":"17"}]})").error(400, "X")})), "C13");
  // Numbers of other things, a display id of digits, and what worked.
  EXPECT_MEANINGLESS(tell(on_monday({post("/rfqs", pair, R"({"companyId":17,"tripId":"123456"})").error(404, "X")})),
                     "C13");
  EXPECT_MEANINGLESS(tell(on_monday({get("/rfqs?tripId=71000501", pair)})), "C13");
}

TEST(C13, AnIdOfAnotherKindThanTheCallTakes) {
  const Pair pair = new_pair();
  for (const char* path : {"/tripmsgs/atrip-71000501", "/tripmsgs/A1B2C3", "/rfqs/atrip-71000501", "/quotes/arfq-1",
                           "/trips/arfq-42", "/rfqs?tripId=arfq-42"}) {
    const Told told = tell(on_monday({get(path, pair).error(404, "NOT_FOUND")}));
    EXPECT_HIT(told, "C13") << path;
    EXPECT_EQ(told.verdict().level, Level::kNotProven) << path;
  }
  EXPECT_HIT(tell(on_monday({post("/tripmsgs/atrip-1/chat", pair, R"({"message":"x"})").error(404, "NOT_FOUND")})),
             "C13");
  EXPECT_HIT(tell(on_monday({post("/rfqs", pair, R"({"a":[{"tripId":"aquote-42"}]})").error(400, "X")})), "C13");
  // Whatever it was answered; and the case of a permission as well.
  EXPECT_HIT(tell(on_monday({get("/rfqs/atrip-71000501", pair).error(403, "NOT_AUTHORIZED")})), "C13");
}

TEST(C13, IdsOfTheRightKindAndWhatWorkedAreNoFault) {
  const Pair pair = new_pair();
  for (const char* path :
       {"/tripmsgs/abuyermsg-1", "/tripmsgs/asellermsg-1", "/rfqs/arfq-1", "/rfqs/A1B2C3", "/trips/A1B2C3",
        "/trips/atrip-1", "/quotes/aquote-1", "/emptylegs/el-1", "/rfqs/arfq-1?tripId=atrip-1"}) {
    EXPECT_CLEAN(tell(on_monday({get(path, pair).error(404, "NOT_FOUND")})), "C13") << path;
  }
  EXPECT_CLEAN(tell(on_monday({get("/rfqs/atrip-71000501", pair)})), "C13");
  // Of a call that the profile does not know, nobody knows what it takes.
  EXPECT_CLEAN(tell(on_monday({get("/trips/arfq-1/messages", pair).error(404, "NOT_FOUND")})), "C13");
}

TEST(C13, WordsThatStandForNoId) {
  const Pair pair = new_pair();
  for (const char* path : {"/trips/undefined", "/trips/null", "/rfqs/NaN", "/rfqs/%5Bobject%20Object%5D",
                           "/trips/atrip-undefined", "/trips/atrip-", "/quotes/None", "/rfqs?tripId=undefined",
                           "/rfqs?x=%5Bobject+Object%5D", "/nowhere/undefined/at", "/rfqs/", "/rfqs//arfq-1"}) {
    EXPECT_HIT(tell(on_monday({get(path, pair).error(404, "NOT_FOUND")})), "C13") << path;
    EXPECT_CLEAN(tell(on_monday({get("/trips/atrip-1", pair), get(path, pair)})), "C13") << path;
  }
  for (const char* body : {R"({"tripId":null})", R"({"tripId":"null"})", R"({"a":{"rfq_id":"arfq-NaN"}})",
                           R"({"tripId":"[object Object]"})"}) {
    EXPECT_HIT(tell(on_monday({post("/rfqs", pair, body).error(400, "X")})), "C13") << body;
  }
  // A word of somebody's, a null where no id belongs.
  for (const char* body :
       {R"({"externalTripId":"J-1","message":"undefined","notes":null})", R"({"tripId":"atrip-1"})"}) {
    EXPECT_NE(tell(on_monday({post("/rfqs", pair, body).error(400, "X")})).outcome("C13"), Outcome::kFail) << body;
  }
  EXPECT_MEANINGLESS(tell(on_monday({get("/airports/search?filter=Null", pair).error(404, "X")})), "C13");
}

TEST(C13, AnyVendorMayBeCalledWithNoId) {
  profiles::Profile other;
  other.hosts = {"sandbox.avinode.com"};
  const Tape tape = on_monday({get("/orders/undefined", new_pair()).error(404, "X")});
  EXPECT_HIT(tell(tape, nullptr, nullptr, other), "C13");
  EXPECT_MEANINGLESS(tell(on_monday({get("/orders/1", new_pair()).error(404, "X")}), nullptr, nullptr, other), "C13");
}

TEST(C13, ANumberThatWorkedIsAnId) {
  const Pair pair = new_pair();
  const auto asked = [&] { return get("/airports/12345", pair); };
  EXPECT_CLEAN(tell(on_monday({asked(), asked().error(403, "AUTHORIZATION_PERMISSIONS")})), "C13");
}

}  // namespace
}  // namespace cvr::diagnose::test
