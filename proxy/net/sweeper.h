// Deadlines without a timer a request: every stream of a shard stands in one list, and a slow tick
// cancels those that are past theirs.  Setting a deadline is one store.
//
// One object a shard; one thread at a time.
#pragma once

#include <cstdint>

#include "net/asio.h"

namespace cvr::net {

class Sweeper;

// Something that can be late.  Stands in its sweeper's list from construction to destruction.
class Sweepable {
 public:
  explicit Sweepable(Sweeper& sweeper);
  virtual ~Sweepable();
  Sweepable(const Sweepable&) = delete;
  Sweepable& operator=(const Sweepable&) = delete;

  // From now, in the sweeper's coarse time; 0: never.
  void set_timeout_ms(std::int64_t ms);
  std::int64_t late_at_ms() const { return late_at_ms_; }  // 0: never
  // Idle: between requests, nothing would be lost by ending it.
  void set_idle(bool idle) { idle_ = idle; }
  Sweeper& sweeper() const { return sweeper_; }

 protected:
  virtual void on_late() = 0;

 private:
  friend class Sweeper;
  Sweeper& sweeper_;
  std::int64_t late_at_ms_ = 0;  // 0: never
  bool idle_ = false;
  Sweepable* previous_ = nullptr;
  Sweepable* next_ = nullptr;
};

class Sweeper {
 public:
  static constexpr int kTickMs = 100;

  explicit Sweeper(asio::io_context& io) : timer_(io) {}
  void start();
  void stop();
  std::int64_t now_ms() const { return now_ms_; }
  void set_now_ms(std::int64_t now_ms) { now_ms_ = now_ms; }  // for tests, on a sweeper that was not started

  // Tells every stream, or every idle one, that it is late whatever its deadline (shutdown).
  void expire_all();
  void expire_idle();
  // True once expire_all was called: what fails now fails since CVR ends.
  bool is_ending() const { return ending_; }

 private:
  friend class Sweepable;
  void tick();
  asio::steady_timer timer_;
  std::int64_t now_ms_ = 1;
  Sweepable* first_ = nullptr;
  bool stopped_ = false;
  bool ending_ = false;
};

}  // namespace cvr::net
