#include "probe/meaning.h"

#include "unit/probe/kit.h"

namespace cvr::probe {
namespace {

std::string meaning(const Answer& answer) {
  profiles::PlanStep step;
  step.auth = profiles::PlanStep::Auth::kAccepted;
  return meaning_of(step, answer, false, test::vendor());
}

TEST(Meaning, TheVendorsWordsSayMoreThanTheStatus) {
  EXPECT_EQ(meaning(test::answered(401, "invalid_client")), "the client's id, secret or method is not accepted");
  EXPECT_EQ(meaning(test::answered(403, "COMPANY")), "the account may not see that company's data");
  EXPECT_EQ(meaning(test::answered(403, "NO_PERMISSION")), "a permission is not granted");
  EXPECT_EQ(meaning(test::answered(401, "NOT_AUTHORIZED")), "accepted, and not permitted");
  EXPECT_EQ(meaning(test::answered(401, "OTHER")), "the credential is refused");
  EXPECT_EQ(meaning(test::answered(403)), "accepted, and not permitted");
}

// Neither is by itself "the vendor is down" (EVIDENCE).
TEST(Meaning, AmbiguousCodesStayAmbiguous) {
  EXPECT_NE(meaning(test::answered(405, "INTERNAL")).find("a wrong call gets that too"), std::string::npos);
  EXPECT_NE(meaning(test::answered(404)).find("or not this account's"), std::string::npos);
  EXPECT_EQ(meaning(test::answered(503)), "an error of the vendor's server");
}

TEST(Meaning, EveryFailureHasWords) {
  for (const auto kind : {FailureKind::kDns, FailureKind::kConnect, FailureKind::kTls, FailureKind::kTimeout,
                          FailureKind::kReset, FailureKind::kProtocol}) {
    EXPECT_NE(meaning(test::failed(kind)), "");
  }
  Answer refused;
  refused.refused = "a private address";
  EXPECT_EQ(meaning(refused), "a private address");
}

TEST(Meaning, WhatIsAsExpected) {
  profiles::PlanStep step;
  EXPECT_EQ(meaning_of(step, test::answered(401), true, {}), "refused, as it should be");
  step.auth = profiles::PlanStep::Auth::kMadeUp;
  EXPECT_EQ(meaning_of(step, test::answered(401), true, {}), "refused, as it should be");
  step.auth = profiles::PlanStep::Auth::kEach;
  EXPECT_EQ(meaning_of(step, test::answered(200), true, {}), "works");
}

}  // namespace
}  // namespace cvr::probe
