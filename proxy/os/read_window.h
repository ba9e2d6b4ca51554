// Reads a file from front to back through one buffer.
//
// Why not the mapped file: going once over 400 MB of page cache costs 240 ms through a mapping (a
// page fault and a TLB miss every 4 KiB) and 50 ms through this buffer, which stays in the
// processor's cache (measured on a virtual machine).  For going back and forth, map the file.
//
// One thread at a time.  Memory: one buffer of 256 KiB, up to kMost for a large view.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/result.h"
#include "os/file.h"

namespace cvr::os {

class ReadWindow {
 public:
  static constexpr std::uint64_t kMost = 4u << 20;  // of one view

  // Errors as os::map_file's.
  static Result<ReadWindow> open(const std::string& path);

  // The bytes from `at` on, `size` (at most kMost) of them, fewer at the end of the file.  Valid
  // until the next call.  kEnvironment: the disk can not read them.
  Result<std::string_view> view(std::uint64_t at, std::uint64_t size);

 private:
  explicit ReadWindow(Fd fd);
  Fd fd_;
  std::vector<char> buffer_;
  std::uint64_t begin_ = 0;  // what the buffer holds of the file
  std::uint64_t filled_ = 0;
};

}  // namespace cvr::os
