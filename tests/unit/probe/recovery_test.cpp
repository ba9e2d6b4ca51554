#include "probe/recovery.h"

#include "probe/requests.h"
#include "unit/probe/kit.h"

namespace cvr::probe {
namespace {

class RecoveryTest : public ::testing::Test {
 protected:
  // A run in which these steps are answered so.
  Recovery look(Recoveries& recoveries, const std::map<std::string, Answer>& answers) {
    test::FakeWorld world;
    world.answer = [&](const test::Sent& sent) {
      const auto found = answers.find(sent.step);
      return found == answers.end() ? test::sound(sent) : found->second;
    };
    return recoveries.look(run(task_, world));
  }
  static Baseline baseline(std::string_view path, const std::string& step = "") {
    RedactedParts parts;
    parts.request.method = "GET";
    parts.request.path.text = path;
    parts.step = step;
    parts.response.emplace().status = 200;
    Baseline out;
    out.add(parts);
    out.known = true;
    return out;
  }

  static profiles::Plan two_areas() {
    return test::plan(std::string(test::kPlan) +
                      "[[step]]\nname = \"areas\"\nauth = \"accepted\"\ncall = \"GET /areas?x=1\"\n");
  }
  const profiles::Plan plan_ = two_areas();
  const profiles::Diagnosis vendor_ = test::vendor();
  const Credentials credentials_ = *Credentials::read(plan_, {test::all_settings()});
  const Task task_{plan_, credentials_, vendor_, {}};
  const Answer forbidden_ = test::answered(403, "NO_PERMISSION");
};

TEST_F(RecoveryTest, AllThatWorksIsBackAtOnce) {
  Recoveries recoveries(task_, {});
  const Recovery one = look(recoveries, {});
  EXPECT_TRUE(one.back);
  EXPECT_TRUE(one.never_granted.empty());
}

// It may be what was lost: only a recording of before tells.
TEST_F(RecoveryTest, WithoutARecordingOfBeforeARefusalIsNoEnd) {
  Recoveries recoveries(task_, {});
  for (int i = 1; i <= 6; ++i) {
    const Recovery one = look(recoveries, {{"orders", forbidden_}});
    EXPECT_FALSE(one.back) << i;
    EXPECT_TRUE(one.never_granted.empty());
    const std::vector<std::string> orders = {"orders (403 NO_PERMISSION)"};
    EXPECT_EQ(one.in_question, i < kRoundsAlike ? std::vector<std::string>() : orders) << i;
  }
  EXPECT_TRUE(look(recoveries, {}).back);
}

TEST_F(RecoveryTest, AnythingElseBetweenStartsTheCountAnew) {
  Recoveries recoveries(task_, {});
  EXPECT_TRUE(look(recoveries, {{"orders", forbidden_}}).in_question.empty());
  EXPECT_TRUE(look(recoveries, {{"orders", forbidden_}}).in_question.empty());
  EXPECT_TRUE(look(recoveries, {{"orders", forbidden_}, {"areas", test::answered(500)}}).in_question.empty());
  EXPECT_TRUE(look(recoveries, {{"orders", forbidden_}}).in_question.empty());
  EXPECT_TRUE(look(recoveries, {{"orders", forbidden_}}).in_question.empty());
  EXPECT_FALSE(look(recoveries, {{"orders", forbidden_}}).in_question.empty());
}

TEST_F(RecoveryTest, WhatARoundHasSeenMustWorkAgain) {
  Recoveries recoveries(task_, {});
  EXPECT_FALSE(look(recoveries, {{"areas", forbidden_}}).back);
  for (int i = 0; i < 6; ++i) EXPECT_FALSE(look(recoveries, {{"orders", forbidden_}}).back) << i;
  EXPECT_TRUE(look(recoveries, {}).back);
}

TEST_F(RecoveryTest, WhatWorkedBeforeMustWorkAgainByStepOrByCall) {
  const std::string base = bare_request(plan_).path;
  for (const Baseline& before : {baseline(base + "/orders"), baseline("/elsewhere", "orders")}) {
    Recoveries recoveries(task_, before);
    for (int i = 0; i < 6; ++i) EXPECT_FALSE(look(recoveries, {{"orders", forbidden_}}).back) << i;
    EXPECT_TRUE(look(recoveries, {}).back);
  }
  // And what did not need not, from the first round on.
  Recoveries other(task_, baseline("/elsewhere", "areas"));
  const Recovery first = look(other, {{"orders", forbidden_}});
  EXPECT_TRUE(first.back);
  EXPECT_EQ(first.never_granted.size(), 1u);
}

TEST_F(RecoveryTest, OnlyWantOfAPermissionCounts) {
  for (const Answer& answer : {test::answered(401, "BAD_CREDENTIAL"), test::answered(404), test::answered(429),
                               test::answered(500), test::failed(FailureKind::kTimeout)}) {
    Recoveries recoveries(task_, {});
    for (int i = 0; i < 5; ++i) EXPECT_FALSE(look(recoveries, {{"orders", answer}}).back) << answer.status;
  }
}

TEST_F(RecoveryTest, WhereEverythingIsRefusedNothingIsBack) {
  Recoveries recoveries(task_, {});
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(look(recoveries, {{"orders", forbidden_}, {"areas", forbidden_}}).back);
  Recoveries without(task_, {});
  for (int i = 0; i < 5; ++i) {
    EXPECT_FALSE(look(without, {{"auth-static", test::answered(401)},
                                {"auth-oauth", test::answered(401)},
                                {"act-as-static", test::answered(401)},
                                {"act-as-oauth", test::answered(401)}})
                     .back);
  }
}

TEST_F(RecoveryTest, OfABaselineOnlySuccessesCount) {
  RedactedParts parts;
  parts.request.method = "GET";
  parts.step = "orders";
  Baseline out;
  out.add(parts);
  parts.response.emplace().status = 403;
  out.add(parts);
  EXPECT_TRUE(out.steps.empty() && out.calls.empty());
}

}  // namespace
}  // namespace cvr::probe
