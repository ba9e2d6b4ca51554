#include "os/private_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

namespace cvr::os {
namespace {

class PrivateFile : public ::testing::Test {
 protected:
  PrivateFile() {
    std::string pattern = (std::filesystem::temp_directory_path() / "cvr-private-XXXXXX").string();
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    dir_ = pattern;
    file_ = dir_ + "/file";
    std::ofstream(file_) << "x";
    ::chmod(file_.c_str(), 0600);
  }
  ~PrivateFile() override { std::filesystem::remove_all(dir_); }

  std::string dir_, file_;
};

TEST_F(PrivateFile, PrivateOnesPass) {
  EXPECT_TRUE(check_private_file(file_));
  EXPECT_TRUE(check_private_directory(dir_));
  ::chmod(file_.c_str(), 0400);
  EXPECT_TRUE(check_private_file(file_));
}

TEST_F(PrivateFile, EveryBitForOthersIsTooMuch) {
  for (const mode_t bit : {0040U, 0020U, 0010U, 0004U, 0002U, 0001U}) {
    ::chmod(file_.c_str(), 0600 | bit);
    ::chmod(dir_.c_str(), 0700 | bit);
    EXPECT_NE(check_private_file(file_).error().text.find("chmod 600 '" + file_ + "'"), std::string::npos);
    EXPECT_NE(check_private_directory(dir_).error().text.find("chmod 700 '" + dir_ + "'"), std::string::npos);
  }
  EXPECT_EQ(check_private_file(file_).error().code, ErrorCode::kEnvironment);
}

TEST_F(PrivateFile, LinksAndOtherKindsDoNotPass) {
  const std::string link = dir_ + "/link";
  ASSERT_EQ(::symlink("file", link.c_str()), 0);
  EXPECT_NE(check_private_file(link).error().text.find("symbolic link"), std::string::npos);
  EXPECT_NE(check_private_file(dir_).error().text.find("not a regular file"), std::string::npos);
  EXPECT_NE(check_private_directory(file_).error().text.find("not a directory"), std::string::npos);
  EXPECT_NE(check_private_file(dir_ + "/absent").error().text.find("No such file"), std::string::npos);
}

TEST_F(PrivateFile, ForeignOwnersDoNotPass) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  ASSERT_EQ(::chown(file_.c_str(), 65534, 65534), 0);
  EXPECT_NE(check_private_file(file_).error().text.find("belongs to another user"), std::string::npos);
}

TEST_F(PrivateFile, ExistsSeesDanglingLinks) {
  ASSERT_EQ(::symlink("nowhere", (dir_ + "/dangling").c_str()), 0);
  EXPECT_TRUE(exists(dir_ + "/dangling"));
  EXPECT_TRUE(exists(file_));
  EXPECT_FALSE(exists(dir_ + "/absent"));
}

TEST_F(PrivateFile, ALockIsHeldByOneThreadAtATime) {
  // Atomic, since the thread sanitizer does not see what a lock of the kernel orders.
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 50; ++round) {
        const auto lock = FileLock::take(dir_ + "/lock");
        ASSERT_TRUE(lock);
        if (const int now = ++inside; now > most) most = now;
        std::this_thread::yield();
        --inside;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(most, 1);
}

TEST_F(PrivateFile, LockFilesArePrivateAndNeverLinks) {
  ASSERT_TRUE(FileLock::take(dir_ + "/lock"));
  EXPECT_TRUE(check_private_file(dir_ + "/lock"));
  ASSERT_EQ(::symlink("file", (dir_ + "/linked").c_str()), 0);
  EXPECT_EQ(FileLock::take(dir_ + "/linked").error().code, ErrorCode::kEnvironment);
  EXPECT_EQ(FileLock::take(dir_ + "/absent/lock").error().code, ErrorCode::kEnvironment);
}

}  // namespace
}  // namespace cvr::os
