#include <gtest/gtest.h>

#include "kit.h"

namespace cvr::match {
namespace {

MatchKey by_value(const RedactedRequest& request) {
  return key_of(with_values(request).value_or(request), test_rules());
}
bool same(const RedactedRequest& a, const RedactedRequest& b) { return by_value(a).bucket_lo == by_value(b).bucket_lo; }

TEST(Values, PeopleCountByValueAndCredentialsByKind) {
  const auto asked = [](const std::string& email, const std::string& token) {
    return get("/users/<<email:" + email + ">>?token=<<token:" + token + ">>");
  };
  EXPECT_TRUE(same(asked("a@x.test", "t1"), asked("a@x.test", "t2")));
  EXPECT_FALSE(same(asked("a@x.test", "t1"), asked("b@x.test", "t1")));
  const auto body = [](const std::string& name) { return json(R"({"name":"<<name:)" + name + R"(>>"})"); };
  EXPECT_TRUE(same(body("Ann"), body("Ann")));
  EXPECT_FALSE(same(body("Ann"), body("Bob")));
  const auto query = [](const std::string& phone) { return get("/a?p=<<phone:" + phone + ">>"); };
  EXPECT_FALSE(same(query("123"), query("456")));
}

TEST(Values, NothingIsCopiedWhereThereAreNone) {
  EXPECT_EQ(with_values(get("/a?b=<<token:t>>", {field("Authorization", "Bearer <<token:t>>")})), std::nullopt);
  EXPECT_EQ(with_values(json(R"({"password":"<<password:t>>"})")), std::nullopt);
}

}  // namespace
}  // namespace cvr::match
