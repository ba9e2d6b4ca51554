#include "app/known_clients.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace cvr::app {
namespace {

TEST(KnownClients, EachAsksTheOriginAndHasAMend) {
  for (const TriedClient& client : known_clients("/opt/cvr")) {
    EXPECT_FALSE(client.present.empty()) << client.name;
    EXPECT_FALSE(client.mend.empty()) << client.name;
    EXPECT_TRUE(std::any_of(client.command.begin(), client.command.end(), [](const std::string& word) {
      return word.find("https://" + std::string(kDoctorHost)) != word.npos;
    })) << client.name;
  }
}

TEST(KnownClients, WhatCanBeMissingIsSaid) {
  std::set<std::string> names;
  for (const TriedClient& client : known_clients("/opt/cvr")) {
    EXPECT_TRUE(names.insert(client.name).second) << client.name;
    EXPECT_EQ(client.needs.empty(), client.want.empty()) << client.name;
  }
  for (const char* name : {"curl", "java", "php curl", "chromium"}) EXPECT_EQ(names.count(name), 1U) << name;
}

TEST(KnownClients, ChromiumIsToldByThisProgram) {
  const auto all = known_clients("/opt/c v r");
  const auto chromium = std::find_if(all.begin(), all.end(), [](const auto& c) { return c.name == "chromium"; });
  ASSERT_NE(chromium, all.end());
  EXPECT_EQ(std::count(chromium->command.begin(), chromium->command.end(), "/opt/c v r"), 1);
}

}  // namespace
}  // namespace cvr::app
