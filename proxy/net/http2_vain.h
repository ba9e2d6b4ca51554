// What an HTTP/2 client has this side do for nothing, and when that is too much (RFC 9113 section 10.5).  Pure.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace cvr::net {

class Http2Vain {
 public:
  // A stream begun in vain; answers whether that was one too many.  200 at once, 20 a second are forgiven.
  // `now_ms`: of a clock that only goes forward.
  bool count(std::int64_t now_ms) {
    constexpr std::int64_t kAtOnce = 200;
    constexpr std::int64_t kEachMs = 50;
    if (count_ == 0) since_ms_ = now_ms;
    const std::int64_t forgiven = std::min(count_, (now_ms - since_ms_) / kEachMs);
    count_ += 1 - forgiven;
    since_ms_ += forgiven * kEachMs;
    return count_ > kAtOnce;
  }

  // A frame that moves nothing by itself.  Who asks and takes sends such frames too (windows, priorities): each
  // request and each piece of an answer pays for some.
  bool count_frame(std::int64_t now_ms) {
    if (paid_ == 0) return count(now_ms);
    --paid_;
    return false;
  }
  void pay_for_request() { paid_ += 4; }
  void pay_for_data(std::size_t bytes) { paid_ += 2 + bytes / 256; }

 private:
  std::int64_t count_ = 0;
  std::int64_t since_ms_ = 0;
  std::uint64_t paid_ = 0;  // frames
};

}  // namespace cvr::net
