#include "app/trust_stores.h"

#include <gtest/gtest.h>

namespace cvr::app {
namespace {

StoreTools all_tools() {
  StoreTools tools;
  tools.debian = tools.certutil = tools.is_root = true;
  tools.home = "/home/a b";
  return tools;
}

TEST(TrustStores, DebianAsRootAndNot) {
  StoreTools tools = all_tools();
  const auto root = store_plans(tools, "system", "/c/ca.pem", false);
  ASSERT_EQ(root.size(), 1u);
  ASSERT_EQ(root[0].commands.size(), 2u);
  EXPECT_EQ(root[0].commands[0].front(), "install");
  EXPECT_EQ(root[0].commands[1], Words{"update-ca-certificates"});
  tools.is_root = false;
  const auto user = store_plans(tools, "system", "/c/ca.pem", false);
  ASSERT_EQ(user[0].commands.size(), 2u);
  for (const Words& words : user[0].commands) EXPECT_EQ(words.front(), "sudo");
}

TEST(TrustStores, UninstallTakesOutWhatInstallPutIn) {
  const auto in = store_plans(all_tools(), "system", "/c/ca.pem", false),
             out = store_plans(all_tools(), "system", "/c/ca.pem", true);
  EXPECT_EQ(in[0].commands[0].back(), out[0].commands[0].back());
  EXPECT_EQ(out[0].commands[1], (Words{"update-ca-certificates", "--fresh"}));
}

TEST(TrustStores, FedoraHasAnotherPlace) {
  StoreTools tools = all_tools();
  tools.debian = false;
  tools.fedora = true;
  EXPECT_EQ(store_plans(tools, "system", "/c/ca.pem", false)[0].commands[1], Words{"update-ca-trust"});
}

TEST(TrustStores, NssGetsADatabaseWhenThereIsNone) {
  StoreTools tools = all_tools();
  EXPECT_EQ(store_plans(tools, "nss", "/c/ca.pem", false)[0].commands.size(), 3u);
  EXPECT_FALSE(store_plans(tools, "nss", "/c/ca.pem", true)[0].missing.empty());
  tools.has_nss_database = true;
  EXPECT_EQ(store_plans(tools, "nss", "/c/ca.pem", false)[0].commands.size(), 1u);
  EXPECT_EQ(store_plans(tools, "nss", "/c/ca.pem", true)[0].commands[0][3], "-D");
}

TEST(TrustStores, WhatIsMissingIsSaid) {
  const auto plans = store_plans({}, "", "/c/ca.pem", false);
  ASSERT_EQ(plans.size(), 2u);
  for (const StorePlan& plan : plans) {
    EXPECT_TRUE(plan.commands.empty());
    EXPECT_FALSE(plan.missing.empty());
  }
  EXPECT_TRUE(store_plans(all_tools(), "windows", "/c/ca.pem", false).empty());
  EXPECT_FALSE(store_plans(all_tools(), "java", "/c/ca.pem", false)[0].missing.empty());
}

TEST(TrustStores, JavaIsChangedOnlyWhenAskedForAndWarned) {
  StoreTools tools = all_tools();
  tools.keytool = "/opt/jdk/bin/keytool";
  for (const StorePlan& plan : store_plans(tools, "", "/c/ca.pem", false)) {
    EXPECT_NE(plan.store, "java");
    EXPECT_TRUE(plan.warning.empty());
  }
  const auto in = store_plans(tools, "java", "/c/ca.pem", false);
  ASSERT_EQ(in.size(), 1U);
  EXPECT_EQ(
      command_line(in[0].commands.at(0)),
      "sudo /opt/jdk/bin/keytool -importcert -cacerts -storepass changeit -alias cvr -noprompt -trustcacerts -file "
      "/c/ca.pem");
  EXPECT_NE(in[0].warning.find("ignores name constraints"), std::string::npos);
  tools.may_write_cacerts = true;
  const auto out = store_plans(tools, "java", "/c/ca.pem", true);
  EXPECT_EQ(command_line(out[0].commands.at(0)),
            "/opt/jdk/bin/keytool -delete -cacerts -storepass changeit -alias cvr");
  EXPECT_TRUE(out[0].warning.empty());
}

TEST(TrustStores, ASystemWhoseStoreJavaFollowsIsWarnedOf) {
  StoreTools tools = all_tools();
  tools.java_follows_system = true;
  EXPECT_NE(store_plans(tools, "system", "/c/ca.pem", false)[0].warning.find("Java's store follows"),
            std::string::npos);
  EXPECT_TRUE(store_plans(tools, "system", "/c/ca.pem", true)[0].warning.empty());
}

TEST(TrustStores, CommandsAreShownAsTyped) {
  EXPECT_EQ(command_line({"certutil", "-d", "sql:/a", "C,,", "/home/a b/x", ""}),
            "certutil -d sql:/a C,, '/home/a b/x' ''");
}

}  // namespace
}  // namespace cvr::app
