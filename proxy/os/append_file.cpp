#include "os/append_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "os/file.h"

namespace cvr::os {
namespace {

class AppendFile : public ByteSink {
 public:
  AppendFile(Fd fd, std::string path, std::uint64_t size) : fd_(std::move(fd)), path_(std::move(path)), size_(size) {}

  Result<void> append(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t n = ::pwrite(fd_.get(), bytes.data(), bytes.size(), static_cast<off_t>(size_));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return failed("can not write", errno);
      size_ += static_cast<std::uint64_t>(n);
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return {};
  }

  Result<void> truncate(std::uint64_t size) override {
    if (::ftruncate(fd_.get(), static_cast<off_t>(size)) != 0) return failed("can not cut", errno);
    size_ = size;
    return {};
  }

  Result<void> sync() override {
    if (::fdatasync(fd_.get()) != 0) return failed("can not sync", errno);
    return {};
  }

  std::uint64_t size() const override { return size_; }

 private:
  std::unexpected<Error> failed(const char* what, int error_number) const {
    // "no space" is what scripts look for (CONTRACT "Fidelity").
    const std::string words = error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG
                                  ? "no space left (" + system_words(error_number) + ")"
                                  : system_words(error_number);
    return fail(ErrorCode::kEnvironment, std::string(what) + " " + path_ + ": " + words);
  }

  Fd fd_;
  std::string path_;
  std::uint64_t size_;
};

}  // namespace

Result<std::unique_ptr<ByteSink>> open_append_file(const std::string& path) {
  const auto refuse = [&](const std::string& why) { return fail(ErrorCode::kEnvironment, path + " " + why); };
  Fd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600));
  if (!fd) {
    if (errno == ELOOP) return refuse("is a symbolic link; name the file itself");
    return refuse("can not be opened for recording: " + system_words(errno));
  }
  struct stat facts {};
  if (::fstat(fd.get(), &facts) != 0) return refuse("can not be examined: " + system_words(errno));
  if (!S_ISREG(facts.st_mode)) return refuse("is not a regular file");
  if (facts.st_uid != ::geteuid()) return refuse("belongs to another user");
  if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return refuse("is in use by another recorder");
    return refuse("can not be locked: " + system_words(errno));
  }
  if ((facts.st_mode & 077) != 0 && ::fchmod(fd.get(), 0600) != 0) return refuse("can not be made private (chmod 600)");
  return std::make_unique<AppendFile>(std::move(fd), path, static_cast<std::uint64_t>(facts.st_size));
}

}  // namespace cvr::os
