// Many numbers that are zero at first and that threads change at once.  Memory is taken where one is changed: a player
// of 1,000,000 recordings starts without writing 13 MB of zeros, and most runs use few of them.  Any thread.
#pragma once

#include <atomic>
#include <cstdlib>
#include <memory>
#include <new>
#include <type_traits>

namespace cvr::engine {

template <class T>
  requires std::is_trivial_v<T>
class Zeroed {
 public:
  explicit Zeroed(std::size_t count) : all_(static_cast<T*>(std::calloc(count + 1, sizeof(T)))) {
    if (all_ == nullptr) throw std::bad_alloc();
  }
  std::atomic_ref<T> operator[](std::size_t i) const { return std::atomic_ref<T>(all_.get()[i]); }
  // Reading takes no memory, writing a zero would.
  void clear(std::size_t i) const {
    if ((*this)[i].load(std::memory_order_relaxed) != T{}) (*this)[i].store(T{}, std::memory_order_relaxed);
  }

 private:
  struct Free {
    void operator()(T* all) const { std::free(all); }
  };
  std::unique_ptr<T, Free> all_;
};

}  // namespace cvr::engine
