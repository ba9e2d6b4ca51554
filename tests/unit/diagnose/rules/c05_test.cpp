// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

Try trip(const char* body) { return post("/trips", new_pair(), body).error(403, "NOT_AUTHORIZED"); }

TEST(C05, KeysThatWorkedPassAndOthersFail) {
  const Tape before = good_friday(new_pair());
  EXPECT_CLEAN(tell(on_monday({trip(kGoodTrip)}), &before), "C05");
  const Told told = tell(on_monday({trip(kGoodTrip), trip(kLegacyTrip)}), &before);
  EXPECT_HIT(told, "C05");
  EXPECT_EQ(told.cited("C05"), std::vector<std::uint64_t>{2});
}

TEST(C05, WithoutASuccessTheDocumentedShapeCounts) {
  EXPECT_CLEAN(tell(on_monday({trip(kGoodTrip)})), "C05");
  EXPECT_HIT(tell(on_monday({trip(kLegacyTrip)})), "C05");
  EXPECT_HIT(tell(on_monday({trip(R"({"sourcing":true,"criteria":{},"segments":[]})")})), "C05");
}

TEST(C05, NothingToCompareWithIsOpen) {
  EXPECT_OPEN(tell(on_monday({post("/rfqs", new_pair(), R"({"a":1})").error(400, "X")})), "C05");
  EXPECT_MEANINGLESS(tell(on_monday({get("/rfqs", new_pair())})), "C05");
}

// Order, white space and other values are no other keys; one more key is.
TEST(C05, OnlyKeysCount) {
  Tape before(kFriday);
  before.add(post("/rfqs", new_pair(), R"({"a":1,"b":[{"c":2},{"c":3}]})"));
  const auto rfq = [](const char* body) { return on_monday({post("/rfqs", new_pair(), body).error(400, "X")}); };
  EXPECT_CLEAN(tell(rfq(R"({ "b" : [ {"c":9} ], "a" : "x" })"), &before), "C05");
  EXPECT_HIT(tell(rfq(R"({"a":1,"b":[{"c":2,"d":0}]})"), &before), "C05");
}

// RFC 6749 sections 4.4.2 and 5.2.
TEST(C05, ATokenRequestWithoutAGrantOrWithAnUnknownOne) {
  const auto refused = [](std::string_view grant, const char* error) {
    Try one = token_call("c", secret_like(), "");
    std::string& body = one.raw.request.body;
    body = std::string(grant) + body.substr(body.find('&') + 1);
    return tell(on_monday({one.answer(400, R"({"error":")" + std::string(error) + "\"}")}));
  };
  EXPECT_HIT(refused("", "invalid_request"), "C05");
  EXPECT_HIT(refused("grant_type=&", "invalid_request"), "C05");
  EXPECT_HIT(refused("grant_type=password&", "unsupported_grant_type"), "C05");
  EXPECT_MEANINGLESS(refused("grant_type=client_credentials&", "invalid_client"), "C05");
}

TEST(C05, NoJsonWhereTheDocumentedCallHasIt) {
  const Pair pair = new_pair();
  for (const char* body : {"", "null", R"("{\"segments\":[]}")", "<trip/>", "a=b&c=d"}) {
    const Try one = post("/trips", pair, body).error(403, "X");
    EXPECT_HIT(tell(on_monday({one})), "C05") << body;
    EXPECT_HIT(tell(on_monday({Try(one).body("text/plain", body)})), "C05") << body;
    // It would have worked, or the call wants none.
    EXPECT_NE(tell(on_monday({post("/trips", pair, body)})).outcome("C05"), Outcome::kFail) << body;
    EXPECT_NE(tell(on_monday({post("/searches", pair, body).error(403, "X")})).outcome("C05"), Outcome::kFail) << body;
  }
  Tape before(kFriday);
  before.add(post("/searches", pair, R"({"a":1})"));
  EXPECT_HIT(tell(on_monday({post("/searches", pair, "null").error(403, "X")}), &before), "C05");
}

}  // namespace
}  // namespace cvr::diagnose::test
