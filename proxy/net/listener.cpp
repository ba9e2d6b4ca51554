#include "net/listener.h"

#include <fcntl.h>
#include <sys/socket.h>

namespace cvr::net {
namespace {

std::unexpected<Error> failed(const Endpoint& endpoint, const boost::system::error_code& error) {
  const std::string place = endpoint.address + ":" + std::to_string(endpoint.port);
  if (error == asio::error::address_in_use) {
    return fail(ErrorCode::kEnvironment, "port " + std::to_string(endpoint.port) + " is taken (" + place +
                                             "); --listen ADDR:0 picks a free one");
  }
  return fail(ErrorCode::kEnvironment, "can not listen on " + place + ": " + error.message());
}

}  // namespace

Result<asio::ip::tcp::acceptor> listen_on(asio::io_context& io, const Endpoint& endpoint, bool first) {
  boost::system::error_code error;
  const auto address = asio::ip::make_address(endpoint.address, error);
  if (error) return fail(ErrorCode::kUsage, "--listen: " + endpoint.address + " is not an IP address");
  const asio::ip::tcp::endpoint at(address, endpoint.port);
  const int on = 1;
  if (first && endpoint.port != 0) {
    // A probe without SO_REUSEPORT: another process of the same user could share the port silently.
    asio::ip::tcp::acceptor probe(io);
    probe.open(at.protocol(), error);
    if (!error) probe.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) probe.bind(at, error);
    if (!error) probe.listen(1, error);
    if (error) return failed(endpoint, error);
  }
  asio::ip::tcp::acceptor acceptor(io);
  acceptor.open(at.protocol(), error);
  if (error) return failed(endpoint, error);
  // What a child leaves running must not keep the port.
  ::fcntl(acceptor.native_handle(), F_SETFD, FD_CLOEXEC);
  acceptor.set_option(asio::socket_base::reuse_address(true), error);
  ::setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
  acceptor.bind(at, error);
  if (!error) acceptor.listen(1024, error);
  if (error) return failed(endpoint, error);
  return acceptor;
}

}  // namespace cvr::net
