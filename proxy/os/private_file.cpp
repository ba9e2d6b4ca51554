#include "os/private_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace cvr::os {
namespace {

Result<void> check_private(const std::string& path, mode_t type, const char* type_words, const char* mode_text) {
  struct stat facts{};
  if (::lstat(path.c_str(), &facts) != 0) {
    return fail(ErrorCode::kEnvironment, "can not examine " + path + ": " + system_words(errno));
  }
  if (S_ISLNK(facts.st_mode)) {
    return fail(ErrorCode::kEnvironment, path + " is a symbolic link; put the " + type_words + " itself there");
  }
  if ((facts.st_mode & S_IFMT) != type) return fail(ErrorCode::kEnvironment, path + " is not a " + type_words);
  if (facts.st_uid != ::geteuid()) {
    return fail(ErrorCode::kEnvironment,
                path + " belongs to another user; mend with: chown " + std::to_string(::geteuid()) + " '" + path + "'");
  }
  if ((facts.st_mode & 077) != 0) {
    return fail(ErrorCode::kEnvironment,
                path + " is open to others; mend with: chmod " + mode_text + " '" + path + "'");
  }
  return {};
}

}  // namespace

bool exists(const std::string& path) {
  struct stat facts{};
  return ::lstat(path.c_str(), &facts) == 0;
}

Result<void> check_private_file(const std::string& path) { return check_private(path, S_IFREG, "regular file", "600"); }
Result<void> check_private_directory(const std::string& path) {
  return check_private(path, S_IFDIR, "directory", "700");
}

Result<FileLock> FileLock::take(const std::string& path) {
  Fd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd) return fail(ErrorCode::kEnvironment, "can not open " + path + ": " + system_words(errno));
  while (::flock(fd.get(), LOCK_EX) != 0) {
    if (errno != EINTR) return fail(ErrorCode::kEnvironment, "can not lock " + path + ": " + system_words(errno));
  }
  return FileLock(std::move(fd));
}

}  // namespace cvr::os
