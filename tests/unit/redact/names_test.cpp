#include "redact/names.h"

#include "support/random.h"

namespace cvr::redact {
namespace {

const Names& names() {
  static const Names all(&profiles::avinode());
  return all;
}

TEST(Names, SpellingDoesNotMatter) {
  for (const char* name : {"client_secret", "clientSecret", "Client-Secret", "CLIENT_SECRET", "oauth[client_secret]",
                           "access_token", "x-api-key", "stripeApiKey", "newPassword", "db_passwd", "session.id"}) {
    EXPECT_TRUE(names().in_json(name, {})) << name;
    EXPECT_TRUE(names().in_form(name)) << name;
  }
}

TEST(Names, HarmlessNamesStay) {
  for (const char* name : {"token_type", "expires_in", "max_tokens", "id", "href", "code", "title", "type", "data",
                           "pinned", "signal", "", "tokens", "passwordless", "grant_type"}) {
    EXPECT_FALSE(names().in_json(name, {})) << name;
  }
}

TEST(Names, ParentsCount) {
  EXPECT_FALSE(names().in_json("username", "user"));
  EXPECT_EQ(names().in_json("username", "basicAuth"), Kind::kUser);
  EXPECT_EQ(names().in_json("data", "attachments"), Kind::kText);
  EXPECT_FALSE(names().in_json("data", ""));
}

TEST(Names, PlacesDiffer) {
  EXPECT_TRUE(names().in_header("X-Avinode-ApiToken"));
  EXPECT_EQ(names().in_header("x-avinode-signature"), Kind::kSignature);
  EXPECT_FALSE(names().in_header("X-Avinode-Product"));
  EXPECT_EQ(names().in_form("client_id"), Kind::kUser);
  EXPECT_FALSE(names().in_query("client_id"));
}

TEST(Names, LongNamesAreReadFromTheirEnd) {
  EXPECT_TRUE(names().in_json(test::random_text(10000, "x") + "password", {}));
  EXPECT_FALSE(names().in_json("password" + std::string(10000, 'x'), {}));
}

TEST(Names, WithoutProfile) {
  const Names general(nullptr);
  EXPECT_TRUE(general.in_json("password", {}));
  EXPECT_TRUE(general.in_header("X-Api-Key"));
  EXPECT_FALSE(general.in_form("client_id"));
}

TEST(Names, AuthorizationIsSpecial) {
  EXPECT_TRUE(is_authorization_name("Proxy-Authorization"));
  EXPECT_FALSE(is_authorization_name("Authorized"));
}

}  // namespace
}  // namespace cvr::redact
