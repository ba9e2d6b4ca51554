// The story's four cases, the ladder, the cap, and 500 seeded mutants.
#include "diagnose/verdict.h"

#include "base/base64.h"
#include "kit.h"
#include "mutations.h"
#include "support/random.h"

namespace cvr::diagnose::test {
namespace {

const Pair kNone;

// Every method is new and refused, and a wrong credential gets another answer.
Tape refused_everywhere(const Pair& pair, const std::string& client, const std::string& secret) {
  Tape out(kMonday);
  out.add(get("/airports/search?filter=KTEB", kNone).error(400, "ERR_INPUT_MISSING").step("unauthenticated"));
  out.add(get("/airports/search?filter=KTEB", new_pair("1"))
              .error(401, "ERR_INPUT_GENERIC_INVALID")
              .step("wrong-credential"));
  for (int i = 0; i < 3; ++i) {
    out.add(token_call(client, secret, ""));
    out.add(get("/airports/search?filter=KTEB", pair).error(403, "NOT_AUTHORIZED"));
    out.add(post("/trips", pair, kGoodTrip).error(403, "NOT_AUTHORIZED"));
    out.wait(357);
  }
  return out;
}

Tape friday_with_oauth(const Pair& pair, const std::string& client, const std::string& secret) {
  Tape out = good_friday(pair);
  out.add(token_call(client, secret, new_pair().token));
  return out;
}

TEST(Story, ClientAndAccountFaultsMixedIsNotProvenWithTheClientsFirst) {
  const Pair old = new_pair();
  const Tape before = good_friday(old);
  Tape after(kMonday);
  for (int i = 0; i < 3; ++i) {
    after.add(get("/airports/search?filter=KTEB", new_pair("4711")));
    after.add(post("/trips", old, kLegacyTrip).error(500, "ERR_INTERNAL_CRITICAL"));
    const Pair fresh = new_pair();
    after.add(get("/airports/search?filter=KTEB", fresh));
    after.add(get("/rfqs/arfq-77", fresh).error(403, "NOT_AUTHORIZED")).wait(360);
  }
  const Told told = tell(after, &before);
  EXPECT_EQ(told.verdict().level, Level::kNotProven);
  EXPECT_EQ(told.verdict().side, std::nullopt);
  EXPECT_HIT(told, "C05");
  EXPECT_HIT(told, "A01");
  EXPECT_GE(told.verdict().of(Side::kAccount).uncapped, Level::kIndicated);
  EXPECT_EQ(told.verdict().of(Side::kAccount).level, Level::kNotProven);
  EXPECT_EQ(told.verdict().of(Side::kClientCode).level, Level::kIndicated);
  ASSERT_FALSE(told.diagnosis.first.empty());
  EXPECT_EQ(told.diagnosis.first.front().rule, "C05");
}

TEST(Story, ClientFaultsMendedIsStronglyIndicatedAccount) {
  const Pair old = new_pair();
  const std::string client = cvr::test::random_uuid();
  const Tape before = friday_with_oauth(old, client, secret_like());
  Account account;
  account.oauth_method = "client_secret_post";
  const Told told = tell(refused_everywhere(new_pair(), client, secret_like()), &before, &account);
  EXPECT_TRUE(told.verdict().capped_by.empty()) << told.verdict().text;
  EXPECT_HIT(told, "A03");
  EXPECT_HIT(told, "M01");
  EXPECT_HIT(told, "M03");
  EXPECT_HIT(told, "M04");
  EXPECT_EQ(told.verdict().level, Level::kStronglyIndicated) << told.verdict().text;
  EXPECT_EQ(told.verdict().side, Side::kAccount);
}

TEST(Story, TheVendorAcceptsTheTokenElsewhereIsEstablished) {
  const Tape before = good_friday(new_pair());
  const Told told = tell(lost_permissions(new_pair()), &before);
  EXPECT_EQ(told.verdict().level, Level::kEstablished) << told.verdict().text;
  EXPECT_EQ(told.verdict().side, Side::kAccount);
  EXPECT_HIT(told, "A01");
  EXPECT_HIT(told, "A04");
}

TEST(Story, RecoveredWithNoChangeIsSelfHealed) {
  const Tape before = good_friday(new_pair());
  const Pair pair = new_pair();
  Tape after = lost_permissions(pair);
  after.add(post("/trips", pair, kGoodTrip)).add(get("/rfqs/arfq-77", pair));
  const Told told = tell(after, &before);
  EXPECT_HIT(told, "R03");
  EXPECT_EQ(told.verdict().side, Side::kReset);
  EXPECT_NE(told.verdict().text.find("Self-healed"), std::string::npos) << told.verdict().text;
}

// One blip beside it does not heal what goes on.
TEST(Story, ABlipElsewhereHealsNothing) {
  const Tape before = good_friday(new_pair());
  const Pair pair = new_pair();
  Tape after = lost_permissions(pair);
  after.add(get("/aircrafttypes", pair).answer(503, "busy", "text/plain")).add(get("/aircrafttypes", pair));
  const Told told = tell(after, &before);
  EXPECT_HIT(told, "R03");
  EXPECT_EQ(told.verdict().side, Side::kAccount) << told.verdict().text;
  EXPECT_EQ(told.verdict().level, Level::kEstablished) << told.verdict().text;
  EXPECT_EQ(told.verdict().text.find("Self-healed"), std::string::npos);
}

// ---- the ladder ----------------------------------------------------------------------------

TEST(Verdict, OnceIsIndicatedAndNoMore) {
  const Tape before = good_friday(new_pair());
  const Pair pair = new_pair();
  Tape after(kMonday);
  after.add(get("/airports/search?filter=KTEB", pair))
      .add(post("/trips", pair, kGoodTrip).error(403, "NOT_AUTHORIZED"));
  const Told told = tell(after, &before);
  EXPECT_EQ(told.verdict().level, Level::kIndicated) << told.verdict().text;
}

TEST(Verdict, WithoutAnEarlierSuccessNothingIsStrong) {
  const Told told = tell(lost_permissions(new_pair()));
  EXPECT_LE(told.verdict().level, Level::kIndicated) << told.verdict().text;
  EXPECT_HIT(told, "M06");
}

TEST(Verdict, TheVendorsOwnWordsNeedAllTheRest) {
  const Tape before = good_friday(new_pair());
  const Pair pair = new_pair();
  Tape after(kMonday);
  after.again(post("/trips", pair, kGoodTrip).error(403, "AUTHENTICATION_COMPANY_ACCESS"), 3, 360);
  EXPECT_EQ(tell(after, &before).verdict().level, Level::kEstablished);
  EXPECT_LE(tell(after).verdict().level, Level::kIndicated) << "M01 is missing";
  Tape once(kMonday);
  once.add(post("/trips", pair, kGoodTrip).error(403, "AUTHENTICATION_COMPANY_ACCESS"));
  EXPECT_EQ(tell(once, &before).verdict().level, Level::kIndicated) << "M03 is missing";
  Tape unauthorised(kMonday);
  unauthorised.again(post("/trips", pair, kGoodTrip).error(401, "AUTHENTICATION_COMPANY_ACCESS"), 3, 360);
  EXPECT_EQ(tell(unauthorised, &before).verdict().level, Level::kStronglyIndicated) << "never from 401s alone";
}

TEST(Verdict, AnotherCallThanTheOneThatWorkedCaps) {
  const Tape before = good_friday(new_pair());
  const Pair pair = new_pair();
  Tape after = lost_permissions(pair);
  after.add(get("/airports/search?filter=EGGW", pair).error(403, "NOT_AUTHORIZED"));
  const Told told = tell(after, &before);
  EXPECT_HIT(told, "M02");
  EXPECT_EQ(told.verdict().level, Level::kNotProven);
  EXPECT_EQ(told.verdict().capped_by, std::vector<std::string_view>{"M02"});
}

// The vendor says that a request is not as it should be; or a new credential cured it.
TEST(Verdict, ARequestInQuestionIsNoMoreThanIndicated) {
  const Tape before = good_friday(new_pair());
  const Pair pair = new_pair();
  ASSERT_GE(tell(lost_permissions(pair), &before).verdict().level, Level::kStronglyIndicated);
  for (const int status : {400, 406, 409, 412, 413, 415, 422}) {
    Tape after = lost_permissions(pair);
    after.add(post("/rfqs", pair, kGoodTrip).error(status, "ERR_INPUT_MISSING"));
    EXPECT_LE(tell(after, &before).verdict().level, Level::kIndicated) << status;
  }
  Tape cured = lost_permissions(pair);
  const Pair fresh = new_pair();
  cured.add(post("/trips", fresh, kGoodTrip)).add(get("/rfqs/arfq-77", fresh));
  EXPECT_LE(tell(cured, &before).verdict().level, Level::kIndicated);
}

TEST(Verdict, NothingFailsNothingIsProven) {
  const Told told = tell(good_friday(new_pair()));
  EXPECT_EQ(told.verdict().level, Level::kNotProven);
  EXPECT_TRUE(told.verdict().capped_by.empty());
  EXPECT_NE(told.verdict().text.find("nothing fails"), std::string::npos);
}

TEST(Verdict, TheSameAnswerForAWrongCredentialIsNoMoreThanIndicated) {
  const Tape before = good_friday(new_pair());
  const Pair pair = new_pair();
  const auto recorded = [&](const char* control) {
    Tape out(kMonday);
    out.add(get("/airports/search?filter=KTEB", new_pair("1")).error(401, control).step("wrong-credential"));
    out.again(get("/airports/search?filter=KTEB", pair).error(401, "ERR_INPUT_GENERIC_INVALID"), 4, 360);
    return out;
  };
  EXPECT_EQ(tell(recorded("ERR_OTHER"), &before).verdict().level, Level::kStronglyIndicated);
  const Told same = tell(recorded("ERR_INPUT_GENERIC_INVALID"), &before);
  EXPECT_EQ(same.outcome("M04"), Outcome::kWarn);
  EXPECT_EQ(same.verdict().level, Level::kIndicated) << same.verdict().text;
}

TEST(Verdict, TheSelfHealedTextSaysTheLevel) {
  const Tape before = good_friday(new_pair());
  const Pair pair = new_pair();
  Tape after(kMonday);
  after.again(get("/airports/search?filter=KTEB", pair).error(401, "X"), 4, 360);
  after.add(get("/airports/search?filter=KTEB", pair));
  const Told told = tell(after, &before);
  EXPECT_EQ(told.verdict().level, Level::kStronglyIndicated);
  EXPECT_NE(told.verdict().text.find("strongly indicated"), std::string::npos) << told.verdict().text;
}

// ---- mutants -------------------------------------------------------------------------------

// Lost permissions as in the story, and one call, anywhere, with one fault of the client's.
TEST(Mutants, OneFaultOfTheClientNeverExonerates) {
  auto& random = cvr::test::rng();
  std::map<std::string, int> met;
  for (int i = 0; i < 500; ++i) {
    const Pair old = new_pair(), pair = new_pair();
    const Tape before = good_friday(old);
    std::vector<Try> calls;
    for (int round = 0; round < 3; ++round) {
      calls.push_back(get("/airports/search?filter=KTEB", pair));
      calls.push_back(post("/trips", pair, kGoodTrip).error(403, "NOT_AUTHORIZED"));
      calls.push_back(get("/rfqs/arfq-77", pair).error(403, "NOT_AUTHORIZED"));
    }
    const Mutation& mutation = mutations()[static_cast<std::size_t>(i) % mutations().size()];
    mutation.apply(calls[random() % calls.size()], old);
    Tape after(kMonday);
    for (std::size_t n = 0; n < calls.size(); ++n) after.add(calls[n]).wait(n % 3 == 2 ? 357 : 0);
    const Told told = tell(after, &before);
    EXPECT_EQ(told.verdict().level, Level::kNotProven) << i << " " << mutation.name << ": " << told.verdict().text;
    EXPECT_FALSE(told.verdict().capped_by.empty()) << i << " " << mutation.name;
    ++met[mutation.name];
  }
  EXPECT_EQ(met.size(), mutations().size());
  // Without a fault the same case is established: the mutants are capped by their faults and nothing else.
  const Tape before = good_friday(new_pair());
  EXPECT_EQ(tell(lost_permissions(new_pair()), &before).verdict().level, Level::kEstablished);
}

// What everybody gets shows no acceptance.
TEST(Verdict, AnOperationThatAnswersEverybodyEstablishesNothing) {
  const Tape before = good_friday(new_pair());
  const Pair pair = new_pair();
  for (const Pair& other : {kNobody, new_pair("1")}) {
    Tape after = lost_permissions(pair);
    after.add(
        get("/airports/search?filter=KTEB", other).step(other.token.empty() ? "unauthenticated" : "wrong-credential"));
    EXPECT_LT(tell(after, &before).verdict().level, Level::kEstablished);
  }
}

// Friday's trip is gone since the rebuild, whatever the vendor answers for it.
TEST(Verdict, AnIdOfBeforeTheRebuildIsNotTheSameCall) {
  const Tape before = good_friday(new_pair());
  const Pair pair = new_pair();
  for (const auto& [status, code] : {std::pair(500, "ERR_INTERNAL_CRITICAL"), std::pair(403, "NOT_AUTHORIZED"),
                                     std::pair(403, "AUTHENTICATION_COMPANY_ACCESS")}) {
    Tape after(kMonday);
    for (int i = 0; i < 3; ++i) {
      after.add(get("/airports/search?filter=KTEB", pair));
      after.add(get("/trips/atrip-71000501", pair).error(status, code)).wait(358);
    }
    const Told told = tell(after, &before);
    EXPECT_OPEN(told, "C08");
    EXPECT_FALSE(told.hit("M01")) << status;
    EXPECT_FALSE(told.hit("V02"));
    EXPECT_LT(told.verdict().level, Level::kEstablished) << status << code;
  }
}

// Another account, another id or other values are a change of the client.
TEST(Verdict, ARecoveryWithOtherValuesIsNotSelfHealed) {
  const Pair pair = new_pair();
  const Tape before = good_friday(new_pair());
  Tape after(kMonday);
  after.again(get("/rfqs/arfq-77", pair).error(404, "NOT_FOUND"), 3, 360).add(get("/rfqs/arfq-78", pair));
  const Told told = tell(after, &before);
  EXPECT_CLEAN(told, "R03");
  EXPECT_LE(told.verdict().level, Level::kIndicated) << told.verdict().text;
}

TEST(Verdict, AnotherActAsAccountIsAnotherCall) {
  constexpr const char* kActAs = "X-Avinode-ActAsAccount";
  const Pair old = new_pair(), pair = new_pair();
  const auto acting = [&](Try one, const char* who) { return one.header(kActAs, who); };
  Tape before(kFriday);
  before.add(acting(get("/airports/search?filter=KTEB", old), "right"));
  before.add(acting(post("/trips", old, kGoodTrip), "right"));
  const auto monday = [&](const char* who) {
    Tape out(kMonday);
    for (int i = 0; i < 3; ++i) {
      out.add(acting(get("/airports/search?filter=KTEB", pair), "right"));
      out.add(acting(post("/trips", pair, kGoodTrip), who).error(403, "AUTHORIZATION_PERMISSIONS")).wait(358);
    }
    return out;
  };
  EXPECT_EQ(tell(monday("right"), &before).verdict().level, Level::kEstablished);
  const Told told = tell(monday("wrong"), &before);
  EXPECT_EQ(told.verdict().level, Level::kNotProven) << told.verdict().text;
  EXPECT_HIT(told, "G07");
  EXPECT_HIT(told, "M02");
}

// All three methods of one old secret, tried by a probe and refused: one of them is the application's.
TEST(Verdict, TrialsThatWereAllRefusedAreJudged) {
  const Pair old = new_pair(), pair = new_pair();
  const std::string client = cvr::test::random_uuid(), secret = secret_like();
  Tape before = good_friday(old);
  before.add(token_call(client, secret, new_pair().token));
  Tape after = lost_permissions(pair);
  for (int i = 0; i < 3; ++i) {
    after.add(token_call(client, secret, "").step("token-oauth-post").flag(kFlagControl)).wait(360);
  }
  const Told told = tell(after, &before);
  EXPECT_HIT(told, "G06");
  EXPECT_HIT(told, "X06");
  EXPECT_EQ(told.verdict().level, Level::kNotProven);
}

// Which of them the secret is of stays open; it is no fault that the others were tried.
TEST(Verdict, TrialsOfANewSecretAreNoFault) {
  const Pair pair = new_pair();
  const std::string client = cvr::test::random_uuid(), secret = secret_like();
  Tape before = good_friday(new_pair());
  before.add(token_call(client, secret_like(), new_pair().token));
  Tape after = lost_permissions(pair);
  Try basic = token_call(client, secret, "").header("Authorization", "Basic " + base64_encode(client + ":" + secret));
  basic.raw.request.body = "grant_type=client_credentials";
  after.add(basic.step("token-oauth-basic").flag(kFlagControl));
  after.add(token_call(client, secret, "").step("token-oauth-post").flag(kFlagControl));
  Account account;
  account.oauth_method = "client_secret_post";
  for (const Account* attested : {static_cast<const Account*>(nullptr), static_cast<const Account*>(&account)}) {
    const Told told = tell(after, &before, attested);
    EXPECT_TRUE(told.verdict().capped_by.empty()) << told.verdict().text;
    EXPECT_FALSE(told.hit("A03")) << "one secret is one method";
    EXPECT_FALSE(told.hit("M02"));
  }
}

TEST(Verdict, ASoftErrorIsAQuestionToTheRequest) {
  const Tape before = good_friday(new_pair());
  const Pair pair = new_pair();
  for (const auto& [code, level] :
       {std::pair("START_AIRPORT_INVALID", Level::kIndicated), std::pair("NOT_AUTHORIZED", Level::kEstablished)}) {
    Tape after = lost_permissions(pair);
    after.add(post("/emptylegs/search", pair, R"({"startAirport":"KTEB"})").error(200, code));
    EXPECT_EQ(tell(after, &before).verdict().level, level) << code;
  }
}

TEST(Verdict, ATokenRequestThatTheVendorFindsMalformedIsAQuestion) {
  const Tape before = good_friday(new_pair());
  Tape after = lost_permissions(new_pair());
  after.add(token_call("c", secret_like(), "").answer(400, R"({"error":"invalid_request"})"));
  EXPECT_LE(tell(after, &before).verdict().level, Level::kIndicated);
}

}  // namespace
}  // namespace cvr::diagnose::test
