#include "app/starter.h"

#include <gtest/gtest.h>

#include "app/config.h"

namespace cvr::app {
namespace {

Project of_package(std::string_view json) {
  Project project;
  read_package_json(json, project);
  return project;
}

TEST(Starter, FindsTheTestRunner) {
  const Project vitest = of_package(R"({"scripts":{"test":"vitest run"}})");
  EXPECT_EQ(vitest.test_runner, "vitest");
  EXPECT_EQ(vitest.test_command, "npm test");
  const Project jest = of_package(R"({"devDependencies":{"jest":"^29"}})");
  EXPECT_EQ(jest.test_runner, "jest");
  EXPECT_EQ(jest.test_command, "npx jest");
  EXPECT_EQ(of_package(R"({"devDependencies":{"@playwright/test":"1"}})").test_runner, "playwright");
  EXPECT_EQ(of_package(R"({"scripts":{"test":"node --test"}})").test_runner, "node:test");
  const Project none = of_package(R"({"scripts":{"test":"echo \"Error: no test specified\" && exit 1"}})");
  EXPECT_EQ(none.test_runner + none.test_command, "");
}

TEST(Starter, APackageThatIsNoneChangesNothing) {
  for (const std::string& text : {std::string(), std::string("{"), std::string("[]"), std::string("{\"scripts\":7}"),
                                  std::string(100'000, '['), std::string("\xff\0{", 3)}) {
    const Project project = of_package(text);
    EXPECT_EQ(project.test_runner + project.test_command, "");
  }
}

TEST(Starter, DotenvFilesButNotTheirSamples) {
  for (const char* name : {".env", ".env.local", ".env.test.local"}) EXPECT_TRUE(is_dotenv_name(name)) << name;
  for (const char* name : {".env.example", ".env.sample", ".envrc", "env", ".environment"}) {
    EXPECT_FALSE(is_dotenv_name(name)) << name;
  }
}

TEST(Starter, NamesThatLookLikeCredentials) {
  for (const char* name : {"CLIENT_SECRET", "client_id", "API_TOKEN", "DB_PASSWORD", "STRIPE_KEY", "SENTRY_DSN"}) {
    EXPECT_TRUE(looks_like_credential(name)) << name;
  }
  for (const char* name : {"PORT", "NODE_ENV", "TOKEN_URL", "BASE_URL", "TOKEN_TTL", "NEXT_PUBLIC_KEY", "MONKEY"}) {
    EXPECT_FALSE(looks_like_credential(name)) << name;
  }
}

TEST(Starter, AConfigurationThatIsSoundAndHoldsNoValue) {
  Project project;
  const std::string value = "value-of-" + std::to_string(reinterpret_cast<std::uintptr_t>(&project));
  project.dotenv.push_back(credential_names("CLIENT_SECRET='" + value + "'\nPORT=" + value + "\n", ".env"));
  project.dotenv.push_back(credential_names("TOKEN='" + value, ".env.local"));  // no closing quote
  ASSERT_EQ(project.dotenv[0].names, std::vector<std::string>{"CLIENT_SECRET"});
  EXPECT_FALSE(project.dotenv[1].problem.empty());
  const std::string text = starter_config(project);
  EXPECT_EQ(text.find(value), std::string::npos);
  const auto config = parse_config(text, "cvr.toml");
  ASSERT_TRUE(config) << config.error().text;
  ASSERT_NE(values_of(*config, "secrets"), nullptr);
  EXPECT_EQ(values_of(*config, "secrets")->size(), 1u);
  EXPECT_EQ(values_of(*config, "mode")->front(), "once");
}

TEST(Starter, WhatIsCommentedOutIsSoundToo) {
  std::string text;
  std::string_view rest = "";
  const std::string config_text = starter_config({});
  for (rest = config_text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const bool is_setting = line.starts_with("# ") && (line.find(" = ") != line.npos || line[2] == '[');
    text += std::string(is_setting ? line.substr(2) : line) + "\n";
  }
  const auto config = parse_config(text, "cvr.toml");
  ASSERT_TRUE(config) << config.error().text << "\n" << text;
  EXPECT_NE(values_of(*config, "listen"), nullptr);
}

TEST(Starter, ForeignNamesAreHarmless) {
  Project project;
  project.dotenv.push_back({".env.\"\n[redact]", {"A_KEY"}});
  const auto config = parse_config(starter_config(project), "cvr.toml");
  ASSERT_TRUE(config) << config.error().text;
  EXPECT_EQ(values_of(*config, "secrets")->size(), 1u);
}

TEST(Starter, SaysWhatIsNext) {
  EXPECT_EQ(next_command(of_package(R"({"scripts":{"test":"vitest"}})")),
            "cvr run --mode once -c cassettes/first.cvr -- npm test");
  EXPECT_NE(next_command({}).find("YOUR COMMAND"), std::string::npos);
}

}  // namespace
}  // namespace cvr::app
