#include "net/proxy_user.h"

#include <gtest/gtest.h>

#include "base/base64.h"
#include "support/random.h"

namespace cvr::net {
namespace {

Result<std::string> user(std::string_view plain) { return user_of("Basic " + base64_encode(plain)); }

TEST(ProxyUser, IsWhatStandsBeforeTheColon) {
  EXPECT_EQ(*user("trips:"), "trips");
  EXPECT_EQ(*user("trips:any:thing"), "trips");
  EXPECT_EQ(*user("trips"), "trips");
  EXPECT_EQ(*user_of("bASIC   " + base64_encode("a:b")), "a");
  for (const char* plain : {":", ":x"}) EXPECT_EQ(*user(plain), "");
  EXPECT_EQ(*user_of(""), "");
}

TEST(ProxyUser, NamesThatAreNoneAreNotRepeated) {
  const std::string name = "No-" + test::random_hex(20);
  const auto refused = user(name + ":x");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kMalformed);
  EXPECT_EQ(refused.error().text.find(name), std::string::npos);
  EXPECT_NE(refused.error().text.find("[a-z0-9][a-z0-9._-]{0,99}"), std::string::npos);
  for (const char* plain : {"..", "a/b", "A", "a b", "\xff"}) EXPECT_FALSE(user(plain)) << plain;
  EXPECT_FALSE(user(std::string(101, 'a')));
  EXPECT_FALSE(user(std::string("a\0:", 3)));
}

TEST(ProxyUser, OtherSchemesAndBrokenOnesAreRefused) {
  for (const char* value :
       {"Bearer abc", "Basic", "Basic !", "abc", "Basic YQ==YQ==", "Negotiate", "Basic YQ==, Basic YQ=="})
    EXPECT_FALSE(user_of(value)) << value;
}

TEST(ProxyUser, ThereIsOneHeader) {
  EXPECT_EQ(*proxy_authorization({}), "");
  EXPECT_EQ(*proxy_authorization({{"Authorization", "a"}, {"PROXY-authorization", "b"}}), "b");
  EXPECT_FALSE(proxy_authorization({{"Proxy-Authorization", "a"}, {"Proxy-Authorization", "a"}}));
}

}  // namespace
}  // namespace cvr::net
