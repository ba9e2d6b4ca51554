// A read buffer: bytes arrive at its end and are consumed from its front.  Views into it stay valid
// until the next `prepare` or `consume`-then-`prepare`.  One thread at a time.
#pragma once

#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace cvr::net {

class Buffer {
 public:
  static constexpr std::size_t kReadSize = 16 * 1024;

  std::string_view view() const { return {data_.get() + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }

  void consume(std::size_t n) {
    begin_ += n;
    if (begin_ == end_) begin_ = end_ = 0;
  }

  // Room for at least `wanted` more bytes; moves what is there to the front.
  std::span<char> prepare(std::size_t wanted = kReadSize) {
    if (capacity_ - end_ < wanted) {
      if (begin_ > 0 && capacity_ - (end_ - begin_) >= wanted) {
        std::memmove(data_.get(), data_.get() + begin_, end_ - begin_);
      } else {
        const std::size_t capacity = std::max(2 * capacity_, (end_ - begin_) + wanted);
        std::unique_ptr<char[]> larger(new char[capacity]);
        if (end_ > begin_) std::memcpy(larger.get(), data_.get() + begin_, end_ - begin_);
        data_ = std::move(larger);
        capacity_ = capacity;
      }
      end_ -= begin_;
      begin_ = 0;
    }
    return {data_.get() + end_, capacity_ - end_};
  }
  void commit(std::size_t n) { end_ += n; }

 private:
  std::unique_ptr<char[]> data_;
  std::size_t capacity_ = 0, begin_ = 0, end_ = 0;
};

}  // namespace cvr::net
