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
  for (const char* name : {"token_type", "expires_in", "id", "href", "title", "type", "data", "pinned", "signal", "",
                           "passwordless", "grant_type"}) {
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
  EXPECT_EQ(names().in_query("client_id"), Kind::kUser);
  EXPECT_FALSE(names().in_query("buyerAccount"));
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

TEST(Names, KeptNamesMarkNothing) {
  profiles::Profile profile;
  profile.kept_query = {"page_token"};
  profile.kept_form = {"pwd"};
  profile.kept_json = {"nextPageToken", "data.token", "/a/secret"};
  profile.kept_xml = {"Token"};
  profile.kept_cookies = {"lang", "a.b"};
  const Names some(&profile);
  EXPECT_FALSE(some.in_query("pageToken"));
  EXPECT_TRUE(some.in_query("token"));
  EXPECT_TRUE(some.in_form("page_token"));
  EXPECT_FALSE(some.in_form("pwd"));
  EXPECT_FALSE(some.in_json("next_page_token", {}));
  EXPECT_FALSE(some.in_json("token", "data"));
  EXPECT_TRUE(some.in_json("token", "other"));
  EXPECT_TRUE(some.in_json("secret", "a"));  // pointers are another's
  EXPECT_FALSE(some.in_xml("token"));
  EXPECT_TRUE(some.in_xml("password"));
  EXPECT_FALSE(some.in_xml("nextPageToken"));
  EXPECT_FALSE(some.in_cookie("lang"));
  EXPECT_FALSE(some.in_cookie("a.b"));
  EXPECT_EQ(some.in_cookie("b"), Kind::kCookie);
}

TEST(Names, CookiesAndElementsHaveKinds) {
  profiles::Profile profile;
  profile.secret_cookies = {{"user", Kind::kUser}};
  profile.secret_xml = {{"Login", Kind::kUser}, {"a.b", Kind::kName}};
  const Names some(&profile);
  EXPECT_EQ(some.in_cookie("USER"), Kind::kUser);
  EXPECT_EQ(some.in_cookie("access_token"), Kind::kCookie);
  EXPECT_EQ(some.in_cookie(""), Kind::kCookie);
  EXPECT_EQ(some.in_xml("login"), Kind::kUser);
  EXPECT_EQ(some.in_xml("a.b"), Kind::kName);
  EXPECT_FALSE(some.in_xml("b"));
  EXPECT_FALSE(some.in_json("login", {}));
}

TEST(Names, AuthorizationIsSpecial) {
  EXPECT_TRUE(is_authorization_name("Proxy-Authorization"));
  EXPECT_FALSE(is_authorization_name("Authorized"));
}

TEST(Names, AStarAtEitherEnd) {
  profiles::Profile profile;
  profile.secret_json = {
      {"*shade", Kind::kText}, {"deep.hue*", Kind::kId}, {"*mid*", Kind::kName}, {"nightshade", Kind::kUser}};
  profile.secret_query = {{"*zone", Kind::kId}};
  profile.secret_headers = {{"x-dossier-*", Kind::kUser}};
  profile.secret_cookies = {{"pref*", Kind::kUser}};
  profile.secret_xml = {{"Ultra*", Kind::kName}};
  profile.kept_json = {"*_token"};
  profile.kept_form = {"pass*"};
  const Names wild(&profile);
  EXPECT_EQ(wild.in_json("my_Shade", {}), Kind::kText);
  EXPECT_EQ(wild.in_json("nightshade", {}), Kind::kUser);  // its own word comes first
  EXPECT_FALSE(wild.in_json("shades", {}));
  EXPECT_EQ(wild.in_json("hue_2", "deep"), Kind::kId);
  EXPECT_FALSE(wild.in_json("hue_2", "other"));
  EXPECT_EQ(wild.in_json("amidst", {}), Kind::kName);
  EXPECT_EQ(wild.in_query("timeZone"), Kind::kId);
  EXPECT_FALSE(wild.in_form("timeZone"));
  EXPECT_EQ(wild.in_header("X-Dossier-Nr"), Kind::kUser);
  EXPECT_EQ(wild.in_cookie("preferred"), Kind::kUser);
  EXPECT_EQ(wild.in_xml("UltraViolet"), Kind::kName);
  EXPECT_FALSE(wild.in_json("access_token", {}));
  EXPECT_TRUE(wild.in_json("apiKey", {}));
  EXPECT_FALSE(wild.in_form("password"));
}

TEST(Names, ADotIsAParentOrPartOfTheName) {
  profiles::Profile profile;
  profile.secret_json = {{"x.y", Kind::kText}, {"a.b.c", Kind::kText}};
  profile.secret_xml = {{"order.note", Kind::kText}, {"plain", Kind::kText}};
  profile.kept_json = {"user.token"};
  const Names names(&profile);
  EXPECT_TRUE(names.in_json("y", "x"));
  EXPECT_TRUE(names.in_json("x.y", {}));
  EXPECT_FALSE(names.in_json("xY", {}));
  EXPECT_FALSE(names.in_json("y", "z"));
  EXPECT_TRUE(names.in_json("a.b.c", {}));
  EXPECT_TRUE(names.in_json("c", "b"));
  EXPECT_FALSE(names.in_json("c", "a"));
  EXPECT_TRUE(names.in_xml("plain"));
  EXPECT_TRUE(names.find_xml("note", "order"));
  EXPECT_TRUE(names.find_xml("order.note", {}));
  EXPECT_FALSE(names.find_xml("note", "other"));
  EXPECT_FALSE(names.in_json("token", "user"));
  EXPECT_TRUE(names.in_json("userToken", {}));  // another key
}

}  // namespace
}  // namespace cvr::redact
