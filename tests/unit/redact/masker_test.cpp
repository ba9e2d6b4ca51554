#include "redact/masker.h"

#include "base/base64.h"
#include "kit.h"
#include "redact/check.h"

namespace cvr::redact {
namespace {

TEST(Masker, LearnsCredentials) {
  Kit kit;
  const std::string token = test::random_base64url(40);
  const auto mask = kit.masker.credential(token, Kind::kToken, Place::kHeader);
  EXPECT_EQ(mask.text, kit.pseudonyms.of(token));
  EXPECT_FALSE(mask.already);
  ASSERT_NE(kit.ledger.find(token), nullptr);
  EXPECT_TRUE(kit.warnings.take().empty());
}

TEST(Masker, LearnsWhomATokenIsAbout) {
  Kit kit;
  const std::string sub = test::random_uuid();
  const std::string jwt = base64url_encode(R"({"alg":"RS512"})") + '.' +
                          base64url_encode(R"({"sub":")" + sub + R"(","uid":"u-1"})") + '.' +
                          test::random_base64url(40);
  kit.masker.learn(jwt, Kind::kJwt, Place::kAuthorization);
  ASSERT_NE(kit.ledger.find(sub), nullptr);
  EXPECT_EQ(kit.found("/users/" + sub + "/trips").text, "/users/" + kit.pseudonyms.of(sub) + "/trips");
  EXPECT_EQ(kit.ledger.find("u-1"), nullptr);  // too short to be told from other words
}

TEST(Masker, ShortAndOrdinaryOnesStayInPlaceWithOneWarning) {
  Kit kit;
  for (int i = 0; i < 3; ++i) {
    kit.masker.credential("svc", Kind::kUser, Place::kBasicUser);
    kit.masker.credential("production", Kind::kCookie, Place::kCookie);
  }
  EXPECT_EQ(kit.ledger.size(), 0u);
  const auto warnings = kit.warnings.take();
  ASSERT_EQ(warnings.size(), 2u);
  EXPECT_EQ(warnings[0], "a Basic user of 3 characters: replaced in its own place only");
  EXPECT_EQ(warnings[1].find("production"), std::string::npos);
}

TEST(Masker, PseudonymsStayAndAreNoSecrets) {
  Kit kit;
  const std::string pseudonym = kit.pseudonyms.of(test::random_base64url(40));
  const auto mask = kit.masker.credential(pseudonym, Kind::kToken, Place::kHeader);
  EXPECT_TRUE(mask.already);
  EXPECT_EQ(mask.text, pseudonym);
  EXPECT_TRUE(kit.ledger.find(pseudonym)->foreign);
  EXPECT_TRUE(kit.masker.credential(pseudonym, Kind::kToken, Place::kHeader).already);
}

TEST(Masker, PartsAreSecretToo) {
  Kit kit;
  std::string uuid = test::random_uuid();
  uuid[0] = 'a';
  kit.masker.credential(uuid, Kind::kToken, Place::kHeader);
  for (char& c : uuid) c = static_cast<char>(std::toupper(c));
  EXPECT_NE(kit.ledger.find(uuid), nullptr);

  const std::string jwt = test::random_jwt();
  kit.masker.credential(jwt, Kind::kToken, Place::kHeader);
  EXPECT_NE(kit.ledger.find(jwt.substr(jwt.rfind('.') + 1)), nullptr);

  const std::string line = test::random_base64url(64);
  kit.masker.credential("first line of it\r\n" + line + "\r\nlast", Kind::kToken, Place::kJson);
  EXPECT_NE(kit.ledger.find(line), nullptr);
}

TEST(Masker, TextsAreNotSearchedFor) {
  Kit kit;
  const std::string data = test::random_base64url(100'000);
  EXPECT_NE(kit.masker.credential(data, Kind::kText, Place::kJson).text, data);
  EXPECT_EQ(kit.ledger.size(), 0u);
  EXPECT_TRUE(kit.warnings.take().empty());
}

TEST(Masker, UnlistedValuesAreNotLearned) {
  Kit kit;
  EXPECT_NE(kit.masker.unlisted("some unknown header value").text, "some unknown header value");
  EXPECT_EQ(kit.masker.unlisted("12345").text.size(), 5u);
  EXPECT_EQ(kit.ledger.size(), 0u);
  EXPECT_TRUE(kit.masker.unlisted("").already);
}

TEST(Masker, SpellingsHaveOnePseudonym) {
  Kit kit;
  Edits edits;
  kit.masker.add_credential(edits, 0, "p%61ss-word-12", View::kPercentPlus, Kind::kPassword, "r", Place::kForm);
  kit.masker.add_credential(edits, 20, R"(p\u0061ss-word-12)", View::kJson, Kind::kPassword, "r", Place::kJson);
  EXPECT_EQ(edits[0].text, edits[1].text);
  EXPECT_EQ(edits[0].text, kit.pseudonyms.of("pass-word-12"));
  EXPECT_EQ(kit.ledger.size(), 1u);
}

TEST(Masker, AForgottenPlusIsLearnedBothWays) {
  Kit kit;
  Edits edits;
  kit.masker.add_credential(edits, 0, "secret+with+plus", View::kPercentPlus, Kind::kPassword, "r", Place::kForm);
  EXPECT_NE(kit.ledger.find("secret+with+plus"), nullptr);
  EXPECT_NE(kit.ledger.find("secret with plus"), nullptr);
}

TEST(Masker, AFullLedgerGivesThePassItsOwn) {
  Kit kit;
  Ledger small(1, {1, 1000});
  Masker masker(small, kit.pseudonyms, kit.warnings);
  masker.credential("first-secret-value", Kind::kToken, Place::kHeader);
  EXPECT_EQ(masker.own_ledger(), nullptr);
  masker.credential("second-secret-value", Kind::kToken, Place::kHeader);
  ASSERT_NE(masker.own_ledger(), nullptr);
  EXPECT_TRUE(small.overflowed());
  EXPECT_EQ(kit.warnings.take().size(), 1u);
  const Finder finder(small, masker.own_ledger(), kit.patterns, kit.pseudonyms);
  EXPECT_TRUE(finder.knows("a second-secret-value here"));
}

TEST(Masker, GivenSecrets) {
  Kit kit;
  EXPECT_TRUE(learn_given(kit.ledger, kit.pseudonyms, kit.warnings, "given-secret-1"));
  EXPECT_TRUE(kit.ledger.find("given-secret-1")->given);
  EXPECT_FALSE(learn_given(kit.ledger, kit.pseudonyms, kit.warnings, "short"));
  EXPECT_FALSE(learn_given(kit.ledger, kit.pseudonyms, kit.warnings, "production"));
  EXPECT_EQ(kit.warnings.take().size(), 2u);
}

// What is learned is replaced everywhere, host and path of the next request too.
TEST(Masker, OfACookieOnlySecretPartsAreLearned) {
  Kit kit;
  const std::string drawn = "k7" + test::random_hex(12);
  kit.masker.learn("{\"host\":\"www7.example.com\",\"tz\":\"Europe/Berlin\",\"u\":\"" + drawn +
                       "\",\"password\":\"correcthorse-battery\"}",
                   Kind::kCookie, Place::kCookie);
  EXPECT_EQ(kit.ledger.find("www7.example.com"), nullptr);
  EXPECT_EQ(kit.ledger.find("Europe/Berlin"), nullptr);
  EXPECT_NE(kit.ledger.find(drawn), nullptr);
  EXPECT_NE(kit.ledger.find("correcthorse-battery"), nullptr);
}

TEST(Masker, TheRealmOfACredentialIsPublic) {
  Kit kit;
  const std::string drawn = test::random_base64url(30);
  kit.masker.learn("realm=members@example.com,response=" + drawn, Kind::kToken, Place::kAuthorization);
  EXPECT_EQ(kit.ledger.find("members@example.com"), nullptr);
  EXPECT_NE(kit.ledger.find(drawn), nullptr);
}

}  // namespace
}  // namespace cvr::redact
