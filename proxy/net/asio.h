// The Asio headers that net uses, in one place: precompiled, since each costs seconds.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace cvr::net {

namespace asio = boost::asio;
using asio::awaitable;
using Socket = asio::generic::stream_protocol::socket;

// Completion token: a tuple instead of an exception.
inline constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);

}  // namespace cvr::net
