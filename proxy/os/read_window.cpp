#include "os/read_window.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace cvr::os {
namespace {

constexpr std::size_t kUsual = 256 * 1024;

}  // namespace

ReadWindow::ReadWindow(Fd fd) : fd_(std::move(fd)), buffer_(kUsual) {}

Result<ReadWindow> ReadWindow::open(const std::string& path) {
  Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!fd && errno == ELOOP) {
    return fail(ErrorCode::kEnvironment, path + " is a symbolic link; name the file itself");
  }
  if (!fd) return fail(ErrorCode::kEnvironment, "can not open " + path + ": " + system_words(errno));
  return ReadWindow(std::move(fd));
}

Result<std::string_view> ReadWindow::view(std::uint64_t at, std::uint64_t size) {
  CVR_CHECK(size <= kMost);
  const bool is_there = at >= begin_ && at + size <= begin_ + filled_;
  if (!is_there) {
    if (size > buffer_.size()) buffer_.resize(size);
    begin_ = at;
    filled_ = 0;
    while (filled_ < buffer_.size()) {
      const ssize_t n =
          ::pread(fd_.get(), buffer_.data() + filled_, buffer_.size() - filled_, static_cast<off_t>(at + filled_));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return fail(ErrorCode::kEnvironment, "can not read the file: " + system_words(errno));
      if (n == 0) break;
      filled_ += static_cast<std::uint64_t>(n);
    }
  }
  const std::uint64_t from = at - begin_;
  return std::string_view(buffer_.data() + from, std::min(size, filled_ - from));
}

}  // namespace cvr::os
