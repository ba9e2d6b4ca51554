// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(A07, PlanOrLicence) {
  EXPECT_HIT(tell(on_monday({get("/rfqs", new_pair()).error(402, "X")})), "A07");
  EXPECT_HIT(tell(on_monday({get("/rfqs", new_pair()).error(403, "X", "Your LICENCE has ended")})), "A07");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair()).error(403, "X", "Aeroplane not found")})), "A07");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair()).answer(200, R"({"data":{"title":"subscription"}})")})), "A07");
}

TEST(A07, AnyTextOfTheErrorCounts) {
  const Pair pair = new_pair();
  EXPECT_HIT(tell(on_monday({get("/rfqs", pair).answer(403, R"({"message":"Your plan does not include this"})")})),
             "A07");
  EXPECT_HIT(tell(on_monday({get("/rfqs", pair).answer(403, "Licence needed", "text/plain")})), "A07");
  EXPECT_HIT(tell(on_monday({get("/rfqs", pair).error(403, "X", "This requires the Premium plan")})), "A07");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair).answer(400, R"({"message":"Flight plan or airplane unknown"})")})),
               "A07");
}

// A thing of the vendor's may be called so, or stand in a foot line: what counts is the caller's own plan, and only
// where the vendor forbids.
TEST(A07, OtherSubscriptionsAndLicencesAreNoPlan) {
  const Pair pair = new_pair();
  const auto told = [&](int status, const char* title) {
    return tell(on_monday({get("/webhooks/settings", pair).error(status, "X", title)}));
  };
  EXPECT_CLEAN(told(404, "Webhook subscription not found"), "A07");
  EXPECT_CLEAN(told(403, "Webhook subscription is owned by another user"), "A07");
  EXPECT_CLEAN(told(409, "Operator license number conflicts"), "A07");
  EXPECT_CLEAN(told(403, "Operator license number conflicts"), "A07");
  EXPECT_CLEAN(told(404, "Your subscription was not found"), "A07");
  EXPECT_CLEAN(told(500, "Your plan does not include this"), "A07");
  EXPECT_HIT(told(403, "Your subscription does not cover this"), "A07");
  for (const int status : {403, 404}) {
    const Try page =
        get("/rfqs", pair)
            .answer(status, "<html>Your request was denied. Apache License 2.0, upgrade your browser</html>",
                    "text/html");
    EXPECT_CLEAN(tell(on_monday({page})), "A07") << status;
  }
}

TEST(A07, AWordInPassingEstablishesNothing) {
  const Pair old = new_pair(), pair = new_pair();
  Tape before = good_friday(old);
  before.add(get("/webhooks/settings", old));
  Tape after(kMonday);
  const Try gone = get("/webhooks/settings", pair).error(404, "NOT_FOUND", "Webhook subscription not found");
  for (int i = 0; i < 3; ++i) after.add(get("/airports/search?filter=KTEB", pair)).add(gone).wait(358);
  EXPECT_EQ(tell(after, &before).verdict().of(Side::kAccount).uncapped, Level::kNotProven);
}

}  // namespace
}  // namespace cvr::diagnose::test
