#include "base/base64.h"
#include "cvr/redactor.h"
#include "kit.h"

namespace cvr::redact {
namespace {

TEST(Shown, WhatHoldsNoKnownSecretStaysAsItIs) {
  const auto redactor = make_redactor({test::random_password()});
  for (const std::string& text : {std::string(), std::string("upstream dns: no address for www.api.test"),
                                  "GET https://api.test/a?b=" + test::random_hex(40) + "#c"}) {
    EXPECT_EQ(shown(*redactor, text), text);
  }
}

TEST(Shown, AKnownSecretIsReplacedInEverySpelling) {
  const std::string secret = "k" + test::random_hex(28);
  const auto redactor = make_redactor({secret});
  for (const std::string& spelled : {secret, base64_encode(secret), hex_encode(secret)}) {
    const std::string text = shown(*redactor, "no address for " + spelled + ".api.test");
    EXPECT_EQ(text.find(spelled), std::string::npos);
    EXPECT_TRUE(text.starts_with("no address for ")) << text;
    EXPECT_TRUE(redactor->leaks(text, "").empty());
  }
}

}  // namespace
}  // namespace cvr::redact
