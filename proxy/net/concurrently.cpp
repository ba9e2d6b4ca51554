#include "net/concurrently.h"

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace cvr::net {

awaitable<bool> concurrently(awaitable<void> first, awaitable<bool> second) {
  using namespace asio::experimental::awaitable_operators;
  co_return co_await (std::move(first) && std::move(second));
}

}  // namespace cvr::net
