// Group commit: threads that wait for the disk at the same time share one fdatasync.  The first one
// that finds none running becomes the leader and syncs for all that was appended until then; who
// comes during a sync waits for the next one.
//
// A failed sync is final: the kernel may have dropped the pages it could not write and answer the
// next sync with success (SAFETY T28).  All who wait then, and all who come later, get the error.
// Thread-safe; hold no lock of your own that a leader needs.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>

#include "cvr/system.h"

namespace cvr::cassette {

class GroupSync {
 public:
  explicit GroupSync(ByteSink& sink) : sink_(sink) {}

  // To be called after an append; `wait` with the answer returns when that append is on the disk.
  std::uint64_t issue();
  Result<void> wait(std::uint64_t ticket);

 private:
  ByteSink& sink_;
  std::mutex mutex_;
  std::condition_variable done_changed_;
  std::uint64_t issued_ = 0;
  std::uint64_t done_ = 0;
  bool syncing_ = false;
  std::optional<Error> failed_;
};

}  // namespace cvr::cassette
