#include "app/announce.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "app/run_file.h"
#include "os/process.h"
#include "support/fakes.h"
#include "support/golden.h"
#include "support/random.h"
#include "support/temporary_directory.h"

namespace cvr::app {
namespace {

class StandingProxy : public Proxy {
 public:
  Endpoint address() const override { return {"127.0.0.1", 40123}; }
  std::optional<Endpoint> reverse_address() const override { return reverse; }
  void stop(int) override {}
  std::optional<Endpoint> reverse;
};

class Announcing : public ::testing::Test {
 protected:
  Announcing() {
    options_.proxy.hosts = {"api.example", "*.api.example"};
    options_.proxy.control_token = test::random_base64url(32);
    built_.home.directory = at_.path();
    built_.authority = certs::Authority::ephemeral("unit", options_.proxy.hosts, clock_).value();
  }
  std::string run_file() const { return at_.file("run/" + std::to_string(os::process_id()) + ".json"); }
  std::string run_directory() const { return at_.file("run/" + std::to_string(os::process_id())); }
  // Directories that a run made in the home.
  bool nothing_is_left() const {
    return !std::filesystem::exists(run_file()) && !std::filesystem::exists(run_directory());
  }

  test::TemporaryDirectory at_;
  test::FakeClock clock_;
  RunOptions options_;
  Built built_;
  StandingProxy proxy_;
};

TEST_F(Announcing, OtherCommandsFindTheProxy) {
  const auto announced = Announcement::make(options_, built_, proxy_);
  ASSERT_TRUE(announced) << announced.error().text;
  const auto found = find_running(built_.home);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->pid, os::process_id());
  EXPECT_EQ(found->url, "http://127.0.0.1:40123");
  EXPECT_EQ(found->hosts, options_.proxy.hosts);
  EXPECT_EQ(found->files.ca, announced->files().ca);
  EXPECT_EQ(found->files.bundle, announced->files().bundle);
}

TEST_F(Announcing, TheFilesForChildrenAreThere) {
  const auto announced = Announcement::make(options_, built_, proxy_);
  ASSERT_TRUE(announced);
  EXPECT_EQ(test::read_file(announced->files().ca), built_.authority->certificate_pem());
  EXPECT_TRUE(test::read_file(announced->files().bundle).ends_with(built_.authority->certificate_pem()));
}

TEST_F(Announcing, WhatHoldsTheTokenIsPrivate) {
  const auto announced = Announcement::make(options_, built_, proxy_);
  ASSERT_TRUE(announced);
  EXPECT_NE(test::read_file(run_file()).find(options_.proxy.control_token), std::string::npos);
  EXPECT_EQ(std::filesystem::status(run_file()).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(std::filesystem::status(run_directory()).permissions(), std::filesystem::perms::owner_all);
  EXPECT_EQ(announced->text().find(options_.proxy.control_token), std::string::npos);
}

TEST_F(Announcing, IsTakenBackAtTheEnd) {
  {
    const auto announced = Announcement::make(options_, built_, proxy_);
    ASSERT_TRUE(announced);
    EXPECT_FALSE(nothing_is_left());
  }
  EXPECT_TRUE(nothing_is_left());
}

TEST_F(Announcing, MovedItIsTakenBackOnce) {
  auto announced = Announcement::make(options_, built_, proxy_);
  ASSERT_TRUE(announced);
  {
    const Announcement last = std::move(*announced);
    EXPECT_TRUE(std::filesystem::exists(run_file()));
  }
  EXPECT_TRUE(nothing_is_left());
}

TEST_F(Announcing, ThePortFileHoldsThePortAndANewline) {
  options_.port_file = at_.file("port");
  ASSERT_TRUE(Announcement::make(options_, built_, proxy_));
  EXPECT_EQ(test::read_file(options_.port_file), "40123\n");
}

TEST_F(Announcing, AReadyDescriptorGetsOneLineOfJson) {
  proxy_.reverse = Endpoint{"::1", 40124};
  options_.proxy.reverse = ReverseOptions{{http::Scheme::kHttps, "api.example", 443}, {}};
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  options_.ready_fd = ends[1];
  const auto announced = Announcement::make(options_, built_, proxy_);
  ASSERT_TRUE(announced);
  ::close(ends[1]);
  std::string line(8192, '\0');
  const auto size = ::read(ends[0], line.data(), line.size());
  ::close(ends[0]);
  ASSERT_GT(size, 0);
  line.resize(static_cast<std::size_t>(size));
  EXPECT_EQ(line, test::read_file(run_file()));
  EXPECT_EQ(line, "{\"pid\":" + std::to_string(os::process_id()) +
                      R"(,"address":"127.0.0.1","port":40123,"proxy":"http://127.0.0.1:40123",)"
                      R"("reverse":"http://[::1]:40124","ca":")" +
                      announced->files().ca + R"(","bundle":")" + announced->files().bundle +
                      R"(","control":"http://cvr.localhost:40123/","token":")" + options_.proxy.control_token +
                      R"(","hosts":["api.example","*.api.example"]})" + "\n");
}

TEST_F(Announcing, WhereARequestMustNameASessionTheTextSaysHow) {
  const auto advice = [&] {
    const std::string text = Announcement::make(options_, built_, proxy_)->text();
    return text.substr(text.find("eval"), text.find("      ") - text.find("eval"));
  };
  options_.by_user = true;
  EXPECT_EQ(advice(), "eval \"$(cvr env --session NAME)\"");
  options_.mode = engine::Mode::kPassthrough;
  EXPECT_EQ(advice(), "eval \"$(cvr env)\"");
  options_.mode = engine::Mode::kOnce;
  options_.cassettes = {"unnamed.cvr"};
  EXPECT_EQ(advice(), "eval \"$(cvr env)\"");
}

TEST_F(Announcing, TheTextSaysWhereAndWhatToType) {
  EXPECT_EQ(Announcement::make(options_, built_, proxy_)->text(),
            "cvr listens on http://127.0.0.1:40123\nhosts in scope: api.example *.api.example\n"
            "in another shell:  eval \"$(cvr env)\"      end with Ctrl-C\n");
  proxy_.reverse = Endpoint{"127.0.0.1", 40124};
  options_.proxy.reverse = ReverseOptions{{http::Scheme::kHttps, "api.example", 443}, {}};
  EXPECT_TRUE(Announcement::make(options_, built_, proxy_)
                  ->text()
                  .starts_with("cvr listens on http://127.0.0.1:40123, reverse for https://api.example on "
                               "http://127.0.0.1:40124\n"));
}

TEST_F(Announcing, AFailureLeavesNothingBehind) {
  options_.port_file = at_.file("no/such/directory/port");
  const auto no_port_file = Announcement::make(options_, built_, proxy_);
  ASSERT_FALSE(no_port_file);
  EXPECT_EQ(no_port_file.error().code, ErrorCode::kEnvironment);
  EXPECT_TRUE(nothing_is_left());

  options_.port_file.clear();
  options_.ready_fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC);  // can not be written
  const auto no_descriptor = Announcement::make(options_, built_, proxy_);
  ASSERT_FALSE(no_descriptor);
  EXPECT_EQ(no_descriptor.error().code, ErrorCode::kEnvironment);
  EXPECT_NE(no_descriptor.error().text.find("--ready-fd"), std::string::npos);
  ::close(options_.ready_fd);
  EXPECT_TRUE(nothing_is_left());
}

TEST_F(Announcing, AHomeThatCanNotBeWrittenIsAnError) {
  built_.home.directory = at_.write("file", "x");
  const auto announced = Announcement::make(options_, built_, proxy_);
  ASSERT_FALSE(announced);
  EXPECT_EQ(announced.error().code, ErrorCode::kEnvironment);
}

}  // namespace
}  // namespace cvr::app
