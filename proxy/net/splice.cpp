#include "net/splice.h"

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace cvr::net {
namespace {

awaitable<void> copy(Stream& from, Stream& to, int idle_timeout_ms) {
  const std::unique_ptr<char[]> bytes(new char[Buffer::kReadSize]);
  for (;;) {
    const Io read = co_await from.read_some({bytes.get(), Buffer::kReadSize});
    if (!read) break;
    from.set_timeout_ms(idle_timeout_ms);
    to.set_timeout_ms(idle_timeout_ms);
    if (!co_await to.write({bytes.get(), read.bytes})) {
      from.reset();
      co_return;
    }
  }
  to.finish_writing();
}

}  // namespace

awaitable<void> splice(Stream& a, Buffer& early, Stream& b, int idle_timeout_ms) {
  using namespace asio::experimental::awaitable_operators;
  a.set_timeout_ms(idle_timeout_ms);
  b.set_timeout_ms(idle_timeout_ms);
  if (!early.empty() && !co_await b.write(early.view())) co_return;
  early.consume(early.view().size());
  co_await (copy(a, b, idle_timeout_ms) && copy(b, a, idle_timeout_ms));
}

}  // namespace cvr::net
