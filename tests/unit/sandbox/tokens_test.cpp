#include "sandbox/tokens.h"

#include <boost/json/object.hpp>

#include "base/base64.h"
#include "sandbox/json_body.h"

namespace cvr::sandbox {
namespace {

constexpr std::int64_t kMinute = 60'000'000;

boost::json::object part(const std::string& jwt, int index) {
  std::size_t begin = 0;
  for (int i = 0; i < index; ++i) begin = jwt.find('.', begin) + 1;
  return parse_json(base64_decode(jwt.substr(begin, jwt.find('.', begin) - begin)).value()).value().get_object();
}

TEST(Tokens, TheStaticPairHasItsShape) {  // FACTS section 4.1
  const Credentials made = make_credentials(Derivation(1), 5, {});
  EXPECT_EQ(made.api_token.size(), 36u);
  EXPECT_TRUE(made.bearer_token.size() >= 600 && made.bearer_token.size() <= 860) << made.bearer_token.size();
  const auto head = part(made.bearer_token, 0);
  EXPECT_EQ(head.at("alg"), "RS512");
  EXPECT_EQ(head.at("typ"), "JWT");
  const auto claims = part(made.bearer_token, 1);
  EXPECT_EQ(claims.at("iss"), "avinode");
  EXPECT_EQ(claims.at("avitype"), 16);
  EXPECT_EQ(claims.at("avidomain"), ".avinode.com");
  EXPECT_TRUE(claims.at("avitenant").is_number());
  for (const char* absent : {"exp", "iat", "nbf", "aud"}) EXPECT_FALSE(claims.contains(absent)) << absent;
}

TEST(Tokens, SecretsHavePunctuationAndAPlus) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const std::string secret = make_credentials(Derivation(seed), 5, {}).client_secret;
    EXPECT_TRUE(secret.starts_with("avinode_"));
    EXPECT_EQ(secret.size(), 58u);
    EXPECT_NE(secret.find('+'), std::string::npos);
    EXPECT_EQ(secret.find_first_of("' \"\\$\n"), std::string::npos);
  }
}

TEST(Tokens, EveryRebuildMakesNewOnes) {
  const Credentials one = make_credentials(Derivation(1), 5, {});
  const Credentials two = make_credentials(Derivation(1), 6, {});
  EXPECT_NE(one.api_token, two.api_token);
  EXPECT_NE(one.bearer_token, two.bearer_token);
  EXPECT_NE(one.client_secret, two.client_secret);
  EXPECT_EQ(one, make_credentials(Derivation(1), 5, {}));
  EXPECT_NE(one.api_token, make_credentials(Derivation(2), 5, {}).api_token);
}

TEST(Tokens, TheClientMayBeToldAnotherMethod) {
  Scenario scenario;
  scenario.oauth = {.method = "client_secret_basic", .told_method = "client_secret_post"};
  EXPECT_EQ(make_credentials(Derivation(1), 5, scenario).oauth_method, "client_secret_post");
}

TEST(Tokens, DotenvHoldsSecretsOnly) {
  const Credentials made = make_credentials(Derivation(1), 5, {});
  const std::string text = dotenv_text(made, "https://sandbox.avinode.com");
  EXPECT_TRUE(text.starts_with("# https://sandbox.avinode.com/api, OAuth by client_secret_post\n"));
  for (const char* name : {"AVINODE_API_TOKEN", "AVINODE_BEARER_TOKEN", "AVINODE_CLIENT_ID", "AVINODE_CLIENT_SECRET",
                           "AVINODE_ACT_AS_ACCOUNT"}) {
    EXPECT_NE(text.find('\n' + std::string(name) + "='"), std::string::npos) << name;
  }
  EXPECT_NE(text.find("='" + made.client_secret + "'\n"), std::string::npos);
}

TEST(Tokens, AccessTokensExpire) {
  TokenBook book;
  const std::string token = book.issue(Derivation(1), 5, {}, 0, 2);
  EXPECT_TRUE(book.accepts(token, 0));
  EXPECT_TRUE(book.accepts(token, 2 * kMinute - 1));
  EXPECT_FALSE(book.accepts(token, 2 * kMinute));
  EXPECT_FALSE(book.accepts(token.substr(0, token.size() - 1), 0));
  EXPECT_FALSE(book.accepts("", 0));
  EXPECT_EQ(part(token, 1).at("exp"), 120);
  EXPECT_NE(token, book.issue(Derivation(1), 5, {}, 0, 2));
  book.clear();
  EXPECT_FALSE(book.accepts(token, 0));
}

TEST(Tokens, AccessTokensMayKeepTheirTimeToThemselves) {
  Scenario scenario;
  scenario.gaps.access_token_carries_exp = false;
  TokenBook book;
  EXPECT_FALSE(part(book.issue(Derivation(1), 5, scenario, 0, 2), 1).contains("exp"));
}

TEST(Tokens, TheBookIsBounded) {
  TokenBook book;
  const std::string first = book.issue(Derivation(1), 5, {}, 0, 2);
  std::string last;
  for (std::size_t i = 0; i < TokenBook::kMaxTokens; ++i) last = book.issue(Derivation(1), 5, {}, 0, 2);
  EXPECT_FALSE(book.accepts(first, 0));
  EXPECT_TRUE(book.accepts(last, 0));
}

}  // namespace
}  // namespace cvr::sandbox
