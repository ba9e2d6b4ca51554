#include "net/unrecorded.h"

#include "base/base64.h"
#include "support/random.h"

namespace cvr::net {
namespace {

http::RequestHead head(std::string_view target, std::vector<http::FieldView> fields = {}) {
  http::RequestHead out;
  out.method = "GET";
  out.target = target;
  out.fields = std::move(fields);
  return out;
}

std::string basic(const std::string& plain) { return "Basic " + base64_encode(plain); }

TEST(Unrecorded, TheProxysUserIsNoSecret) {
  const std::string password = test::random_hex(20);
  EXPECT_EQ(secret_of_proxy_user(basic("a-session:" + password)), basic(":" + password));
  EXPECT_EQ(secret_of_proxy_user("bASIC   " + base64_encode("a:b:c")), basic(":b:c"));
  EXPECT_EQ(secret_of_proxy_user(basic("a-session")), "");
  EXPECT_EQ(secret_of_proxy_user("Bearer " + password), "Bearer " + password);
  for (const char* odd : {"", "Basic", "Basic ?", "basic"}) EXPECT_EQ(secret_of_proxy_user(odd), odd) << odd;
}

TEST(Unrecorded, FieldsAndWhatStandsBeforeAHost) {
  const std::string of_proxy = basic("name:" + test::random_hex(16));
  const std::string value = "Bearer " + test::random_hex(20);
  const http::Request out = shown_fields(
      head("http://u%3A:p%40@api.example:80/a@b?x=1", {{"Authorization", value}, {"Proxy-Authorization", of_proxy}}));
  EXPECT_EQ(out.fields, (http::Fields{{"Authorization", value},
                                      {"Proxy-Authorization", secret_of_proxy_user(of_proxy)},
                                      {"Authorization", basic("u::p@")}}));
  EXPECT_EQ(out.path + out.query, "/");  // none
  EXPECT_EQ(shown_fields(head("/a", {{"Host", "u:p@api.example"}})).fields.back().value, basic("u:p"));
  EXPECT_EQ(shown_fields(head("api.example:443")).fields.size(), 0U);
}

TEST(Unrecorded, OfARefusedTargetThePathAndTheQuery) {
  const auto told = [](std::string_view target) {
    const http::Request out = shown(head(target));
    return out.path + (out.has_query ? " ? " + out.query : "");
  };
  EXPECT_EQ(told("http://u:p@api.example/a/b?x=1?y"), "/a/b ? x=1?y");
  EXPECT_EQ(told("http://api.example"), "");
  EXPECT_EQ(told("http://api.example?x=1"), " ? x=1");
  EXPECT_EQ(told("/a?"), "/a ? ");
  EXPECT_EQ(told("/a?to=http://b/c"), "/a ? to=http://b/c");
  EXPECT_EQ(told(""), "");
}

}  // namespace
}  // namespace cvr::net
