#include "app/doctor_checks.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "cvr/certificate_authority.h"
#include "net/origin_server.h"
#include "os/clock.h"
#include "os/file.h"
#include "support/temporary_directory.h"

namespace cvr::app {
namespace {

// A clock of this machine that is wrong.
class ShiftedClock : public Clock {
 public:
  explicit ShiftedClock(std::int64_t by_us) : by_us_(by_us) {}
  std::int64_t utc_us() const override { return real_.utc_us() + by_us_; }
  std::int64_t monotonic_us() const override { return real_.monotonic_us(); }

 private:
  os::SystemClock real_;
  std::int64_t by_us_;
};

constexpr std::int64_t kDayUs = 86'400'000'000;
const std::vector<std::string> kHosts = {"*.example.test"};

Config listening_on(const std::string& endpoint) {
  Config config;
  config.settings["listen"] = {{endpoint}, "cvr.toml:1"};
  return config;
}

TEST(DoctorChecks, ABrokenConfigurationSaysWhere) {
  const CheckResults found = check_config(parse_config("lisen = \"x\"", "cvr.toml"), {});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].state, CheckState::kFail);
  EXPECT_NE(found[0].found.find("cvr.toml:1"), std::string::npos);
  EXPECT_EQ(check_config(Config{}, {})[0].state, CheckState::kPass);
}

TEST(DoctorChecks, FilesOfTheConfigurationMustBeThere) {
  const test::TemporaryDirectory at;
  const auto config = parse_config("secrets = [\".env\"]", at.file("cvr.toml"));
  ASSERT_TRUE(config);
  EXPECT_EQ(check_config(config, {})[0].state, CheckState::kFail);
  ASSERT_TRUE(os::write_file_atomically(at.file(".env"), "A=b\n"));
  EXPECT_EQ(check_config(config, {})[0].state, CheckState::kPass);
}

TEST(DoctorChecks, VariablesThatNothingReadsAreToldOf) {
  EXPECT_EQ(check_config(Config{}, {{"CVR_LISTN", "x"}})[0].state, CheckState::kWarn);
}

TEST(DoctorChecks, APortThatIsTaken) {
  const test::TemporaryDirectory at;
  auto taken = net::OriginServer::start({}, [](const http::Request&) { return net::OriginReply{}; });
  ASSERT_TRUE(taken);
  const std::string where = to_string((*taken)->address());
  const CheckResult found = check_port(listening_on(where), {at.path()});
  EXPECT_EQ(found.state, CheckState::kFail);
  EXPECT_NE(found.found.find(where), std::string::npos);
  EXPECT_FALSE(found.mend.empty());
  taken->reset();
  EXPECT_EQ(check_port(listening_on(where), {at.path()}).state, CheckState::kPass);
}

TEST(DoctorChecks, TheAuthorityIsPrivateCoversTheScopeAndIsNotOld) {
  const test::TemporaryDirectory at;
  const std::string home = at.file("home");
  const os::SystemClock clock;
  EXPECT_EQ(check_ca({home}, kHosts, clock).state, CheckState::kPass);  // none yet
  ASSERT_TRUE(certs::Authority::open(home, kHosts, clock));
  EXPECT_EQ(check_ca({home}, kHosts, clock).state, CheckState::kPass);
  EXPECT_EQ(check_ca({home}, kHosts, ShiftedClock(85 * kDayUs)).state, CheckState::kWarn);
  EXPECT_EQ(check_ca({home}, kHosts, ShiftedClock(91 * kDayUs)).state, CheckState::kFail);
  EXPECT_NE(check_ca({home}, {"other.test"}, clock).found.find("cvr ca rotate --host"), std::string::npos);
  std::filesystem::permissions(home + "/ca.key", static_cast<std::filesystem::perms>(0644));
  EXPECT_NE(check_ca({home}, kHosts, clock).found.find("chmod 600"), std::string::npos);
}

TEST(DoctorChecks, AClockThatIsBehindTheAuthority) {
  const test::TemporaryDirectory at;
  const os::SystemClock clock;
  ASSERT_TRUE(certs::Authority::open(at.file("home"), kHosts, clock));
  EXPECT_EQ(check_clock({at.file("home")}, {}, clock).state, CheckState::kPass);
  EXPECT_EQ(check_clock({at.file("home")}, {}, ShiftedClock(-kDayUs)).state, CheckState::kFail);
}

TEST(DoctorChecks, CassettesThatCanNotBeRead) {
  const test::TemporaryDirectory at;
  EXPECT_TRUE(cassettes_here(at.path(), at.file("none")).empty());
  EXPECT_EQ(check_cassettes({})[0].state, CheckState::kPass);
  ASSERT_TRUE(os::write_file_atomically(at.file("a.cvr"), "not a cassette"));
  ASSERT_TRUE(os::write_file_atomically(at.file("b.txt"), ""));
  const auto paths = cassettes_here(at.path(), at.file("none"));
  ASSERT_EQ(paths.size(), 1u);
  EXPECT_EQ(check_cassettes(paths)[0].state, CheckState::kFail);
  const std::vector<std::string> many(30, paths[0]);
  EXPECT_EQ(check_cassettes(many).size(), 21u);  // the rest is counted
}

TEST(DoctorChecks, NoProxyThatHidesTheScope) {
  const CheckResults found = check_no_proxy({{"no_proxy", "localhost,.example.test"}, {"NO_PROXY", "other"}}, kHosts);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].state, CheckState::kFail);
  EXPECT_NE(found[0].found.find(".example.test"), std::string::npos);
  EXPECT_EQ(check_no_proxy({{"no_proxy", "localhost"}}, kHosts)[0].state, CheckState::kPass);
}

TEST(DoctorChecks, VariablesThatHideTrustProblems) {
  EXPECT_EQ(check_variables({{"GIT_SSL_NO_VERIFY", "1"}})[0].state, CheckState::kWarn);
  EXPECT_EQ(check_variables({{"GIT_SSL_NO_VERIFY", ""}})[0].state, CheckState::kPass);
}

TEST(DoctorChecks, ProxiesOfNpmAndGit) {
  for (const char* none : {"", "proxy=null\nhttps-proxy=null\n", "proxy = \nnoise\nother=http://a\n"}) {
    EXPECT_EQ(check_npm(none).state, CheckState::kPass) << none;
  }
  const std::string password = "pw" + std::to_string(os::SystemClock().utc_us());
  const CheckResult npm = check_npm("proxy=null\nhttps-proxy=\"http://u:" + password + "@proxy.test:3128/\"\n");
  EXPECT_EQ(npm.state, CheckState::kFail);
  EXPECT_EQ(npm.found.find(password), std::string::npos);
  EXPECT_EQ(npm.mend, "npm config delete https-proxy");
  EXPECT_EQ(check_git("").state, CheckState::kPass);
  EXPECT_EQ(check_git("http.proxy \n").state, CheckState::kFail);  // git goes directly then
  const CheckResult git =
      check_git("http.https://u:" + password + "@x.test/.proxy http://u:" + password + "@p\x1b[1m:1\n");
  EXPECT_EQ(git.state, CheckState::kFail);
  EXPECT_EQ(git.found.find(password), std::string::npos);
  EXPECT_EQ(git.found.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace cvr::app
