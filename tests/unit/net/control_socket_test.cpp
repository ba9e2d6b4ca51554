#include "net/control_socket.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "os/file.h"
#include "support/temporary_directory.h"

namespace cvr::net {
namespace {

class ControlSocket : public ::testing::Test {
 protected:
  cvr::test::TemporaryDirectory directory_;
  const std::string path_ = directory_.file("control");
  asio::io_context io_;
};

TEST_F(ControlSocket, IsItsOwnersAlone) {
  const auto listening = listen_at(io_, path_);
  ASSERT_TRUE(listening) << listening.error().text;
  struct stat facts{};
  ASSERT_EQ(::stat(path_.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 07777U, 0600U);
  EXPECT_TRUE(S_ISSOCK(facts.st_mode));
  os::remove_socket(path_);
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(ControlSocket, OneThatIsListenedAtIsNotTaken) {
  const auto first = listen_at(io_, path_);
  ASSERT_TRUE(first);
  const auto second = listen_at(io_, path_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kEnvironment);
  EXPECT_NE(second.error().text.find(path_), std::string::npos);
}

TEST_F(ControlSocket, OneThatWasLeftBehindIs) {
  {
    auto first = listen_at(io_, path_);
    ASSERT_TRUE(first);
  }
  ASSERT_TRUE(std::filesystem::exists(path_));
  EXPECT_TRUE(listen_at(io_, path_));
}

TEST_F(ControlSocket, AnythingElseIsLeftAlone) {
  std::ofstream(path_) << "a letter";
  EXPECT_FALSE(listen_at(io_, path_));
  os::remove_socket(path_);
  EXPECT_TRUE(std::filesystem::exists(path_));
}

TEST_F(ControlSocket, PathsHaveTheirLength) {
  for (const std::string& path : {std::string(), std::string(108, 'a')}) {
    const auto listening = listen_at(io_, path);
    ASSERT_FALSE(listening);
    EXPECT_EQ(listening.error().code, ErrorCode::kUsage);
  }
}

}  // namespace
}  // namespace cvr::net
