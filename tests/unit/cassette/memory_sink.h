// A made-up disk: bytes in memory, and a list of operations that shall fail.  The bytes outlive the
// sink, as a disk outlives a process.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "cvr/system.h"

namespace cvr::cassette {

struct Disk {
  std::string bytes;
  std::uint64_t synced = 0;  // how much of it would survive power loss
  std::uint64_t capacity = ~0ULL;
  std::uint64_t operations = 0;     // so far
  std::uint64_t fail_from = ~0ULL;  // number of the first operation that fails, from 0
  std::uint64_t fail_count = 1;     // and how many do
  std::uint64_t syncs = 0;
  std::function<void()> during_sync = [] {};
  std::mutex mutex;

  bool next_fails() {
    const std::uint64_t n = operations++;
    return n >= fail_from && n - fail_from < fail_count;
  }
};

class MemorySink : public ByteSink {
 public:
  explicit MemorySink(std::shared_ptr<Disk> disk) : disk_(std::move(disk)) {}

  // A failing write leaves half of the bytes there, as a full disk does.
  Result<void> append(std::string_view bytes) override {
    const std::lock_guard lock(disk_->mutex);
    const bool fails = disk_->next_fails();
    const std::uint64_t room = disk_->capacity - std::min<std::uint64_t>(disk_->capacity, disk_->bytes.size());
    if (!fails && bytes.size() <= room) {
      disk_->bytes += bytes;
      return {};
    }
    disk_->bytes += bytes.substr(0, std::min<std::uint64_t>(fails ? bytes.size() / 2 : room, room));
    return fail(ErrorCode::kEnvironment, "no space left on device");
  }
  Result<void> truncate(std::uint64_t size) override {
    const std::lock_guard lock(disk_->mutex);
    if (disk_->next_fails()) return fail(ErrorCode::kEnvironment, "input/output error");
    disk_->bytes.resize(size);
    return {};
  }
  Result<void> sync() override {
    disk_->during_sync();
    const std::lock_guard lock(disk_->mutex);
    ++disk_->syncs;
    if (disk_->next_fails()) return fail(ErrorCode::kEnvironment, "fdatasync failed: input/output error");
    disk_->synced = disk_->bytes.size();
    return {};
  }
  std::uint64_t size() const override {
    const std::lock_guard lock(disk_->mutex);
    return disk_->bytes.size();
  }

 private:
  std::shared_ptr<Disk> disk_;
};

}  // namespace cvr::cassette
