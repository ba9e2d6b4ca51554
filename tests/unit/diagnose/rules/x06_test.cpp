// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"
#include "support/random.h"

namespace cvr::diagnose::test {
namespace {

TEST(X06, ASecretThatWorkedBefore) {
  const std::string client = cvr::test::random_uuid(), secret = secret_like();
  const Try good = token_call(client, secret, new_pair().token);
  EXPECT_HIT(tell(on_monday({good, token_call(client, secret, "")})), "X06");
  EXPECT_CLEAN(tell(on_monday({good, token_call(client, secret_like(), "")})), "X06");
  EXPECT_CLEAN(tell(on_monday({token_call(client, secret, "")})), "X06");
  EXPECT_CLEAN(tell(on_monday({token_call(client, secret, ""), good})), "X06");
}

TEST(X06, AnAssertionShowsNoSecret) {
  Try assertion = token_call("c", "x", "");
  assertion.raw.request.body = "grant_type=client_credentials&client_assertion=" + new_pair().token;
  EXPECT_OPEN(tell(on_monday({assertion})), "X06");
}

}  // namespace
}  // namespace cvr::diagnose::test
