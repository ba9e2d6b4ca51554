#include "os/read_window.h"

#include <stdlib.h>
#include <unistd.h>

#include <filesystem>

namespace cvr::os {
namespace {

class ReadWindowTest : public testing::Test {
 protected:
  ReadWindowTest() {
    std::string name = (std::filesystem::temp_directory_path() / "cvr-window-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    for (std::size_t i = 0; i < 2'000'000; ++i) bytes_ += static_cast<char>(i * 31 >> 8);
    EXPECT_TRUE(write_file_atomically(path(), bytes_));
  }
  ~ReadWindowTest() override { std::filesystem::remove_all(folder_); }
  std::string path() const { return folder_ + "/file"; }

  std::string folder_;
  std::string bytes_;
};

TEST_F(ReadWindowTest, GivesWhatStandsThere) {
  auto window = ReadWindow::open(path());
  ASSERT_TRUE(window);
  for (const std::uint64_t at : {0, 10, 262'000, 262'100, 1'999'990, 5, 1'000'000}) {
    for (const std::uint64_t size : {0, 1, 56, 300'000, 1'500'000}) {
      ASSERT_EQ(window->view(at, size).value(), std::string_view(bytes_).substr(at, size)) << at << ' ' << size;
    }
  }
  EXPECT_EQ(window->view(bytes_.size(), 10).value(), "");
  EXPECT_EQ(window->view(bytes_.size() + 1000, 10).value(), "");
}

TEST_F(ReadWindowTest, SeesAFileGrow) {
  auto window = ReadWindow::open(path());
  EXPECT_EQ(window->view(bytes_.size() - 4, 100)->size(), 4U);
  std::filesystem::resize_file(path(), bytes_.size() + 50);
  EXPECT_EQ(window->view(bytes_.size() - 4, 100)->size(), 54U);
}

TEST_F(ReadWindowTest, RefusesLinksAndMissingFiles) {
  ASSERT_EQ(::symlink(path().c_str(), (folder_ + "/link").c_str()), 0);
  EXPECT_EQ(ReadWindow::open(folder_ + "/link").error().code, ErrorCode::kEnvironment);
  EXPECT_EQ(ReadWindow::open(folder_ + "/missing").error().code, ErrorCode::kEnvironment);
}

TEST_F(ReadWindowTest, AFolderCanNotBeRead) {
  auto window = ReadWindow::open(folder_);
  ASSERT_TRUE(window);
  EXPECT_EQ(window->view(0, 10).error().code, ErrorCode::kEnvironment);
}

}  // namespace
}  // namespace cvr::os
