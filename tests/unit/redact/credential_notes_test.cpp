#include "redact/credential_notes.h"

#include "base/base64.h"
#include "kit.h"

namespace cvr::redact {
namespace {

std::string notes_of(http::Request request) {
  std::vector<std::string> notes;
  add_credential_notes(request, &profiles::avinode(), notes);
  std::string out;
  for (const std::string& note : notes) out += note + "|";
  return out;
}
std::string notes_of_token(const std::string& value) {
  http::Request request;
  request.fields = {{"authorization", value}};
  return notes_of(request);
}
std::string notes_of_form(const std::string& body) {
  http::Request request;
  request.fields = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  request.body = body;
  return notes_of(request);
}

TEST(CredentialNotes, WholeTokensHaveNone) {
  const std::string jwt = test::random_jwt();
  for (const std::string& value : {"Bearer " + jwt, "bearer " + jwt, jwt, "Basic " + test::random_hex(20),
                                   "Bearer " + test::random_hex(32), std::string()}) {
    EXPECT_EQ(notes_of_token(value), "");
  }
}

TEST(CredentialNotes, BrokenTokensAreToldByTheirForm) {
  const std::string jwt = test::random_jwt();
  const std::string two = jwt.substr(0, jwt.rfind('.'));
  EXPECT_EQ(notes_of_token("Bearer " + two), "request token: 2 parts instead of 3|");
  EXPECT_EQ(notes_of_token("Bearer " + two + "."), "request token: an empty part|");
  EXPECT_EQ(notes_of_token("Bearer '" + jwt + "'"), "request token: quotes around it|");
  // Where the second scheme is part of a known secret the record hides it.
  EXPECT_EQ(notes_of_token("Bearer Bearer " + jwt), "request token: the scheme twice|");
  EXPECT_EQ(notes_of_token("Bearer " + jwt + "="), "request token: a character that base64url does not have|");
  EXPECT_NE(notes_of_token("Bearer " + jwt.substr(0, 20) + " " + jwt.substr(20)).find("a space inside it"),
            std::string::npos);
}

TEST(CredentialNotes, RawCharactersInForms) {
  const std::string secret = test::random_hex(24);
  const auto form = [&](const std::string& value) {
    return "grant_type=client_credentials&client_secret=" + value + "&client_id=" + test::random_uuid();
  };
  EXPECT_EQ(notes_of_form(form(secret)), "");
  EXPECT_EQ(notes_of_form(form(secret + "%2B%26%3d%25")), "");
  EXPECT_NE(notes_of_form(form(secret + "+x")).find("client_secret: a raw '+'"), std::string::npos);
  EXPECT_NE(notes_of_form(form(secret + "=x")).find("client_secret: a raw '='"), std::string::npos);
  EXPECT_NE(notes_of_form(form(secret + "%x")).find("client_secret: a raw '%'"), std::string::npos);
  EXPECT_NE(notes_of_form(form(secret + "%")).find("client_secret: a raw '%'"), std::string::npos);
  EXPECT_NE(notes_of_form(form(secret + "\xc3\xa9")).find("client_secret: raw non-ASCII"), std::string::npos);
  EXPECT_NE(notes_of_form(form(secret + "&x!y")).find("client_secret: a raw '&'"), std::string::npos);
  // Not of a credential, and no form at all.
  EXPECT_EQ(notes_of_form("scope=a+b&other=1%"), "");
  http::Request json;
  json.fields = {{"Content-Type", "application/json"}};
  json.body = form(secret + "+x");
  EXPECT_EQ(notes_of(json), "");
}

TEST(CredentialNotes, SecretsThatAreNoneOrWereChangedOnTheWay) {
  const std::string secret = test::random_hex(24);
  const auto form = [&](const std::string& value) { return notes_of_form("client_secret=" + value + "&client_id=x"); };
  EXPECT_EQ(form("undefined"), "request form credential: client_secret: a word that stands for no value|");
  EXPECT_EQ(form("%5Bobject%20Object%5D"), "request form credential: client_secret: a word that stands for no value|");
  EXPECT_EQ(form("%22" + secret + "%22"), "request form credential: client_secret: quotes around it|");
  EXPECT_EQ(form(secret + "%0A"), "request form credential: client_secret: a space or line break around it|");
  EXPECT_EQ(form(""), "request form credential: client_secret: empty|");
  EXPECT_EQ(form(secret + "%252B" + secret), "request form credential: client_secret: percent-coded twice|");
  EXPECT_EQ(form(secret + "%25"), "");
  EXPECT_EQ(form("undefined" + secret), "");
}

TEST(CredentialNotes, TheSameOfBasicBesideATokenRequest) {
  const auto basic = [](const std::string& pair, const std::string& type) {
    http::Request request;
    request.fields = {{"Content-Type", type}, {"Authorization", "Basic " + base64_encode(pair)}};
    request.body = "grant_type=client_credentials";
    return notes_of(request);
  };
  const std::string form = "application/x-www-form-urlencoded", id = test::random_uuid();
  EXPECT_EQ(basic(id + ":null", form), "request form credential: client_secret: a word that stands for no value|");
  EXPECT_EQ(basic(id + ":'" + test::random_hex(24) + "'", form),
            "request form credential: client_secret: quotes around it|");
  EXPECT_EQ(basic(id + ":" + test::random_hex(24), form), "");
  EXPECT_EQ(basic(id + ":null", "application/json"), "");
  EXPECT_EQ(basic("no colon", form), "");
}

// What is known with its scheme becomes one pseudonym: the note is all that shows the second scheme.
TEST(CredentialNotes, ASchemeWithinAKnownSecret) {
  const std::string known = "Bearer " + test::random_jwt();
  RedactorOptions options;
  options.profile = &profiles::avinode();
  options.key = test_key();
  options.secrets = {known};
  Interaction raw;
  raw.request.method = "GET";
  raw.request.origin.host = "sandbox.avinode.com";
  raw.request.path = "/api/rfqs";
  raw.request.fields = {{"Authorization", "Bearer " + known}};
  const RedactedInteraction redacted = Redactor(options).redact(raw);
  EXPECT_EQ(redacted->notes, std::vector<std::string>{"request token: the scheme twice"});
}

TEST(CredentialNotes, TheyStandInTheRecordAndHoldNothingOfTheValue) {
  const std::string secret = "avinode_" + test::random_hex(20) + "+" + test::random_hex(20);
  Interaction raw;
  raw.request.method = "POST";
  raw.request.origin.host = "sandbox.avinode.com";
  raw.request.path = "/api/oauth/token";
  raw.request.fields = {{"Content-Type", "application/x-www-form-urlencoded"}};
  raw.request.body = "client_secret=" + secret;
  RedactorOptions options;
  options.profile = &profiles::avinode();
  options.key = test_key();
  const Redactor redactor(options);
  const RedactedInteraction redacted = redactor.redact(raw);
  ASSERT_EQ(redacted->notes.size(), 1u);
  EXPECT_EQ(redacted->notes[0].find(secret.substr(0, 12)), std::string::npos);
  EXPECT_TRUE(redactor.leaks(*redacted).empty());
  EXPECT_EQ(redactor.redact_again(*redacted)->notes, redacted->notes);
}

}  // namespace
}  // namespace cvr::redact
