#include "os/append_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "os/process.h"

namespace cvr::os {
namespace {

constexpr int kFlags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
constexpr int kAttempts = 100;
constexpr std::uint64_t kAhead = 1u << 20;  // allocated at a time

std::unexpected<Error> failed(const char* what, const std::string& path, int error_number) {
  return fail(ErrorCode::kEnvironment, std::string(what) + " " + path + ": " + system_words(error_number));
}

std::unexpected<Error> disk_failed(int error_number) {
  return fail(ErrorCode::kEnvironment, write_words(error_number));
}

Result<void> lock(int fd, const std::string& path) {
  while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno == EWOULDBLOCK) return fail(ErrorCode::kEnvironment, path + " is in use by another recorder");
    return failed("can not lock", path, errno);
  }
  return {};
}

Result<void> check_owner(const struct stat& facts, const std::string& path) {
  if (!S_ISREG(facts.st_mode)) return fail(ErrorCode::kEnvironment, path + " is not a regular file");
  if (facts.st_uid != ::geteuid()) return fail(ErrorCode::kEnvironment, path + " belongs to another user");
  if ((facts.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return fail(ErrorCode::kEnvironment, path + " may be written by others; mend with: chmod go-w '" + path + "'");
  }
  return {};
}

// A new name lasts only when its directory is synced, too.
void sync_directory_of(const std::string& path) {
  const std::string parent = std::filesystem::path(path).parent_path().string();
  const Fd fd(::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd) ::fsync(fd.get());
}

}  // namespace

Result<std::unique_ptr<AppendFile>> AppendFile::open(const std::string& path) {
  take_size_limits_as_errors();
  for (int i = 0; i < kAttempts; ++i) {
    Fd fd(::open(path.c_str(), kFlags, 0600));
    if (!fd) {
      if (errno == ELOOP) return fail(ErrorCode::kEnvironment, path + " is a symbolic link; name the file itself");
      return failed("can not open", path, errno);
    }
    struct stat facts{};
    if (::fstat(fd.get(), &facts) != 0) return failed("can not examine", path, errno);
    if (auto sound = check_owner(facts, path); !sound) return std::unexpected(sound.error());
    if (auto locked = lock(fd.get(), path); !locked) return std::unexpected(locked.error());
    // Meanwhile another recorder may have put a new file in this one's place (`move_to`).
    struct stat named{};
    const bool is_there = ::lstat(path.c_str(), &named) == 0;
    if (!is_there || named.st_ino != facts.st_ino || named.st_dev != facts.st_dev) continue;
    if (::fstat(fd.get(), &facts) != 0) return failed("can not examine", path, errno);
    if (facts.st_size == 0) sync_directory_of(path);
    return std::unique_ptr<AppendFile>(new AppendFile(std::move(fd), static_cast<std::uint64_t>(facts.st_size)));
  }
  return fail(ErrorCode::kEnvironment, path + " is in use by another recorder");
}

Result<std::unique_ptr<AppendFile>> AppendFile::create_beside(const std::string& path) {
  take_size_limits_as_errors();
  for (int i = 0; i < kAttempts; ++i) {
    const std::string name = path + ".new." + std::to_string(::getpid()) + '.' + std::to_string(i);
    Fd fd(::open(name.c_str(), kFlags | O_EXCL, 0600));
    if (!fd && errno == EEXIST) continue;
    if (!fd) return failed("can not create", path, errno);  // nobody asked for the other name
    std::unique_ptr<AppendFile> file(new AppendFile(std::move(fd), 0));
    file->temporary_ = name;
    if (auto locked = lock(file->fd_.get(), name); !locked) return std::unexpected(locked.error());
    return file;
  }
  return failed("can not create a file beside", path, EEXIST);
}

Result<void> AppendFile::move_to(const std::string& path) {
  if (::rename(temporary_.c_str(), path.c_str()) != 0) return failed("can not write", path, errno);
  temporary_.clear();
  sync_directory_of(path);
  return {};
}

// Blocks that were allocated and not needed go back.
void AppendFile::free_unused() {
  if (allocated_ > size_) static_cast<void>(::ftruncate(fd_.get(), static_cast<off_t>(size_)));
  allocated_ = size_;
}

// In this order: without the lock the file's end is another's.
void AppendFile::let_go() {
  free_unused();
  ::flock(fd_.get(), LOCK_UN);
}

AppendFile::~AppendFile() {
  free_unused();
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

// Answers an error only when the disk is full: everything else shows when it is written.
Result<void> AppendFile::allocate(std::uint64_t more) {
  const std::uint64_t needed = size_ + more + reserve_;
  if (!can_allocate_ || needed <= allocated_) return {};
  for (const std::uint64_t end : {needed + kAhead, needed}) {
    const auto from = static_cast<off_t>(allocated_);
    if (::fallocate(fd_.get(), FALLOC_FL_KEEP_SIZE, from, static_cast<off_t>(end - allocated_)) == 0) {
      allocated_ = end;
      return {};
    }
    if (errno != ENOSPC && errno != EDQUOT) {
      can_allocate_ = errno == EINTR;
      return {};
    }
  }
  return disk_failed(errno);
}

Result<void> AppendFile::append(std::string_view bytes) {
  if (auto allocated = allocate(bytes.size()); !allocated) return allocated;
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd_.get(), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return disk_failed(errno);
    if (n == 0) return disk_failed(EIO);
    size_ += static_cast<std::uint64_t>(n);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return {};
}

Result<void> AppendFile::truncate(std::uint64_t size) {
  if (size == size_) return {};  // keeps what is allocated
  while (::ftruncate(fd_.get(), static_cast<off_t>(size)) != 0) {
    if (errno != EINTR) return disk_failed(errno);
  }
  size_ = size;
  allocated_ = size;
  return {};
}

Result<void> AppendFile::sync() {
  struct stat facts{};
  if (::fstat(fd_.get(), &facts) == 0 && facts.st_nlink == 0) {
    return fail(ErrorCode::kEnvironment, "the file was removed or replaced while it was written");
  }
  // Not even EINTR is tried again: what a second fdatasync answers says nothing about the first.
  if (::fdatasync(fd_.get()) != 0) return fail(ErrorCode::kEnvironment, "fdatasync failed: " + system_words(errno));
  return {};
}

}  // namespace cvr::os
