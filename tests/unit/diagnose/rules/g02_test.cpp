// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "base/base64.h"
#include "kit.h"
#include "support/random.h"

namespace cvr::diagnose::test {
namespace {

Account registered(const char* method) {
  Account out;
  out.oauth_method = method;
  return out;
}

TEST(G02, TheSecretIsOfAnotherMethod) {
  const Account basic = registered("client_secret_basic");
  const Tape refused = on_monday({token_call(cvr::test::random_uuid(), secret_like(), "")});
  EXPECT_HIT(tell(refused, nullptr, &basic), "G02");
  const Account post = registered("client_secret_post");
  EXPECT_CLEAN(tell(refused, nullptr, &post), "G02");
  EXPECT_OPEN(tell(refused), "G02");
  EXPECT_MEANINGLESS(tell(on_monday({get("/rfqs", new_pair())})), "G02");
}

TEST(G02, TwoMethodsAtOnce) {
  const std::string client = cvr::test::random_uuid(), secret = secret_like();
  const Try both =
      token_call(client, secret, "").header("Authorization", "Basic " + base64_encode(client + ":" + secret));
  EXPECT_HIT(tell(on_monday({both})), "G02");
}

TEST(G02, AnotherMethodThanTheOneThatWorked) {
  const std::string client = cvr::test::random_uuid(), secret = secret_like();
  Try basic = token_call(client, secret, "").header("Authorization", "Basic " + base64_encode(client + ":" + secret));
  basic.raw.request.body = "grant_type=client_credentials";
  basic.answer(401, R"({"error":"invalid_client"})");
  EXPECT_HIT(tell(on_monday({token_call(client, secret, new_pair().token), basic})), "G02");
  EXPECT_CLEAN(tell(on_monday({token_call(client, secret, new_pair().token), token_call(client, secret, "")})), "G02");
}

// What was sent is on record; what the vendor names is a second witness.
TEST(G02, TheVendorNamesAnotherMethod) {
  const std::string client = cvr::test::random_uuid(), secret = secret_like();
  Try sent = token_call(client, secret, "");  // by post
  sent.answer(401, R"({"error":"invalid_client_secret_basic"})");
  const Account post = registered("client_secret_post"), basic = registered("client_secret_basic");
  EXPECT_HIT(tell(on_monday({sent}), nullptr, &post), "G02");
  EXPECT_HIT(tell(on_monday({sent}), nullptr, &basic), "G02");
  sent.answer(401, R"({"error":"invalid_client_secret_post"})");
  EXPECT_CLEAN(tell(on_monday({sent}), nullptr, &post), "G02");
  EXPECT_HIT(tell(on_monday({sent}), nullptr, &basic), "G02");
}

}  // namespace
}  // namespace cvr::diagnose::test
