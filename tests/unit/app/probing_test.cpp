#include "app/probing.h"

#include <sys/stat.h>

#include "support/temporary_directory.h"

namespace cvr::app {
namespace {

class ProbingTest : public ::testing::Test {
 protected:
  std::string file(const std::string& name, const std::string& text, unsigned mode = 0600) {
    std::string path = directory_.write(name, text);
    ::chmod(path.c_str(), mode);
    return path;
  }
  Error refused() {
    const auto sources = credential_sources(options_, {});
    EXPECT_FALSE(sources);
    return sources ? Error{} : sources.error();
  }

  cvr::test::TemporaryDirectory directory_;
  ProbeOptions options_;
};

TEST_F(ProbingTest, TheLastFileCountsMostThenTheEnvironmentThenSecrets) {
  options_.env_files = {file("one.env", "A=1\nB=1\n"), file("two.env", "A=2\n")};
  options_.redaction.secrets_files = {file("secrets.env", "A=4\nD=4\n", 0644)};
  const auto sources = credential_sources(options_, {{"A", "3"}, {"C", "3"}});
  ASSERT_TRUE(sources);
  const probe::Settings kWanted[] = {
      {{"A", "2"}}, {{"A", "1"}, {"B", "1"}}, {{"A", "3"}, {"C", "3"}}, {{"A", "4"}, {"D", "4"}}};
  EXPECT_EQ(*sources, std::vector<probe::Settings>(std::begin(kWanted), std::end(kWanted)));
}

TEST_F(ProbingTest, AFileThatOthersMayReadIsRefusedWithTheMend) {
  for (const unsigned mode : {0644u, 0640u, 0604u}) {
    options_.env_files = {file("loose.env", "A=1\n", mode)};
    const Error error = refused();
    EXPECT_EQ(error.code, ErrorCode::kEnvironment);
    EXPECT_NE(error.text.find("chmod 600"), std::string::npos) << error.text;
  }
}

TEST_F(ProbingTest, FilesThatAreNotThereOrAreNone) {
  options_.env_files = {directory_.file("missing.env")};
  EXPECT_EQ(refused().code, ErrorCode::kEnvironment);
  EXPECT_NE(refused().text.find("missing.env"), std::string::npos);
  options_.env_files = {directory_.path()};
  EXPECT_NE(refused().text.find("regular file"), std::string::npos);
  options_.env_files.clear();
  options_.redaction.secrets_files = {directory_.file("gone.env")};
  EXPECT_EQ(refused().code, ErrorCode::kEnvironment);
}

TEST_F(ProbingTest, ABadLineIsNamedWithoutItsText) {
  options_.env_files = {file("bad.env", "A=1\nhushhush\n")};
  const Error error = refused();
  EXPECT_EQ(error.code, ErrorCode::kUsage);
  EXPECT_NE(error.text.find("bad.env:2"), std::string::npos) << error.text;
  EXPECT_EQ(error.text.find("hushhush"), std::string::npos);
}

}  // namespace
}  // namespace cvr::app
