#include "app/tool_files.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "support/random.h"
#include "support/temporary_directory.h"

namespace cvr::app {
namespace {

const std::vector<std::string> kHosts = {"vendor.example"};

class ToolFiles : public ::testing::Test {
 protected:
  test::TemporaryDirectory home_;
  os::Environment environment_{{"HOME", home_.path()}};
};

TEST_F(ToolFiles, WhoseACommandIs) {
  EXPECT_EQ(tool_of({"curl", "-s"}), Tool::kCurl);
  EXPECT_EQ(tool_of({"/opt/x/git"}), Tool::kGit);
  EXPECT_EQ(tool_of({"npx", "vitest"}), Tool::kNpm);
  EXPECT_EQ(tool_of({"pip3.11", "install"}), Tool::kPip);
  EXPECT_EQ(tool_of({"python3", "-m", "pip", "install"}), Tool::kPip);
  for (const auto& other : std::vector<std::vector<std::string>>{{}, {""}, {"curly"}, {"pipx"}, {"python3", "-m"}}) {
    EXPECT_EQ(tool_of(other), std::nullopt);
  }
}

TEST_F(ToolFiles, TheCommandsOwnSettingsAreWarnedOf) {
  const std::string password = test::random_base64url(16);
  home_.write(".curlrc", "silent\nproxy = http://u:" + password + "@p.test:1\n");
  EXPECT_EQ(settings_warning({"curl", "x"}, environment_, kHosts),
            "~/.curlrc:2: proxy = http://...@p.test:1 wins over the proxy and trust that CVR sets; take the line out; "
            "curl -q "
            "leaves the file out");
  for (const char* other : {"wget", "sh"}) EXPECT_EQ(settings_warning({other}, environment_, kHosts), std::nullopt);
  home_.write(".wgetrc", "check_certificate = off\n");  // does not win
  EXPECT_EQ(settings_warning({"wget"}, environment_, kHosts), std::nullopt);
}

TEST_F(ToolFiles, FilesThatVariablesName) {
  const std::string named = home_.write("named", "[http]\nproxy = p.test:1\n");
  environment_.emplace_back("GIT_CONFIG_GLOBAL", named);
  EXPECT_TRUE(settings_warning({"git"}, environment_, kHosts).value_or("").starts_with("~/named:2: http.proxy"));
  std::filesystem::create_symlink(home_.write("dots", "proxy=p.test:1"), home_.file(".curlrc"));
  EXPECT_TRUE(settings_warning({"curl"}, environment_, kHosts).value_or("").starts_with("~/.curlrc:1: "));
  std::filesystem::create_directory(home_.file(".wgetrc"));
  EXPECT_EQ(settings_warning({"wget"}, environment_, kHosts), std::nullopt);
}

TEST_F(ToolFiles, DoctorNamesEachOne) {
  const auto about_home = [&] {
    CheckResults out = check_tool_settings(environment_, kHosts);
    std::erase_if(out, [](const CheckResult& r) { return r.found.find("~/") == r.found.npos; });
    return out;
  };
  EXPECT_TRUE(about_home().empty());
  home_.write(".curlrc", "proxy = p.test:1\ninsecure\n");
  home_.write(".npmrc", "strict-ssl = false\nproxy = p.test:1\n");  // the proxy: check_npm
  const CheckResults found = about_home();
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].check, "curl settings");
  EXPECT_EQ(found[0].state, CheckState::kFail);
  EXPECT_EQ(found[0].mend, "take the line out; curl -q leaves the file out");
  EXPECT_EQ(found[1].state, CheckState::kWarn);
  EXPECT_EQ(found[2].found, "~/.npmrc:1: strict-ssl = false hides trust problems, for every host");
}

}  // namespace
}  // namespace cvr::app
