// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

Tape sends(const char* type, const char* body) {
  return on_monday({post("/trips", new_pair(), "").body(type, body).error(415, "X")});
}

TEST(C11, AbsentOrNotTheBodys) {
  EXPECT_HIT(tell(sends("", "{}")), "C11");
  EXPECT_HIT(tell(sends("text/plain", R"({"a":1})")), "C11");
  EXPECT_HIT(tell(sends("application/x-www-form-urlencoded", R"({"a":1})")), "C11");
  EXPECT_HIT(tell(sends("application/json", R"({"a":1)")), "C11");
  EXPECT_HIT(tell(sends("application/json", "a=1&b=2")), "C11");
}

TEST(C11, TheBodysOwnPasses) {
  EXPECT_CLEAN(tell(sends("application/json; charset=utf-8", R"({"a":1})")), "C11");
  EXPECT_CLEAN(tell(sends("application/vnd.api+json", "[]")), "C11");
  EXPECT_CLEAN(tell(sends("application/json", "17")), "C11");
  EXPECT_CLEAN(tell(sends("text/plain", "{not JSON")), "C11");
  EXPECT_MEANINGLESS(tell(on_monday({get("/rfqs", new_pair())})), "C11");
  EXPECT_OPEN(tell(on_monday({})), "C11");
}

TEST(C11, ATokenRequestIsAForm) {
  Try one = token_call("c", secret_like(), "");
  EXPECT_CLEAN(tell(on_monday({one})), "C11");
  EXPECT_HIT(tell(on_monday({Try(one).header("Content-Type", "text/plain")})), "C11");
  EXPECT_HIT(tell(on_monday({Try(one).header("Content-Type", "multipart/form-data; boundary=q")})), "C11");
  EXPECT_CLEAN(tell(on_monday({Try(one).header("Content-Type", "text/plain").answer(200)})), "C11");
}

TEST(C11, TwoContentTypesAreNone) {
  Try twice = post("/trips", new_pair(), kGoodTrip).error(403, "X");
  twice.raw.request.fields.push_back({"Content-Type", "text/plain"});
  EXPECT_HIT(tell(on_monday({twice})), "C11");
}

}  // namespace
}  // namespace cvr::diagnose::test
