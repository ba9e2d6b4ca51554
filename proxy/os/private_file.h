// What keeps private files private (SAFETY T10), and a lock between processes.
#pragma once

#include <string>

#include "cvr/result.h"
#include "os/file.h"

namespace cvr::os {

bool exists(const std::string& path);  // of any kind, links not followed

// A regular file of this user's that nobody else may touch (0600 or tighter), a directory likewise
// (0700).  kEnvironment otherwise, with the command that mends it in the text.
Result<void> check_private_file(const std::string& path);
Result<void> check_private_directory(const std::string& path);

// Holds an exclusive advisory lock (flock) on a file that exists for nothing else; the kernel lets
// go of it when the process ends, however it ends.  Excludes threads of one process too.
class FileLock {
 public:
  static Result<FileLock> take(const std::string& path);  // waits; creates the file, 0600

 private:
  explicit FileLock(Fd fd) : fd_(std::move(fd)) {}
  Fd fd_;
};

}  // namespace cvr::os
