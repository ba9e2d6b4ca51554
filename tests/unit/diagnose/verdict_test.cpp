// The story's four cases, the ladder, the cap, and 500 seeded mutants.
#include "diagnose/verdict.h"

#include "kit.h"
#include "model/credential_notes.h"
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
  for (const int status : {400, 406, 413, 415, 422}) {
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

struct Mutation {
  const char* name;
  void (*apply)(Try& one, const Pair& old);
};

std::string json_body(const Try& one) { return one.raw.request.body; }
bool has_body(const Try& one) { return !one.raw.request.body.empty(); }
void replace(Try& one, std::string_view what, std::string_view by) {
  std::string& body = one.raw.request.body;
  if (const std::size_t at = body.find(what); at != std::string::npos) body.replace(at, what.size(), by);
}

constexpr Mutation kMutations[] = {
    {"no token", [](Try& t, const Pair&) { t.without("Authorization"); }},
    {"no API token", [](Try& t, const Pair&) { t.without("X-Avinode-ApiToken"); }},
    {"no timestamp", [](Try& t, const Pair&) { t.without("X-Avinode-SentTimestamp"); }},
    {"old timestamp", [](Try& t, const Pair&) { t.header("X-Avinode-SentTimestamp", "2026-03-16T07:00:00Z"); }},
    {"local timestamp", [](Try& t, const Pair&) { t.header("X-Avinode-SentTimestamp", "2026-03-16 09:00"); }},
    {"bearer twice",
     [](Try& t, const Pair&) {
       t.header("Authorization", "Bearer " + std::string(http::value_of(t.raw.request.fields, "Authorization")));
     }},
    {"no scheme",
     [](Try& t, const Pair&) {
       t.header("Authorization", std::string(http::value_of(t.raw.request.fields, "Authorization")).substr(7));
     }},
    {"quotes",
     [](Try& t, const Pair&) {
       const std::string token = std::string(http::value_of(t.raw.request.fields, "Authorization")).substr(7);
       t.header("Authorization", "Bearer '" + token + "'");
     }},
    {"two parts",
     [](Try& t, const Pair&) {
       const std::string value(http::value_of(t.raw.request.fields, "Authorization"));
       t.header("Authorization", value.substr(0, value.rfind('.')));
     }},
    {"cut token",
     [](Try& t, const Pair&) {
       const std::string value(http::value_of(t.raw.request.fields, "Authorization"));
       t.header("Authorization", value.substr(0, value.size() - 40));
     }},
    {"other tenant", [](Try& t, const Pair&) { t.header("Authorization", "Bearer " + new_pair("9999").token); }},
    {"other type", [](Try& t, const Pair&) { t.header("Authorization", "Bearer " + new_pair("4711", 15).token); }},
    {"both old",
     [](Try& t, const Pair& old) {
       t.header("Authorization", "Bearer " + old.token)
           .header("X-Avinode-ApiToken", old.api)
           .error(401, "ERR_INPUT_GENERIC_INVALID");
     }},
    {"one old",
     [](Try& t, const Pair& old) { t.header("X-Avinode-ApiToken", old.api).error(401, "ERR_INPUT_GENERIC_INVALID"); }},
    {"other product",
     [](Try& t, const Pair&) { t.header("X-Avinode-Product", "Other-v9").error(403, "NOT_AUTHORIZED"); }},
    {"other version",
     [](Try& t, const Pair&) { t.header("X-Avinode-ApiVersion", "v2.0").error(403, "NOT_AUTHORIZED"); }},
    {"other base",
     [](Try& t, const Pair&) {
       t.raw.request.path = "/v1" + t.raw.request.path.substr(4);
       t.error(404, "NOT_FOUND");
     }},
    {"bare id",
     [](Try& t, const Pair&) {
       t.raw.request.method = "GET";
       t.raw.request.path = "/api/rfqs/77";
       t.raw.request.body.clear();
       t.without("Content-Type").error(404, "NOT_FOUND");
     }},
    {"no such path",
     [](Try& t, const Pair&) {
       t.raw.request.path = "/api/account";
       t.error(404, "NOT_FOUND");
     }},
    {"id of Friday",
     [](Try& t, const Pair&) {
       t.raw.request.method = "GET";
       t.raw.request.path = "/api/trips/atrip-71000501";
       t.raw.request.body.clear();
       t.without("Content-Type").error(404, "NOT_FOUND");
     }},
    {"legacy body",
     [](Try& t, const Pair&) {
       if (has_body(t)) t.raw.request.body = kLegacyTrip;
       if (!has_body(t)) t.header("X-Avinode-SentTimestamp", "yesterday");
     }},
    {"past date",
     [](Try& t, const Pair&) {
       replace(t, "2026-05-01", "2026-03-15");
       if (!has_body(t)) t.without("X-Avinode-ApiToken");
     }},
    {"no passengers",
     [](Try& t, const Pair&) {
       replace(t, R"("paxCount":"4")", R"("paxCount":"0")");
       if (!has_body(t)) t.without("X-Avinode-ApiToken");
     }},
    {"wrong content type",
     [](Try& t, const Pair&) {
       if (has_body(t)) t.body("text/plain", json_body(t));
       if (!has_body(t)) t.header("Authorization", "Bearer");
     }},
    {"no content type",
     [](Try& t, const Pair&) {
       if (has_body(t)) t.without("Content-Type");
       if (!has_body(t)) t.header("Authorization", "Basic");
     }},
    {"broken JSON",
     [](Try& t, const Pair&) {
       if (has_body(t)) t.raw.request.body.pop_back();
       if (!has_body(t)) t.header("X-Avinode-SentTimestamp", "");
     }},
    {"a version behind the base",
     [](Try& t, const Pair&) {
       t.raw.request.path = "/api/v1" + t.raw.request.path.substr(4);
       t.error(403, "NOT_AUTHORIZED");
     }},
    {"the base twice",
     [](Try& t, const Pair&) {
       t.raw.request.path = "/api" + t.raw.request.path;
       t.error(403, "NOT_AUTHORIZED");
     }},
    {"one old in an outage", [](Try& t, const Pair& old) { t.header("X-Avinode-ApiToken", old.api).error(503, "X"); }},
    {"the other one old",
     [](Try& t, const Pair& old) { t.header("Authorization", "Bearer " + old.token).error(404, "NOT_FOUND"); }},
    {"API token in quotes",
     [](Try& t, const Pair&) {
       t.header("X-Avinode-ApiToken",
                "'" + std::string(http::value_of(t.raw.request.fields, "X-Avinode-ApiToken")) + "'");
     }},
    {"cut API token",
     [](Try& t, const Pair&) {
       t.header("X-Avinode-ApiToken", http::value_of(t.raw.request.fields, "X-Avinode-ApiToken").substr(2));
     }},
    {"bearer API token",
     [](Try& t, const Pair&) {
       t.header("X-Avinode-ApiToken",
                "Bearer " + std::string(http::value_of(t.raw.request.fields, "X-Avinode-ApiToken")));
     }},
    {"no value", [](Try& t, const Pair&) { t.header("X-Avinode-ApiToken", "undefined"); }},
    {"empty API token", [](Try& t, const Pair&) { t.header("X-Avinode-ApiToken", ""); }},
    {"padded token", [](Try& t, const Pair&) { t.flag(std::string(kFlagPaddedField) + "authorization"); }},
    {"token twice",
     [](Try& t, const Pair&) {
       t.raw.request.fields.push_back(
           {"Authorization", std::string(http::value_of(t.raw.request.fields, "Authorization"))});
     }},
    {"id of Friday in the body",
     [](Try& t, const Pair&) {
       t.raw.request.method = "POST";
       t.raw.request.path = "/api/rfqs";
       t.body("application/json", R"({"tripId":"atrip-71000501"})").error(404, "NOT_FOUND");
     }},
    {"bare id in the query",
     [](Try& t, const Pair&) {
       t.raw.request.method = "GET";
       t.raw.request.path = "/api/rfqs";
       t.raw.request.has_query = true;
       t.raw.request.query = "tripId=71000501";
       t.raw.request.body.clear();
       t.without("Content-Type").error(404, "NOT_FOUND");
     }},
    {"other version in a call that never worked",
     [](Try& t, const Pair&) {
       t.raw.request.method = "POST";
       t.raw.request.path = "/api/searches";
       t.body("application/json", "{}").header("X-Avinode-ApiVersion", "v9").error(403, "NOT_AUTHORIZED");
     }},
    {"gate", [](Try& t, const Pair&) { t.flag(kFlagGateRefused); }},
    {"certificate", [](Try& t, const Pair&) { t.flag(kFlagCertificateRefused); }},
};

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
    const Mutation& mutation = kMutations[static_cast<std::size_t>(i) % std::size(kMutations)];
    mutation.apply(calls[random() % calls.size()], old);
    Tape after(kMonday);
    for (std::size_t n = 0; n < calls.size(); ++n) after.add(calls[n]).wait(n % 3 == 2 ? 357 : 0);
    const Told told = tell(after, &before);
    EXPECT_EQ(told.verdict().level, Level::kNotProven) << i << " " << mutation.name << ": " << told.verdict().text;
    EXPECT_FALSE(told.verdict().capped_by.empty()) << i << " " << mutation.name;
    ++met[mutation.name];
  }
  EXPECT_EQ(met.size(), std::size(kMutations));
  // Without a fault the same case is established: the mutants are capped by their faults and nothing else.
  const Tape before = good_friday(new_pair());
  EXPECT_EQ(tell(lost_permissions(new_pair()), &before).verdict().level, Level::kEstablished);
}

}  // namespace
}  // namespace cvr::diagnose::test
