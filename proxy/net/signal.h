// What one coroutine waits for and another says; a word that comes before the wait is not lost.
// One thread at a time, one waiter.
#pragma once

#include <utility>

#include "net/asio.h"

namespace cvr::net {

class Signal {
 public:
  explicit Signal(asio::io_context& io) : timer_(io, asio::steady_timer::time_point::max()) {}
  void set() {
    is_set_ = true;
    timer_.cancel();
  }
  awaitable<void> wait() {
    if (!is_set_) co_await timer_.async_wait(kAsTuple);
    is_set_ = false;
  }

 private:
  asio::steady_timer timer_;
  bool is_set_ = false;
};

}  // namespace cvr::net
