// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"
#include "model/credential_notes.h"

namespace cvr::diagnose::test {
namespace {

TEST(C02, BadFormsOfAuthorization) {
  const Pair pair = new_pair();
  for (const std::string& value :
       {pair.token, "Bearer Bearer " + pair.token, "Bearer  " + pair.token, "Bearer \"" + pair.token + "\"",
        "Bearer '" + pair.token + "'", "Bearer " + pair.token + " ", "Bearer " + pair.token.substr(0, 90) + " x",
        std::string("Bearer")}) {
    EXPECT_HIT(tell(on_monday({get("/rfqs", pair).header("Authorization", value)})), "C02");
  }
}

TEST(C02, GoodFormsAndNone) {
  const Pair pair = new_pair();
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair)})), "C02");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair).header("Authorization", "bearer " + pair.token)})), "C02");
  EXPECT_MEANINGLESS(tell(on_monday({get("/rfqs", kNobody)})), "C02");
  EXPECT_OPEN(tell(on_monday({})), "C02");
}

TEST(C02, AnotherSchemeThanTheOneThatWorked) {
  const Pair pair = new_pair();
  EXPECT_HIT(tell(on_monday({get("/rfqs", pair), get("/rfqs", pair).header("Authorization", "Token " + pair.token)})),
             "C02");
}

TEST(C02, TheFieldTwiceAndSpacesThatAnImportTookAway) {
  const Pair pair = new_pair();
  Try twice = get("/rfqs", pair);
  twice.raw.request.fields.push_back({"authorization", "Bearer " + pair.token});
  EXPECT_HIT(tell(on_monday({twice})), "C02");
  EXPECT_HIT(tell(on_monday({get("/rfqs", pair).flag(std::string(kFlagPaddedField) + "authorization")})), "C02");
  EXPECT_HIT(tell(on_monday({get("/rfqs", pair).flag(std::string(kFlagPaddedField) + "x-avinode-apitoken")})), "C02");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", pair).flag(std::string(kFlagPaddedField) + "x-other-key")})), "C02");
  EXPECT_HIT(tell(on_monday({get("/rfqs", pair).header("Authorization", "Bearer\t" + pair.token)})), "C02");
}

TEST(C02, TheOtherCredentialHasAFormToo) {
  const Pair pair = new_pair();
  for (const std::string& value :
       {"\"" + pair.api + "\"", "'" + pair.api + "'", "Bearer " + pair.api, pair.api + " x"}) {
    const Told told = tell(on_monday({get("/rfqs", pair).header("X-Avinode-ApiToken", value)}));
    EXPECT_HIT(told, "C02");
    EXPECT_NE(told.of("C02").message.find("X-Avinode-ApiToken"), std::string::npos);
  }
}

TEST(C02, AnotherSchemeThanTheOneThatWorksElsewhere) {
  const Pair pair = new_pair();
  for (const char* scheme : {"Basic ", "Token ", "JWT "}) {
    const Try bad = get("/rfqs", pair).header("Authorization", scheme + pair.token).error(403, "X");
    EXPECT_HIT(tell(on_monday({get("/airports/search", pair), bad})), "C02") << scheme;
    EXPECT_HIT(tell(on_monday({bad, get("/airports/search", pair)})), "C02") << scheme;
    EXPECT_CLEAN(tell(on_monday({Try(bad).answer(200), Try(bad)})), "C02") << scheme;
  }
}

TEST(C02, ACredentialBesideTheTokenThatStandsTwice) {
  Try twice = get("/rfqs", new_pair()).error(403, "X");
  twice.raw.request.fields.push_back({"X-Avinode-ApiToken", new_pair().api});
  EXPECT_HIT(tell(on_monday({twice})), "C02");
}

// A value that is known as a secret becomes one pseudonym, its scheme with it.
TEST(C02, ASchemeInsideTheSecretIsNoted) {
  const Pair pair = new_pair();
  const Told told = tell(on_monday({get("/rfqs", pair).header("Authorization", "Bearer Bearer " + pair.token)}));
  EXPECT_HIT(told, "C02");
  EXPECT_CLEAN(told, "C03");
}

}  // namespace
}  // namespace cvr::diagnose::test
