#include "os/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <system_error>

namespace cvr::os {
namespace {

std::unexpected<Error> failed(const std::string& what, const std::string& path, int error_number) {
  return fail(ErrorCode::kEnvironment, what + " " + path + ": " + system_words(error_number));
}

Result<Fd> open_for_reading(const std::string& path) {
  // O_NONBLOCK: opening a FIFO must not hang; it changes nothing for regular files.
  Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!fd) {
    if (errno == ELOOP) return fail(ErrorCode::kEnvironment, path + " is a symbolic link; name the file itself");
    return failed("can not open", path, errno);
  }
  return fd;
}

// A new file beside `path`.  What a killed process left there is stepped over: process numbers come
// again, in containers soon.
Result<Fd> create_beside(const std::string& path, unsigned mode, std::string& name) {
  static std::atomic<unsigned> counter{0};
  constexpr int kAttempts = 1000;
  for (int i = 0; i < kAttempts; ++i) {
    name = path + ".tmp." + std::to_string(::getpid()) + '.' + std::to_string(counter++);
    Fd fd(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
    if (fd) return fd;
    if (errno != EEXIST) break;
  }
  return failed("can not create", name, errno);
}

// Makes a rename last (SAFETY T27).  File systems that can not do it are left alone.
void sync_directory_of(const std::string& path) {
  const std::string parent = std::filesystem::path(path).parent_path().string();
  const Fd fd(::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd) ::fsync(fd.get());
}

Result<std::string> read_all(int fd, const std::string& name, std::uint64_t limit_bytes) {
  std::string out;
  char buffer[65536];
  for (;;) {
    const ssize_t n = ::read(fd, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed("can not read", name, errno);
    if (n == 0) return out;
    out.append(buffer, static_cast<std::size_t>(n));
    if (out.size() > limit_bytes) {
      return fail(ErrorCode::kLimit, name + " is larger than " + std::to_string(limit_bytes) + " bytes");
    }
  }
}

class MappedFile : public ByteSource {
 public:
  MappedFile(const char* data, std::size_t size) : data_(data), size_(size) {}
  ~MappedFile() override {
    if (size_ > 0) ::munmap(const_cast<char*>(data_), size_);
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  std::string_view bytes() const override { return {data_, size_}; }

 private:
  const char* data_;
  std::size_t size_;
};

}  // namespace

Fd& Fd::operator=(Fd&& other) noexcept {
  if (this != &other) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = other.release();
  }
  return *this;
}

Fd::~Fd() {
  if (fd_ >= 0) ::close(fd_);
}

int Fd::release() {
  const int fd = fd_;
  fd_ = -1;
  return fd;
}

std::string write_words(int error_number) {
  if (error_number == ENOSPC) return "no space left on device";
  if (error_number == EDQUOT) return "no space: disk quota exceeded";
  if (error_number == EFBIG) return "no space: the limit of file sizes is reached (see: ulimit -f)";
  return system_words(error_number);
}

std::string system_words(int error_number) { return std::generic_category().message(error_number); }

Result<std::string> read_file(const std::string& path, std::uint64_t limit_bytes) {
  auto fd = open_for_reading(path);
  if (!fd) return std::unexpected(fd.error());
  return read_all(fd->get(), path, limit_bytes);
}

Result<std::string> read_standard_input(std::uint64_t limit_bytes) {
  return read_all(STDIN_FILENO, "standard input", limit_bytes);
}

Result<void> write_file_atomically(const std::string& path, std::string_view bytes, unsigned mode) {
  std::string beside;
  auto fd = create_beside(path, mode, beside);
  if (!fd) return std::unexpected(fd.error());
  const auto give_up = [&](const std::string& name) {
    const int error_number = errno;
    ::unlink(beside.c_str());
    return fail(ErrorCode::kEnvironment, "can not write " + name + ": " + write_words(error_number));
  };
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd->get(), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return give_up(beside);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  if (::fsync(fd->get()) != 0 || ::rename(beside.c_str(), path.c_str()) != 0) return give_up(path);
  sync_directory_of(path);
  return {};
}

Result<void> remove_file(const std::string& path) {
  if (::unlink(path.c_str()) != 0) {
    return fail(ErrorCode::kEnvironment, "can not remove " + path + ": " + system_words(errno));
  }
  sync_directory_of(path);
  return {};
}

Result<void> make_private_directory(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return {};
  const auto parent = std::filesystem::path(path).parent_path();
  if (!parent.empty() && parent != path) {
    if (auto made = make_private_directory(parent.string()); !made) return made;
  }
  if (::mkdir(path.c_str(), 0700) == 0) return {};
  const int error_number = errno;
  // Another process may have made it meanwhile; a file of that name is another matter.
  if (error_number == EEXIST && std::filesystem::is_directory(path, error)) return {};
  return failed("can not create", path, error_number == EEXIST ? ENOTDIR : error_number);
}

bool is_socket(const std::string& path) {
  struct stat facts{};
  return ::lstat(path.c_str(), &facts) == 0 && S_ISSOCK(facts.st_mode);
}

void remove_socket(const std::string& path) {
  if (is_socket(path)) ::unlink(path.c_str());
}

Result<std::unique_ptr<ByteSource>> map_file(const std::string& path) {
  auto fd = open_for_reading(path);
  if (!fd) return std::unexpected(fd.error());
  struct stat facts{};
  if (::fstat(fd->get(), &facts) != 0) return failed("can not examine", path, errno);
  if (!S_ISREG(facts.st_mode)) return fail(ErrorCode::kEnvironment, path + " is not a regular file");
  if (facts.st_size == 0) return std::make_unique<MappedFile>("", 0);
  const auto size = static_cast<std::size_t>(facts.st_size);
  void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd->get(), 0);
  if (data == MAP_FAILED) return failed("can not map", path, errno);
  return std::make_unique<MappedFile>(static_cast<const char*>(data), size);
}

}  // namespace cvr::os
