#include "os/append_file.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "os/file.h"

namespace cvr::os {
namespace {

class AppendFileTest : public testing::Test {
 protected:
  AppendFileTest() {
    std::string name = (std::filesystem::temp_directory_path() / "cvr-append-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    path_ = folder_ + "/file";
  }
  ~AppendFileTest() override { std::filesystem::remove_all(folder_); }
  std::string content() { return read_file(path_).value_or("unreadable"); }

  std::string folder_;
  std::string path_;
};

TEST_F(AppendFileTest, GrowsAndShrinks) {
  auto file = AppendFile::open(path_);
  ASSERT_TRUE(file);
  ASSERT_TRUE((*file)->append("one "));
  ASSERT_TRUE((*file)->append("two"));
  EXPECT_EQ((*file)->size(), 7U);
  EXPECT_EQ(content(), "one two");
  ASSERT_TRUE((*file)->truncate(4));
  ASSERT_TRUE((*file)->append("three"));
  ASSERT_TRUE((*file)->sync());
  EXPECT_EQ(content(), "one three");
  file->reset();
  EXPECT_EQ((*AppendFile::open(path_))->size(), 9U);
}

TEST_F(AppendFileTest, IsPrivateAndLocked) {
  const auto file = AppendFile::open(path_);
  struct stat facts{};
  ASSERT_EQ(::stat(path_.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 07777, 0600U);
  EXPECT_EQ(AppendFile::open(path_).error().text, path_ + " is in use by another recorder");
}

TEST_F(AppendFileTest, WhoLetsGoLeavesTheFileToTheNext) {
  auto first = AppendFile::open(path_);
  ASSERT_TRUE(first);
  ASSERT_TRUE((*first)->append("one"));
  (*first)->let_go();
  auto second = AppendFile::open(path_);
  ASSERT_TRUE(second) << second.error().text;
  ASSERT_TRUE((*second)->append(" two"));
  first->reset();  // gives nothing back that is not its own
  EXPECT_EQ(content(), "one two");
  EXPECT_FALSE(AppendFile::open(path_));
}

// What was written to a file without a name is nowhere.
TEST_F(AppendFileTest, AFileThatWasRemovedIsNotSynced) {
  const auto file = AppendFile::open(path_);
  ASSERT_TRUE((*file)->append("one"));
  EXPECT_TRUE((*file)->sync());
  ASSERT_EQ(::unlink(path_.c_str()), 0);
  EXPECT_EQ((*file)->sync().error().text, "the file was removed or replaced while it was written");
}

TEST_F(AppendFileTest, RefusesLinksFoldersAndWhatOthersMayWrite) {
  ASSERT_EQ(::symlink("elsewhere", path_.c_str()), 0);
  EXPECT_NE(AppendFile::open(path_).error().text.find("is a symbolic link"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/elsewhere"));
  EXPECT_FALSE(AppendFile::open(folder_));
  EXPECT_FALSE(AppendFile::open(folder_ + "/missing/file"));
  const std::string fifo = folder_ + "/fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  EXPECT_EQ(AppendFile::open(fifo).error().text, fifo + " is not a regular file");
  const std::string open_to_all = folder_ + "/open";
  AppendFile::open(open_to_all).value().reset();
  ASSERT_EQ(::chmod(open_to_all.c_str(), 0620), 0);
  EXPECT_NE(AppendFile::open(open_to_all).error().text.find("chmod go-w"), std::string::npos);
}

TEST_F(AppendFileTest, RefusesAForeignOwner) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root, to give a file away";
  AppendFile::open(path_).value().reset();
  ASSERT_EQ(::chown(path_.c_str(), 12345, 12345), 0);
  EXPECT_EQ(AppendFile::open(path_).error().text, path_ + " belongs to another user");
}

TEST_F(AppendFileTest, AFullDiskSaysNoSpace) {
  // A size limit on files stands in for the disk; its signal must not end the process.
  auto file = AppendFile::open(path_);
  struct rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  struct rlimit small = before;
  small.rlim_cur = 4;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto written = (*file)->append("too long for it");
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::kEnvironment);
  EXPECT_NE(written.error().text.find("no space"), std::string::npos);
  EXPECT_EQ(content(), "too ") << "what was written of it is there";
  ASSERT_TRUE((*file)->truncate(0));
  ASSERT_TRUE((*file)->append("whole"));
  EXPECT_EQ(content(), "whole");
}

TEST_F(AppendFileTest, ANewFileTakesTheNameOfTheOld) {
  AppendFile::open(path_).value()->append("old").value();
  {
    auto fresh = AppendFile::create_beside(path_);
    ASSERT_TRUE(fresh);
    ASSERT_TRUE((*fresh)->append("given up"));
  }
  EXPECT_EQ(content(), "old");
  auto fresh = AppendFile::create_beside(path_);
  ASSERT_TRUE((*fresh)->append("new"));
  ASSERT_TRUE((*fresh)->move_to(path_));
  EXPECT_EQ(content(), "new");
  ASSERT_TRUE((*fresh)->append("er"));
  EXPECT_EQ(content(), "newer");
  EXPECT_FALSE(AppendFile::open(path_)) << "still locked";
  fresh->reset();
  EXPECT_TRUE(AppendFile::open(path_));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
}

}  // namespace
}  // namespace cvr::os
