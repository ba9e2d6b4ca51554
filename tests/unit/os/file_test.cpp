#include "os/file.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "support/random.h"

namespace cvr::os {
namespace {

namespace fs = std::filesystem;

class FileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "cvr-file-test-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
  }
  void TearDown() override { fs::remove_all(directory_); }

  std::string path(const std::string& name) const { return directory_ + '/' + name; }
  void put(const std::string& name, std::string_view bytes) const {
    std::ofstream(path(name), std::ios::binary) << bytes;
  }
  std::size_t count() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory_), fs::directory_iterator()));
  }
  static unsigned mode_of(const std::string& name) {
    struct stat facts{};
    EXPECT_EQ(::lstat(name.c_str(), &facts), 0) << name;
    return facts.st_mode & 07777;
  }

 private:
  std::string directory_;
};

TEST_F(FileTest, FdOwnsItsDescriptor) {
  int pair[2];
  ASSERT_EQ(::pipe(pair), 0);
  Fd reader(pair[0]);
  {
    Fd writer(pair[1]);
    EXPECT_TRUE(writer);
    Fd moved(std::move(writer));
    EXPECT_EQ(moved.get(), pair[1]);
    reader = std::move(reader);
    EXPECT_EQ(reader.get(), pair[0]);
  }
  char byte = 0;
  EXPECT_EQ(::read(reader.get(), &byte, 1), 0) << "the writer is still open";
  EXPECT_EQ(reader.release(), pair[0]);
  EXPECT_FALSE(reader);
  Fd other(pair[0]);
  other = Fd();
  EXPECT_EQ(::fcntl(pair[0], F_GETFD), -1) << "assignment did not close";
  EXPECT_FALSE(Fd());
}

TEST_F(FileTest, ReadsTheWhole) {
  const std::string bytes = cvr::test::random_text(200'000, std::string_view("\0\n\r\xff"
                                                                             "a",
                                                                             5));
  put("a", bytes);
  EXPECT_EQ(read_file(path("a")).value(), bytes);
  put("empty", "");
  EXPECT_EQ(read_file(path("empty")).value(), "");
}

TEST_F(FileTest, ReadsStandardInputToItsEnd) {
  const Fd before(::dup(STDIN_FILENO));
  for (const std::uint64_t limit : {100u, 4u}) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    ASSERT_EQ(::write(ends[1], "hello", 5), 5);
    ::close(ends[1]);
    ASSERT_EQ(::dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    ::close(ends[0]);
    const auto read = read_standard_input(limit);
    EXPECT_EQ(read.has_value(), limit == 100);
    EXPECT_EQ(read ? *read : read.error().text, limit == 100 ? "hello" : "standard input is larger than 4 bytes");
  }
  ::dup2(before.get(), STDIN_FILENO);
}

TEST_F(FileTest, ReadHasALimit) {
  put("a", std::string(100'000, 'x'));
  EXPECT_TRUE(read_file(path("a"), 100'000));
  const auto result = read_file(path("a"), 99'999);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kLimit);
  EXPECT_NE(result.error().text.find(path("a")), std::string::npos);
}

TEST_F(FileTest, ReadErrorsNameThePath) {
  fs::create_directory(path("directory"));
  for (const std::string name : {"missing", "directory", "missing/below"}) {
    const auto result = read_file(path(name));
    ASSERT_FALSE(result) << name;
    EXPECT_EQ(result.error().code, ErrorCode::kEnvironment) << name;
    EXPECT_NE(result.error().text.find(path(name)), std::string::npos) << result.error().text;
    EXPECT_EQ(result.error().text.find('\n'), std::string::npos);
  }
}

TEST_F(FileTest, LinksAreNotFollowed) {
  put("target", "t");
  fs::create_symlink(path("target"), path("link"));
  for (const auto& error : {read_file(path("link")).error(), map_file(path("link")).error()}) {
    EXPECT_EQ(error.code, ErrorCode::kEnvironment);
    EXPECT_NE(error.text.find("symbolic link"), std::string::npos) << error.text;
  }
  // A link on the way is the caller's business.
  fs::create_directory(path("d"));
  put("d/file", "f");
  fs::create_directory_symlink(path("d"), path("e"));
  EXPECT_EQ(read_file(path("e/file")).value(), "f");
}

TEST_F(FileTest, AFifoDoesNotHang) {
  ASSERT_EQ(::mkfifo(path("fifo").c_str(), 0600), 0);
  EXPECT_FALSE(map_file(path("fifo")));
  read_file(path("fifo"));  // no writer: empty or an error, at once
}

TEST_F(FileTest, WritesPrivatelyAndWhole) {
  ASSERT_TRUE(write_file_atomically(path("a"), "one"));
  EXPECT_EQ(read_file(path("a")).value(), "one");
  EXPECT_EQ(mode_of(path("a")), 0600u);
  ASSERT_TRUE(write_file_atomically(path("a"), std::string("two\0", 4)));
  EXPECT_EQ(read_file(path("a")).value(), std::string("two\0", 4));
  ASSERT_TRUE(write_file_atomically(path("b"), "", 0400));
  EXPECT_EQ(mode_of(path("b")), 0400u);
  EXPECT_EQ(count(), 2u) << "something was left beside";
}

TEST_F(FileTest, AWriteReplacesALinkAndNotItsTarget) {
  put("target", "t");
  fs::create_symlink(path("target"), path("link"));
  ASSERT_TRUE(write_file_atomically(path("link"), "new"));
  EXPECT_EQ(read_file(path("target")).value(), "t");
  EXPECT_EQ(read_file(path("link")).value(), "new");
}

TEST_F(FileTest, LeftoversOfADeadProcessDoNotBlock) {
  for (int i = 0; i < 20; ++i) put("a.tmp." + std::to_string(::getpid()) + '.' + std::to_string(i), "left");
  put("a.tmp." + std::to_string(::getpid()), "left");
  ASSERT_TRUE(write_file_atomically(path("a"), "new"));
  EXPECT_EQ(read_file(path("a")).value(), "new");
}

TEST_F(FileTest, AReaderSeesOldOrNewWhole) {
  ASSERT_TRUE(write_file_atomically(path("a"), "old"));
  const auto before = map_file(path("a"));
  ASSERT_TRUE(before);
  ASSERT_TRUE(write_file_atomically(path("a"), "newer"));
  EXPECT_EQ((*before)->bytes(), "old");
  EXPECT_EQ((*map_file(path("a")))->bytes(), "newer");
}

TEST_F(FileTest, AFailedWriteLeavesTheOldFile) {
  ASSERT_TRUE(write_file_atomically(path("a"), "old"));
  // The disk is full, as far as this process can tell.
  rlimit saved{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &saved), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit tiny{10, saved.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tiny), 0);
  const auto result = write_file_atomically(path("a"), "more than ten bytes");
  ::setrlimit(RLIMIT_FSIZE, &saved);
  std::signal(SIGXFSZ, handler);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kEnvironment);
  EXPECT_EQ(read_file(path("a")).value(), "old");
  EXPECT_EQ(count(), 1u) << "something was left beside";
}

TEST_F(FileTest, WriteErrors) {
  EXPECT_FALSE(write_file_atomically(path("missing/a"), "x"));
  fs::create_directory(path("d"));
  EXPECT_FALSE(write_file_atomically(path("d"), "x"));
  EXPECT_EQ(count(), 1u) << "something was left beside";
}

TEST_F(FileTest, MakesPrivateDirectories) {
  ASSERT_TRUE(make_private_directory(path("a/b/c")));
  for (const char* name : {"a", "a/b", "a/b/c"}) EXPECT_EQ(mode_of(path(name)), 0700u) << name;
  EXPECT_TRUE(make_private_directory(path("a/b/c")));
  EXPECT_TRUE(make_private_directory(path("a/b/c/")));
  EXPECT_TRUE(make_private_directory("/"));
  EXPECT_TRUE(make_private_directory("."));
}

TEST_F(FileTest, AFileIsNoDirectory) {
  put("file", "");
  for (const std::string name : {"file", "file/below", ""}) {
    const auto result = make_private_directory(name.empty() ? name : path(name));
    ASSERT_FALSE(result) << name;
    EXPECT_EQ(result.error().code, ErrorCode::kEnvironment);
  }
}

TEST_F(FileTest, MapsAFile) {
  const std::string bytes = cvr::test::random_text(100'000, "abc");
  put("a", bytes);
  auto source = map_file(path("a"));
  ASSERT_TRUE(source);
  fs::remove(path("a"));  // the mapping lives on
  EXPECT_EQ((*source)->bytes(), bytes);
  put("empty", "");
  EXPECT_EQ((*map_file(path("empty")))->bytes(), "");
}

TEST_F(FileTest, MapErrors) {
  fs::create_directory(path("d"));
  for (const std::string name : {"missing", "d"}) {
    const auto result = map_file(path(name));
    ASSERT_FALSE(result) << name;
    EXPECT_EQ(result.error().code, ErrorCode::kEnvironment);
    EXPECT_NE(result.error().text.find(path(name)), std::string::npos) << result.error().text;
  }
}

TEST_F(FileTest, OnlySocketsAreRemovedAsSockets) {
  ASSERT_EQ(::mknod(path("s").c_str(), S_IFSOCK | 0600, 0), 0);
  fs::create_symlink(path("s"), path("link"));
  put("letter", "Dear Sir or Madam");
  EXPECT_TRUE(is_socket(path("s")));
  for (const std::string name : {"link", "letter", "missing"}) {
    EXPECT_FALSE(is_socket(path(name))) << name;
    remove_socket(path(name));
  }
  remove_socket(path("s"));
  EXPECT_FALSE(fs::exists(path("s")));
  EXPECT_TRUE(fs::exists(path("letter")));
  EXPECT_TRUE(fs::is_symlink(path("link")));
}

TEST_F(FileTest, SystemWords) { EXPECT_EQ(system_words(ENOENT), "No such file or directory"); }

TEST_F(FileTest, AFileIsRemoved) {
  const std::string gone = path("gone");
  ASSERT_TRUE(write_file_atomically(gone, "x"));
  ASSERT_TRUE(remove_file(gone));
  EXPECT_FALSE(read_file(gone));
  const auto again = remove_file(gone);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::kEnvironment);
  EXPECT_NE(again.error().text.find(gone), std::string::npos);
}

}  // namespace
}  // namespace cvr::os
