// A file that only grows: the ByteSink under a cassette.  0600 when it is made; never through a
// symbolic link; this user's and written by nobody else (SAFETY T10); locked (flock) against a
// second writer, in this process or another, for as long as the object lives.  The kernel lets go of
// the lock when the process ends, however it ends.
//
// While it is open, blocks are allocated ahead of its end (fallocate; the size stays), and the last
// 16 KiB of them are held back until `use_reserve`: on a full disk the writer can still note the gap
// and the end.  File systems that can not do this are written to without.
//
// `append` and `truncate`: one thread at a time; `sync` beside them.  Errors of those three name no
// path: the caller knows it.  A full disk says "no space".
#pragma once

#include <memory>
#include <string>

#include "cvr/system.h"
#include "os/file.h"

namespace cvr::os {

class AppendFile : public ByteSink {
 public:
  // Opens or makes PATH.  kEnvironment: "PATH is in use by another recorder", a link, not a regular
  // file, a foreign owner, writable by others, or the system's words.
  static Result<std::unique_ptr<AppendFile>> open(const std::string& path);

  // Makes a new file beside PATH, which takes its name with `move_to` (and vanishes without that).
  static Result<std::unique_ptr<AppendFile>> create_beside(const std::string& path);
  Result<void> move_to(const std::string& path);

  ~AppendFile() override;
  AppendFile(const AppendFile&) = delete;
  AppendFile& operator=(const AppendFile&) = delete;

  Result<void> append(std::string_view bytes) override;
  Result<void> truncate(std::uint64_t size) override;
  Result<void> sync() override;
  std::uint64_t size() const override { return size_; }
  void use_reserve() override { reserve_ = 0; }
  void let_go() override;  // gives up the lock

 private:
  AppendFile(Fd fd, std::uint64_t size) : fd_(std::move(fd)), size_(size), allocated_(size) {}
  Result<void> allocate(std::uint64_t more);
  void free_unused();
  Fd fd_;
  std::uint64_t size_;
  std::uint64_t allocated_;  // blocks are there up to here
  std::uint64_t reserve_ = 16 * 1024;
  bool can_allocate_ = true;
  std::string temporary_;  // its name until `move_to`
};

}  // namespace cvr::os
