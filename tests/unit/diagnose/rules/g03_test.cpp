// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"
#include "support/random.h"

namespace cvr::diagnose::test {
namespace {

Tape refused(const Pair& pair) { return on_monday({get("/rfqs", pair).error(401, "X")}); }

TEST(G03, OnlyOneOfTwoIsNew) {
  const Pair old = new_pair(), fresh = new_pair();
  const Tape before = good_friday(old);
  EXPECT_HIT(tell(refused({old.token, fresh.api}), &before), "G03");
  EXPECT_HIT(tell(refused({fresh.token, old.api}), &before), "G03");
}

TEST(G03, BothNewBothOldOrAccepted) {
  const Pair old = new_pair(), fresh = new_pair();
  const Tape before = good_friday(old);
  EXPECT_CLEAN(tell(refused(fresh), &before), "G03");
  EXPECT_CLEAN(tell(refused(old), &before), "G03");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", {old.token, fresh.api})}), &before), "G03");
}

// A token of the token endpoint is as new as its issue, and the other half is still a half.
TEST(G03, AFreshTokenOfTheTokenEndpointBesideTheOldOther) {
  const Pair old = new_pair(), fresh = new_pair();
  const Tape before = good_friday(old);
  Tape after(kMonday);
  after.add(token_call(cvr::test::random_uuid(), secret_like(), fresh.token));
  after.again(get("/rfqs", {fresh.token, old.api}).error(401, "X"), 4, 360);
  const Told told = tell(after, &before);
  EXPECT_HIT(told, "G03");
  EXPECT_EQ(told.verdict().level, Level::kNotProven) << told.verdict().text;
  Tape both(kMonday);
  both.add(token_call(cvr::test::random_uuid(), secret_like(), fresh.token));
  both.add(get("/rfqs", fresh).error(401, "X"));
  EXPECT_CLEAN(tell(both, &before), "G03");
}

// Only G06 asks for a refusal.
TEST(G03, HalfAPairInAnOutageIsAFaultToo) {
  const Pair old = new_pair(), fresh = new_pair();
  const Tape before = good_friday(old);
  EXPECT_HIT(tell(on_monday({get("/rfqs", {fresh.token, old.api}).error(503, "X")}), &before), "G03");
  EXPECT_HIT(tell(on_monday({get("/rfqs", {old.token, fresh.api}).error(404, "X")}), &before), "G03");
}

TEST(G03, WithoutFridayOrWithAnotherKeyItIsOpen) {
  EXPECT_OPEN(tell(refused(new_pair())), "G03");
  Tape before = good_friday(new_pair());
  before.key = "one";
  Tape after = refused(new_pair());
  after.key = "another";
  EXPECT_OPEN(tell(after, &before), "G03");
}

TEST(G03, TheOtherHalfIsNotTheOneThatWorksWithThisToken) {
  const Pair pair = new_pair(), other = new_pair();
  const Try good = get("/rfqs", pair);
  EXPECT_HIT(tell(on_monday({good, get("/rfqs", {pair.token, other.api}).error(403, "X"), good})), "G03");
  EXPECT_OPEN(tell(on_monday({good, Try(good).error(403, "X")})), "G03");
}

// Of the same tenant and type, well formed, unknown to G04 and G05: what failed with it shows nothing of the one that
// works.
TEST(G03, AnotherTokenThanTheOneThatWorks) {
  const Pair good = new_pair(), other = new_pair();
  for (const int status : {401, 403, 404, 500}) {
    Tape after(kMonday);
    after.add(get("/airports/search?filter=KTEB", good));
    after.again(get("/rfqs/arfq-77", other).error(status, "X"), 4, 360);
    const Tape before = good_friday(good);
    const Told told = tell(after, &before);
    EXPECT_HIT(told, "G03") << status;
    EXPECT_EQ(told.verdict().level, Level::kNotProven) << told.verdict().text;
    EXPECT_EQ(told.cited("G03"), (std::vector<std::uint64_t>{2, 3, 4, 5}));
    // The success after the failures, and without anything of before.
    Tape late(kMonday);
    late.again(get("/rfqs/arfq-77", other).error(status, "X"), 4, 360).add(get("/rfqs", good));
    EXPECT_HIT(tell(late), "G03") << status;
  }
}

TEST(G03, ATokenThatWorksForSomethingIsNoOther) {
  const Pair one = new_pair(), two = new_pair();
  Tape after(kMonday);
  after.add(get("/rfqs", one)).add(get("/airports/search?filter=KTEB", two)).add(get("/rfqs", two).error(403, "X"));
  EXPECT_NE(tell(after).outcome("G03"), Outcome::kFail);
}

TEST(G03, WhatWorkedBeforeTheRebuildOrElsewhereIsNotComparedWith) {
  const Pair old = new_pair(), fresh = new_pair();
  const Tape before = good_friday(old);
  EXPECT_CLEAN(tell(lost_permissions(fresh), &before), "G03");
  EXPECT_NE(tell(on_monday({get("/rfqs", old).host("services.avinode.com"), get("/rfqs", fresh).error(403, "X")}))
                .outcome("G03"),
            Outcome::kFail);
}

TEST(G03, TokensThatOneClientIsGivenAreOne) {
  const Pair first = new_pair(), second = new_pair(), third = new_pair();
  const std::string client = cvr::test::random_uuid(), secret = secret_like();
  Tape after(kMonday);
  after.add(token_call(client, secret, first.token)).add(get("/rfqs", {first.token, first.api}));
  after.add(token_call(client, secret, second.token)).add(get("/rfqs", {second.token, first.api}).error(403, "X"));
  EXPECT_NE(tell(after).outcome("G03"), Outcome::kFail);
  // Of another client.
  after.add(token_call(cvr::test::random_uuid(), secret_like(), third.token));
  after.add(get("/rfqs", {third.token, first.api}).error(403, "X"));
  EXPECT_HIT(tell(after), "G03");
  EXPECT_EQ(tell(after).cited("G03"), std::vector<std::uint64_t>{6});
}

TEST(G03, NoAnswerTooManyCallsAndMaintenanceAreNotOfTheToken) {
  const Pair good = new_pair(), other = new_pair();
  for (const Try& one :
       {get("/rfqs", other).fails(FailureKind::kTimeout), get("/rfqs", other).error(429, "X"),
        get("/rfqs", other).answer(503, "<html>maintenance</html>", "text/html").answer_header("Retry-After", "60")}) {
    EXPECT_NE(tell(on_monday({get("/rfqs", good), one})).outcome("G03"), Outcome::kFail);
  }
}

TEST(G03, OfSeveralTokensOfWhichNoneWorksOneIsTheRightOne) {
  const Pair old = new_pair(), one = new_pair(), two = new_pair();
  const Tape before = good_friday(old);
  Tape after(kMonday);
  after.again(get("/rfqs/arfq-77", one).error(403, "AUTHORIZATION_PERMISSIONS"), 4, 360);
  EXPECT_CLEAN(tell(after, &before), "G03");
  after.add(get("/rfqs/arfq-77", two).error(403, "AUTHORIZATION_PERMISSIONS"));
  const Told told = tell(after, &before);
  EXPECT_EQ(told.outcome("G03"), Outcome::kFail);
  EXPECT_EQ(told.cited("G03"), std::vector<std::uint64_t>{5});
  EXPECT_EQ(told.verdict().level, Level::kNotProven);
}

TEST(G03, AProbeTriesEachWayAlone) {
  const Pair given = new_pair(), other = new_pair(), issued = new_pair();
  Tape after(kMonday);
  after.add(get("/rfqs", given).error(401, "X").step("auth-static"));
  after.add(token_call(cvr::test::random_uuid(), secret_like(), issued.token).step("token-oauth-post"));
  after.add(get("/rfqs", {issued.token, given.api}).step("auth-oauth-post"));
  EXPECT_NE(tell(after).outcome("G03"), Outcome::kFail);
  // One more of the same kind that works, and what the application itself does.
  Tape app = after;
  app.add(get("/rfqs", other).error(401, "X"));
  EXPECT_HIT(tell(app), "G03");
  after.add(get("/rfqs", other));
  EXPECT_HIT(tell(after), "G03");
}

TEST(G03, AnyVendorWithoutPairsOrRebuild) {
  profiles::Profile vendor;
  vendor.hosts = {"sandbox.avinode.com"};
  const Pair good = new_pair(), other = new_pair();
  EXPECT_HIT(tell(on_monday({get("/rfqs", good), get("/rfqs", other).error(403, "X")}), nullptr, nullptr, vendor),
             "G03");
  EXPECT_MEANINGLESS(
      tell(on_monday({get("/rfqs", good), get("/rfqs", good).error(403, "X")}), nullptr, nullptr, vendor), "G03");
}

// In a system that is not rebuilt nothing tells the age of a pair, but what stood beside a token when it worked does.
TEST(G03, APairOfTwoConnectionsOutsideTheRebuiltSystem) {
  const Pair pair = new_pair(), other = new_pair();
  const auto there = [](Try one) { return one.host("services.avinode.com"); };
  Tape before(kFriday);
  before.add(there(get("/rfqs", pair)));
  const Try mixed = there(get("/rfqs", {pair.token, other.api}).error(403, "AUTHENTICATION_COMPANY_ACCESS"));
  EXPECT_HIT(tell(on_monday({mixed}), &before), "G03");
  EXPECT_HIT(tell(on_monday({there(get("/trips", pair)), mixed})), "G03");
  EXPECT_CLEAN(tell(on_monday({there(get("/rfqs", pair).error(403, "X"))}), &before), "G03");
  EXPECT_NE(tell(on_monday({mixed})).outcome("G03"), Outcome::kFail) << "nothing has worked";
  Tape both = before;
  both.add(there(get("/rfqs", {pair.token, other.api})));
  EXPECT_CLEAN(tell(on_monday({mixed}), &both), "G03");
}

TEST(G03, ATokenThatNobodyIssuedBesideOneThatWas) {
  const Pair issued = new_pair(), foreign = new_pair();
  const Try issue = token_call(cvr::test::random_uuid(), secret_like(), issued.token);
  const Try ours = get("/rfqs", issued).error(401, "X"), stray = get("/trips", foreign).error(401, "X");
  const Told told = tell(on_monday({issue, ours, stray}));
  EXPECT_HIT(told, "G03");
  EXPECT_EQ(told.cited("G03"), std::vector<std::uint64_t>{3});
  EXPECT_NE(tell(on_monday({issue, ours})).outcome("G03"), Outcome::kFail);
  // A probe tries each way alone.
  EXPECT_NE(tell(on_monday({issue, Try(ours).step("auth-oauth-post"), Try(stray).step("auth-static")})).outcome("G03"),
            Outcome::kFail);
}

TEST(G03, TwoCredentialsBesideAnIssuedToken) {
  const Pair issued = new_pair(), other = new_pair();
  const Try issue = token_call(cvr::test::random_uuid(), secret_like(), issued.token);
  const Try ours = get("/rfqs", issued).error(401, "X");
  const Try mixed = get("/trips", {issued.token, other.api}).error(401, "X");
  EXPECT_HIT(tell(on_monday({issue, ours, mixed})), "G03");
  EXPECT_NE(tell(on_monday({issue, ours, Try(ours)})).outcome("G03"), Outcome::kFail);
}

TEST(G03, AnotherClientThanTheOneThatGotATokenIsNotTheRightOne) {
  const std::string client = cvr::test::random_uuid(), secret = secret_like();
  const Try good = token_call(client, secret, new_pair().token);
  EXPECT_HIT(tell(on_monday({good, token_call(cvr::test::random_uuid(), secret, "")})), "G03");
  EXPECT_HIT(tell(on_monday({token_call(client, secret_like(), ""), good})), "G03");
  EXPECT_NE(tell(on_monday({good, token_call(client, secret, "")})).outcome("G03"), Outcome::kFail);
  EXPECT_NE(tell(on_monday({good, token_call(client, secret_like(), "").fails(FailureKind::kTimeout)})).outcome("G03"),
            Outcome::kFail);
  // After a rebuild there are new ones.
  Tape before(kFriday);
  before.add(good);
  EXPECT_NE(tell(on_monday({token_call(cvr::test::random_uuid(), secret_like(), "")}), &before).outcome("G03"),
            Outcome::kFail);
}

// T0 worked until the application fetched T1, which nothing takes: the account's (A06).  Where T0 goes on to work, it
// is another credential.
TEST(G03, ARefreshedTokenIsNoOtherCredential) {
  const Pair first = new_pair();
  Pair second = first;
  second.token = new_pair().token;
  const auto tape = [&](bool goes_on) {
    Tape out("2026-03-17T09:00:00Z");
    out.add(get("/rfqs", first)).add(token_call(cvr::test::random_uuid(), secret_like(), second.token));
    out.add(get("/rfqs", second).error(401, "X")).add(get("/trips", second).error(401, "X"));
    if (goes_on) out.add(get("/rfqs", first));
    return out;
  };
  EXPECT_FALSE(tell(tape(false)).hit("G03")) << tell(tape(false)).of("G03").message;
  EXPECT_HIT(tell(tape(true)), "G03");
}

// 429 and 503 say nothing of a token.
TEST(G03, ServicesThatAreDownAreNoMatterOfTokens) {
  for (const int status : {429, 502, 503, 504}) {
    const Told told = tell(on_monday({get("/rfqs", new_pair()).answer(status, "down", "text/plain"),
                                      get("/rfqs", new_pair()).answer(status, "down", "text/plain")}));
    EXPECT_FALSE(told.hit("G03")) << status << told.of("G03").message;
  }
}

}  // namespace
}  // namespace cvr::diagnose::test
