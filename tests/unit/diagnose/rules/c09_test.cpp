// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"
#include "model/credential_notes.h"
#include "support/random.h"

namespace cvr::diagnose::test {
namespace {

Try form(const std::string& secret) {
  Try out = token_call(cvr::test::random_uuid(), "x", "");
  out.raw.request.body =
      "grant_type=client_credentials&client_secret=" + secret + "&client_id=" + cvr::test::random_uuid();
  return out;
}

TEST(C09, RawCharactersInARefusedForm) {
  for (const char* raw : {"+", "=", "%zz", "\xc3\xa9", "&x!"}) {
    EXPECT_HIT(tell(on_monday({form(secret_like(raw))})), "C09");
  }
}

TEST(C09, CodedOrAcceptedPasses) {
  EXPECT_CLEAN(tell(on_monday({form(secret_like("%2B%21"))})), "C09");
  EXPECT_CLEAN(tell(on_monday({form(secret_like("+")).answer(200, R"({"access_token":"x"})")})), "C09");
  EXPECT_MEANINGLESS(tell(on_monday({get("/rfqs", new_pair())})), "C09");
  EXPECT_OPEN(tell(on_monday({})), "C09");
}

TEST(C09, OtherFieldsMayHoldWhatTheyLike) {
  Try one = form(secret_like());
  one.raw.request.body += "&scope=a+b";
  EXPECT_CLEAN(tell(on_monday({one})), "C09");
}

TEST(C09, WhatHasNotTheFormOfASecret) {
  for (const char* bad : {"undefined", "null", "%22abcdefgh12345678%22", "'abcdefgh12345678'", "abcdefgh12345678%0A",
                          "abcdefgh12345678%20", "%20abcdefgh12345678", "abcd%252Befgh12345678"}) {
    EXPECT_HIT(tell(on_monday({form(bad)})), "C09") << bad;
    EXPECT_CLEAN(tell(on_monday({form(bad).answer(200, R"({"access_token":"x"})")})), "C09") << bad;
  }
}

TEST(C09, AFormThatAnImporterPutTogetherIsOpen) {
  EXPECT_OPEN(tell(on_monday({form(secret_like()).flag(kFlagRebuiltForm)})), "C09");
  EXPECT_HIT(tell(on_monday({form(secret_like()).flag(kFlagRebuiltForm), form(secret_like("+"))})), "C09");
  EXPECT_OPEN(tell(on_monday({form(secret_like("%252B")).flag(kFlagRebuiltForm)})), "C09");
  EXPECT_HIT(tell(on_monday({form("undefined").flag(kFlagRebuiltForm)})), "C09");
  EXPECT_CLEAN(tell(on_monday({form(secret_like()).flag(kFlagRebuiltForm).answer(200, R"({"access_token":"x"})")})),
               "C09");
}

}  // namespace
}  // namespace cvr::diagnose::test
