// Files as CVR opens them: never through a symbolic link at the last component, 0600, close-on-exec.
// Errors are kEnvironment and name the path and the system's words.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "cvr/system.h"

namespace cvr::os {

// Owns a file descriptor.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(other.release()) {}
  Fd& operator=(Fd&& other) noexcept;
  ~Fd();
  int get() const { return fd_; }
  int release();
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

std::string system_words(int error_number);  // "No such file or directory"
// Why a write failed: a full disk, a quota and a limit on file sizes all say "no space".
std::string write_words(int error_number);

// The whole of a file, at most `limit_bytes` (kLimit beyond).
Result<std::string> read_file(const std::string& path, std::uint64_t limit_bytes = 64u << 20);

// What comes on standard input, up to its end; kLimit as above.
Result<std::string> read_standard_input(std::uint64_t limit_bytes);

// Writes beside and renames, so that a reader sees the old or the new whole.  Mode 0600 unless given.
Result<void> write_file_atomically(const std::string& path, std::string_view bytes, unsigned mode = 0600);

// Removes a file's name; that lasts.
Result<void> remove_file(const std::string& path);

// Creates DIR (and parents, 0700) unless it is there.
Result<void> make_private_directory(const std::string& path);

// A UNIX socket stands there (a link to one is none); takes it away, and nothing else.
bool is_socket(const std::string& path);
void remove_socket(const std::string& path);

// Maps a file read-only; the mapping lives as long as the source.  An empty file maps as "".
Result<std::unique_ptr<ByteSource>> map_file(const std::string& path);

}  // namespace cvr::os
