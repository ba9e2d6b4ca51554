// Makes the bytes of requests from a template in which each "{n}" stands for a number.  The
// numbers count up; with `keys` they stay below it, in order or scattered over all of them.
// One thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cvr::load {

class RequestMaker {
 public:
  // `keys` 0: no bound.  `scattered`: each round visits all keys once in an order that no
  // prefetcher follows.
  RequestMaker(std::string_view text, std::uint64_t first, std::uint64_t keys, bool scattered);

  // Replaces `out` by the next request.
  void next(std::string* out);

 private:
  std::uint64_t next_number();

  std::vector<std::string> pieces_;  // what stands between the numbers; at least one
  std::uint64_t first_;
  std::uint64_t keys_;
  std::uint64_t step_ = 1;
  std::uint64_t at_ = 0;
};

}  // namespace cvr::load
