#include "net/sweeper.h"

#include <chrono>

namespace cvr::net {

Sweepable::Sweepable(Sweeper& sweeper) : sweeper_(sweeper), next_(sweeper.first_) {
  if (next_ != nullptr) next_->previous_ = this;
  sweeper.first_ = this;
}

Sweepable::~Sweepable() {
  (previous_ == nullptr ? sweeper_.first_ : previous_->next_) = next_;
  if (next_ != nullptr) next_->previous_ = previous_;
}

void Sweepable::set_timeout_ms(std::int64_t ms) { late_at_ms_ = ms == 0 ? 0 : sweeper_.now_ms() + ms; }

void Sweeper::start() {
  now_ms_ = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
                .count();
  tick();
}

void Sweeper::stop() {
  stopped_ = true;
  timer_.cancel();
}

void Sweeper::tick() {
  timer_.expires_after(std::chrono::milliseconds(kTickMs));
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (error || stopped_) return;
    now_ms_ = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
                  .count();
    for (Sweepable* s = first_; s != nullptr; s = s->next_) {
      if (s->late_at_ms_ == 0 || s->late_at_ms_ > now_ms_) continue;
      s->late_at_ms_ = 0;
      s->on_late();  // only cancels: the list does not change here
    }
    tick();
  });
}

void Sweeper::expire_all() {
  ending_ = true;
  for (Sweepable* s = first_; s != nullptr; s = s->next_) s->on_late();
}

void Sweeper::expire_idle() {
  for (Sweepable* s = first_; s != nullptr; s = s->next_) {
    if (s->idle_) s->on_late();
  }
}

}  // namespace cvr::net
