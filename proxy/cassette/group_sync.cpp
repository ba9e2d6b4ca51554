#include "cassette/group_sync.h"

#include <algorithm>

namespace cvr::cassette {

std::uint64_t GroupSync::issue() {
  const std::lock_guard lock(mutex_);
  return ++issued_;
}

Result<void> GroupSync::wait(std::uint64_t ticket) {
  std::unique_lock lock(mutex_);
  while (done_ < ticket && !failed_) {
    if (syncing_) {
      done_changed_.wait(lock);
      continue;
    }
    syncing_ = true;
    const std::uint64_t target = issued_;
    lock.unlock();
    auto synced = sink_.sync();
    lock.lock();
    syncing_ = false;
    if (synced) {
      done_ = std::max(done_, target);
    } else {
      failed_ = std::move(synced.error());
    }
    done_changed_.notify_all();
  }
  if (done_ >= ticket) return {};
  return std::unexpected(*failed_);
}

}  // namespace cvr::cassette
