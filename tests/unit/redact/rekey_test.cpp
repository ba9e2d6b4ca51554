#include "redact/rekey.h"

#include "base/base64.h"
#include "cvr/redactor.h"
#include "profiles/profile.h"
#include "redact/basic.h"
#include "redact/check.h"
#include "support/random.h"

namespace cvr::redact {
namespace {

PseudonymKey key_of(std::uint8_t byte) {
  PseudonymKey key;
  key.bytes.fill(byte);
  return key;
}

RedactedInteraction recorded(const std::string& token, const std::string& basic) {
  Interaction raw;
  raw.request.method = "POST";
  raw.request.origin.host = "sandbox.avinode.com";
  raw.request.path = "/api/trips";
  raw.request.fields = {
      {"Authorization", "Bearer " + token}, {"X-Other", "Basic " + basic}, {"Accept", "application/json"}};
  raw.request.body = R"({"contact":{"email":"jo@example.org"},"paxCount":"4"})";
  raw.request.fields.push_back({"Content-Type", "application/json"});
  return Redactor({.profile = &profiles::avinode(), .key = key_of(1), .secrets = {}}).redact(raw);
}

std::string spans_of(const RedactedText& text) {
  std::string out;
  for (const Span& span : text.spans) out += text.text.substr(span.begin, span.size) + "\n";
  return out;
}

TEST(Rekey, ChangesEveryPseudonymAndKeepsItsShape) {
  const std::string token = base64url_encode(R"({"alg":"RS256"})") + "." +
                            base64url_encode(R"({"avitype":16,"sub":")" + cvr::test::random_hex(32) + "\"}") + "." +
                            base64url_encode(cvr::test::random_hex(64));
  const auto before = recorded(token, base64_encode("client:" + cvr::test::random_hex(24)));
  const auto after = Rekeyer(key_of(2), &profiles::avinode())(before);
  ASSERT_EQ(before->request.fields.size(), after->request.fields.size());
  const RedactedText &old = before->request.fields[0].value, &made = after->request.fields[0].value;
  ASSERT_FALSE(old.spans.empty());
  EXPECT_NE(spans_of(old), spans_of(made));
  EXPECT_EQ(old.text.size(), made.text.size());
  const std::string claims = made.text.substr(made.text.find('.') + 1);
  const auto decoded = base64_decode(claims.substr(0, claims.find('.')));
  ASSERT_TRUE(decoded);
  EXPECT_NE(decoded->find("\"avitype\":16"), std::string::npos) << *decoded;
  EXPECT_EQ(after->request.fields[2], before->request.fields[2]) << "what is no pseudonym stays";
  EXPECT_NE(spans_of(before->request.body.content), spans_of(after->request.body.content));
}

TEST(Rekey, IsOneForOneAndOfItsKeyAlone) {
  const auto before = recorded("t" + cvr::test::random_hex(40), base64_encode("client:" + cvr::test::random_hex(24)));
  const Rekeyer one(key_of(2), &profiles::avinode());
  EXPECT_EQ(one(before), one(before));
  EXPECT_NE(one(before), Rekeyer(key_of(3), &profiles::avinode())(before));
  EXPECT_EQ(one(before)->key, MatchKey());
  EXPECT_EQ(derived_key(key_of(1), "a").bytes, derived_key(key_of(1), "a").bytes);
  EXPECT_NE(derived_key(key_of(1), "a").bytes, derived_key(key_of(1), "b").bytes);
}

// What is written with escapes stays what it is: a new pseudonym is made of the meaning, and written anew.
TEST(Rekey, EscapesAreReadAndWrittenAnew) {
  const auto rekeyed = [](const std::string& type, const std::string& body) {
    Interaction raw;
    raw.request.method = "POST";
    raw.request.origin.host = "sandbox.avinode.com";
    raw.request.path = "/api/tripmsgs/atrip-1/chat";
    raw.request.fields = {{"Content-Type", type}};
    raw.request.body = body;
    const auto before = Redactor({.profile = &profiles::avinode(), .key = key_of(1), .secrets = {}}).redact(raw);
    return Rekeyer(key_of(2), &profiles::avinode())(before)->request.body.content.text;
  };
  for (const char* message :
       {R"(line one\nline two)", R"(a\tb c)", R"(say \"hi\" c:\\temp\\new)", R"(\u2028x \u00e9 z)"}) {
    const std::string body = rekeyed("application/json", "{\"message\":\"" + std::string(message) + "\"}");
    // No escape but those of JSON, no raw control.
    for (std::size_t at = body.find('\\'); at != body.npos; at = body.find('\\', at + 2)) {
      EXPECT_NE(std::string_view("\"\\/bfnrtu").find(body[at + 1]), std::string_view::npos) << body;
    }
    EXPECT_EQ(body.find_first_of("\n\t"), body.npos) << body;
  }
  // One value, however it is written, gets one pseudonym.
  const std::string plain = rekeyed("application/json", R"({"message":"Jo Doe said it"})");
  EXPECT_EQ(plain, rekeyed("application/json", R"({"message":"Jo\u0020Doe said it"})"));
}

}  // namespace
}  // namespace cvr::redact
