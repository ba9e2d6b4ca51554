#include "profiles/plan_check.h"

#include <set>

#include "profiles/profile.h"

namespace cvr::profiles {
namespace {

TEST(PlanCheck, Targets) {
  for (const char* good : {"/", "/a/b?c=d&e=%20", "/trips/${trip}"}) EXPECT_TRUE(is_target(good)) << good;
  for (const char* bad : {"", "a", "/a b", "/a#b", "/a\n", "/\"", "/\\", "/\x7f", "/\xc3\xa9"}) {
    EXPECT_FALSE(is_target(bad)) << bad;
  }
  EXPECT_FALSE(is_target("/" + std::string(8'000, 'a')));
}

// EVIDENCE "Probe", in its order.
TEST(PlanCheck, TheBuiltInPlanIsWhatEvidenceAsksFor) {
  const Plan& plan = avinode().probe;
  std::vector<std::string> names;
  for (const PlanStep& step : plan.steps) names.push_back(step.name);
  const std::vector<std::string> begin(names.begin(), names.begin() + 7);
  EXPECT_EQ(begin,
            (std::vector<std::string>{"clock", "dns", "tls", "unauthenticated", "wrong-credential", "auth", "act-as"}));
  std::set<std::string> ways;
  for (const PlanMethod& method : plan.methods) ways.insert(method.oauth);
  EXPECT_EQ(ways, (std::set<std::string>{"", "client_secret_basic", "client_secret_jwt", "client_secret_post"}));
  for (const PlanStep& step : plan.steps) {
    const bool makes = step.name.find("-trip") != std::string::npos;
    EXPECT_EQ(step.write, makes) << step.name;
    EXPECT_TRUE(step.kind != PlanStep::Kind::kCall || !step.shows.empty()) << step.name;
  }
}

// Nobody but the environment holds a secret.
TEST(PlanCheck, TheBuiltInPlanSaysWhereEachSecretIsFound) {
  for (const PlanVariable& variable : avinode().probe.variables) {
    EXPECT_FALSE(variable.from.empty());
    EXPECT_TRUE(variable.is_public || variable.preset.empty()) << variable.name;
  }
}

}  // namespace
}  // namespace cvr::profiles
