#include "net/pace.h"

namespace cvr::net {

void Pace::begin() {
  got_ = 0;
  ends_at_ms_ = stream_.sweeper().now_ms() + window_ms_;
  stream_.set_timeout_ms(window_ms_);
}

void Pace::took(std::size_t bytes) {
  got_ += static_cast<std::int64_t>(bytes);
  if (got_ >= needed_) begin();
}

void Pace::pause() {
  left_ms_ = ends_at_ms_ - stream_.sweeper().now_ms();
  stream_.set_timeout_ms(0);
}

void Pace::resume() {
  left_ms_ = std::max<std::int64_t>(left_ms_, 1);
  ends_at_ms_ = stream_.sweeper().now_ms() + left_ms_;
  stream_.set_timeout_ms(left_ms_);
}

}  // namespace cvr::net
