#include "app/unknown_variables.h"

#include <gtest/gtest.h>

#include "app/child_environment.h"
#include "app/config_keys.h"

namespace cvr::app {
namespace {

TEST(UnknownVariables, ASlipIsNamedWithWhatWasMeant) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(unknown_variables({{"CVR_LISTNE", "secret"}, {"LISTEN", "x"}}),
            Lines{"CVR_LISTNE is no variable of CVR (did you mean CVR_LISTEN?)"});
  EXPECT_EQ(unknown_variables({{"CVR_NOTHING_LIKE_IT_AT_ALL", ""}}),
            Lines{"CVR_NOTHING_LIKE_IT_AT_ALL is no variable of CVR; cvr config lists the known settings"});
}

TEST(UnknownVariables, WhatIsReadOrSetByCvrIsKnown) {
  os::Environment environment{
      {"CVR_HOME", "x"}, {"CVR_TOKEN", "x"}, {"PATH", "x"}, {"CVR_SAVED", " A"}, {"CVR_SAVED_A", "x"}};
  for (const Key& key : known_keys()) environment.emplace_back(key.variable, "x");
  for (const auto& pair : child_environment({}, "http://127.0.0.1:1", {}, {}).set) environment.push_back(pair);
  EXPECT_TRUE(unknown_variables(environment).empty());
}

TEST(UnknownVariables, AHostileNameIsShownInPart) {
  const auto lines = unknown_variables({{"CVR_\x1b[2J" + std::string(100'000, 'X'), "x"}});
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_LT(lines[0].size(), 300U);
  EXPECT_EQ(lines[0].find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace cvr::app
