#include "redact/basic.h"

#include "base/base64.h"
#include "kit.h"
#include "redact/check.h"

namespace cvr::redact {
namespace {

TEST(Basic, SplitsAndJoins) {
  const auto parts = split_basic(base64_encode("joe:pa:ss"));
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->user, "joe");
  EXPECT_EQ(parts->password, "pa:ss");
  EXPECT_EQ(join_basic("joe", "pa:ss"), base64_encode("joe:pa:ss"));
  EXPECT_FALSE(split_basic("!!!"));
  EXPECT_FALSE(split_basic(base64_encode("no colon")));
}

TEST(Basic, BothHalvesGo) {
  Kit kit;
  const auto by = basic_pseudonym(base64_encode("joe:secret"), kit.pseudonyms);
  ASSERT_TRUE(by);
  EXPECT_EQ(*by, join_basic(kit.pseudonyms.of("joe"), kit.pseudonyms.of("secret")));
  EXPECT_FALSE(basic_pseudonym(*by, kit.pseudonyms));  // nothing left to do
  const auto no_user = basic_pseudonym(base64_encode(":secret"), kit.pseudonyms);
  EXPECT_EQ(no_user, join_basic("", kit.pseudonyms.of("secret")));
}

TEST(Basic, WhatIsNoneGoesAsAWhole) {
  Kit kit;
  const auto by = basic_pseudonym("not-base64!", kit.pseudonyms);
  ASSERT_TRUE(by);
  EXPECT_TRUE(is_pseudonym(*by));
  EXPECT_FALSE(basic_pseudonym(*by, kit.pseudonyms));
}

}  // namespace
}  // namespace cvr::redact
