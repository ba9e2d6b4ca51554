// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(V03, APageInThePlaceOfData) {
  const auto page = [](int status, const char* type, const char* body) {
    return tell(on_monday({get("/rfqs", new_pair()).answer(status, body, type)}));
  };
  EXPECT_HIT(page(503, "text/html", "<html>Maintenance</html>"), "V03");
  EXPECT_HIT(page(200, "text/html; charset=utf-8", "<html>Sign in</html>"), "V03");
  EXPECT_CLEAN(page(503, "application/json", "{}"), "V03");
  EXPECT_CLEAN(page(503, "text/html", ""), "V03");
  EXPECT_CLEAN(page(302, "text/html", "<html>moved</html>"), "V03");
  EXPECT_OPEN(tell(on_monday({})), "V03");
}

// Where pages are usual they are no outage.
TEST(V03, OnlyWhereJsonWasUsual) {
  profiles::Profile other = profiles::avinode();
  other.diagnosis.answers_json = false;
  const Try page = get("/rfqs", new_pair()).answer(503, "<html></html>", "text/html");
  EXPECT_CLEAN(tell(on_monday({page}), nullptr, nullptr, other), "V03");
  EXPECT_HIT(tell(on_monday({get("/rfqs", new_pair()), page}), nullptr, nullptr, other), "V03");
}

TEST(V03, WhateverTheContentTypeSays) {
  const Pair pair = new_pair();
  const Try page = get("/rfqs", pair).answer(503, "<html><body>We are down for maintenance</body></html>");
  EXPECT_HIT(tell(on_monday({page})), "V03");
  const Try text = get("/rfqs", pair).answer(503, "Down for maintenance", "text/plain");
  EXPECT_CLEAN(tell(on_monday({text})), "V03");
  EXPECT_HIT(tell(on_monday({Try(text).answer_header("Retry-After", "3600")})), "V03");
  const Try json = get("/rfqs", pair).answer(503, R"({"message":"Down for maintenance"})");
  EXPECT_HIT(tell(on_monday({Try(json).answer_header("Retry-After", "3600")})), "V03");
}

// An aircraft may be in maintenance as well; 503 alone says that it is the service.
TEST(V03, MaintenanceOfAThingIsNotTheServices) {
  const auto told = [](int status, const char* title) {
    return tell(on_monday({get("/rfqs", new_pair()).error(status, "X", title).answer_header("Retry-After", "5")}));
  };
  EXPECT_CLEAN(told(500, "aircraft N1 is in maintenance"), "V03");
  EXPECT_CLEAN(told(503, "aircraft N1 is in maintenance"), "V03");
  EXPECT_CLEAN(told(500, "Down for maintenance"), "V03");
  EXPECT_CLEAN(told(503, "This aircraft is temporarily unavailable"), "V03");
  EXPECT_HIT(told(503, "The API is under maintenance"), "V03");
  EXPECT_HIT(told(503, "Service Temporarily Unavailable"), "V03");
}

}  // namespace
}  // namespace cvr::diagnose::test
