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

}  // namespace
}  // namespace cvr::diagnose::test
