// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"
#include "support/random.h"

namespace cvr::diagnose::test {
namespace {

struct World {
  Pair old = new_pair(), fresh = new_pair();
  std::string client = cvr::test::random_uuid(), secret = secret_like();
  Try api = get("/airports/search?filter=KTEB", fresh).error(403, "NOT_AUTHORIZED");
  Try wrong =
      get("/airports/search?filter=KTEB", new_pair()).error(401, "ERR_INPUT_GENERIC_INVALID").step("wrong-credential");
  Account account;
  World() { account.oauth_method = "client_secret_post"; }
  Told told(const std::vector<Try>& calls) {
    const Tape before = good_friday(old);
    return tell(on_monday(calls), &before, &account);
  }
};

TEST(A03, TwoNewMethodsRefused) {
  World w;
  EXPECT_HIT(w.told({w.wrong, w.api, token_call(w.client, w.secret, "")}), "A03");
}

TEST(A03, OneMethodOrOneThatWorksPasses) {
  World w;
  EXPECT_CLEAN(w.told({w.wrong, w.api}), "A03");
  EXPECT_CLEAN(w.told({w.wrong, get("/rfqs", w.fresh), w.api, token_call(w.client, w.secret, "")}), "A03");
}

// A token endpoint that asks for nothing hands out tokens all the same.
TEST(A03, ATokenOfNoMethod) {
  World w;
  Try issue = token_call(w.client, w.secret, w.fresh.token);
  issue.raw.request.body = "grant_type=client_credentials";
  EXPECT_CLEAN(w.told({w.wrong, issue, w.api}), "A03");
}

TEST(A03, WithoutTheControlItIsOpen) {
  World w;
  EXPECT_OPEN(w.told({w.api, token_call(w.client, w.secret, "")}), "A03");
}

// Old ones, faults of the client, or the answer of a wrong credential: then it shows nothing.
TEST(A03, WhateverElseExplainsIt) {
  World w;
  const Try token = token_call(w.client, w.secret, "");
  EXPECT_CLEAN(w.told({w.wrong, get("/airports/search?filter=KTEB", w.old).error(403, "X"), token}), "A03");
  EXPECT_CLEAN(w.told({w.wrong, Try(w.api).without("X-Avinode-SentTimestamp"), token}), "A03");
  EXPECT_CLEAN(w.told({w.wrong, Try(w.api).error(401, "ERR_INPUT_GENERIC_INVALID"), token}), "A03");
}

}  // namespace
}  // namespace cvr::diagnose::test
