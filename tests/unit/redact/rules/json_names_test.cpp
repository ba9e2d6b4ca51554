#include "redact/rules/json_names.h"

#include "kit.h"

namespace cvr::redact {
namespace {

TEST(JsonNames, KeysOfPairs) {
  EXPECT_TRUE(is_name_key("header"));
  EXPECT_TRUE(is_value_key("stringValue"));
  EXPECT_FALSE(is_name_key("value"));
  EXPECT_FALSE(is_value_key(""));
}

TEST(JsonNames, Words) {
  EXPECT_TRUE(is_header_name("X-Api-Key"));
  EXPECT_TRUE(is_header_name("authorization"));
  EXPECT_FALSE(is_header_name("token"));
  EXPECT_TRUE(is_phrase_name("seedPhrase"));
  EXPECT_FALSE(is_phrase_name("password"));
  EXPECT_TRUE(is_label_key("url"));
  EXPECT_FALSE(is_label_key("database"));
  EXPECT_TRUE(is_mailbox_name("from"));
  EXPECT_FALSE(is_mailbox_name("user"));
}

TEST(JsonNames, PathsOfPatches) {
  for (const char* path : {"/password", "/a b/c", "password", "name.password", "urn:scim:User:password"}) {
    EXPECT_TRUE(is_patch_path(path)) << path;
  }
  for (const char* path : {"", "a/password", "emails[type eq 1].password", "C:\\password"}) {
    EXPECT_FALSE(is_patch_path(path)) << path;
  }
  EXPECT_EQ(last_of_path("/user/pass.word"), "pass.word");
  EXPECT_EQ(last_of_path("password"), "password");
  EXPECT_EQ(last_of_path("name.password"), "password");
  EXPECT_EQ(last_of_path("urn:scim:User:password"), "password");
  EXPECT_EQ(last_of_path("/"), "");
}

TEST(JsonNames, Origins) {
  EXPECT_EQ(origin_size("https://a.example.org/x?y"), 22u);
  EXPECT_EQ(origin_size("https://a.example.org"), 0u);
  EXPECT_EQ(origin_size("https://u@a.example.org/"), 0u);
  EXPECT_EQ(origin_size("ftp://a/b"), 0u);
  EXPECT_EQ(origin_size(""), 0u);
}

}  // namespace
}  // namespace cvr::redact
