#include "diagnose/credentials.h"

#include "base/base64.h"
#include "kit.h"
#include "support/random.h"

namespace cvr::diagnose::test {
namespace {

Credential read(const Try& one) {
  Tape tape(kMonday);
  const Recording recording = tape.add(one).recording();
  return read_credential(*recording.interactions.front(), profiles::avinode().diagnosis);
}

TEST(Credentials, ClaimsAreReadFromThePseudonym) {
  const Pair pair = new_pair("4711", 15, ",\"exp\":1773651600");
  const Credential c = read(get("/rfqs", pair));
  EXPECT_EQ(c.scheme, "bearer");
  EXPECT_TRUE(c.is_jwt);
  EXPECT_EQ(c.algorithm, "RS512");
  EXPECT_EQ(c.claims.at("avitype"), "15");
  EXPECT_EQ(c.expires_us, 1'773'651'600 * kSecond);
  EXPECT_TRUE(c.problem.empty());
  EXPECT_NE(c.token, pair.token) << "by pseudonym, never by value";
  EXPECT_EQ(c.pair.size(), 1u);
  EXPECT_NE(c.pair[0], pair.api);
  EXPECT_NE(c.claims.at("avitenant"), "4711");
}

TEST(Credentials, OneValueOneIdentity) {
  const Pair a = new_pair(), b = new_pair();
  EXPECT_EQ(read(get("/rfqs", a)).identity(), read(get("/trips", a)).identity());
  EXPECT_NE(read(get("/rfqs", a)).identity(), read(get("/rfqs", b)).identity());
  EXPECT_EQ(read(get("/rfqs", kNobody)).identity(), "");
}

TEST(Credentials, HostileFields) {
  std::vector<std::string> values = {"", "Bearer", "Bearer a.b.c", "Bearer .."};
  values.emplace_back(100'000, ' ');
  values.push_back("Bearer " + std::string(90'000, 'a'));
  for (const std::string& value : values) {
    EXPECT_FALSE(read(get("/rfqs", kNobody).header("Authorization", value)).is_jwt);
  }
}

TEST(Credentials, TokenRequestsAndAnswers) {
  const std::string client = cvr::test::random_uuid(), secret = secret_like();
  Tape tape(kMonday);
  tape.add(token_call(client, secret, new_pair().token, 60));
  Try basic = token_call(client, secret, "").header("Authorization", "Basic " + base64_encode(client + ":" + secret));
  basic.raw.request.body = "grant_type=client_credentials";
  tape.add(basic);
  const Recording r = tape.recording();
  const TokenRequest post = read_token_request(*r.interactions[0]);
  const TokenRequest by_header = read_token_request(*r.interactions[1]);
  EXPECT_EQ(post.methods, std::vector<std::string>{"client_secret_post"});
  EXPECT_EQ(by_header.methods, std::vector<std::string>{"client_secret_basic"});
  EXPECT_EQ(post.secret, by_header.secret);
  EXPECT_EQ(post.client, by_header.client);
  ASSERT_TRUE(read_issued_token(*r.interactions[0]));
  EXPECT_EQ(read_issued_token(*r.interactions[0])->lifetime_us, 60 * kSecond);
  EXPECT_FALSE(read_issued_token(*r.interactions[1]));
}

}  // namespace
}  // namespace cvr::diagnose::test
