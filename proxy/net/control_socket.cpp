#include "net/control_socket.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "os/file.h"

namespace cvr::net {
namespace {

using Local = asio::local::stream_protocol;

std::unexpected<Error> failed(const std::string& path, const boost::system::error_code& error) {
  return fail(ErrorCode::kEnvironment, "--control: can not listen at " + path + ": " + error.message());
}

bool somebody_listens(asio::io_context& io, const std::string& path) {
  Local::socket probe(io);
  boost::system::error_code error;
  probe.connect(Local::endpoint(path), error);
  return !error;
}

}  // namespace

Result<Local::acceptor> listen_at(asio::io_context& io, const std::string& path) {
  if (path.empty() || path.size() >= sizeof(sockaddr_un::sun_path)) {
    return fail(ErrorCode::kUsage, "--control: the path of a socket has 1 to 107 bytes");
  }
  if (os::is_socket(path)) {
    if (somebody_listens(io, path)) return fail(ErrorCode::kEnvironment, "--control: somebody listens at " + path);
    os::remove_socket(path);
  }
  boost::system::error_code error;
  Local::acceptor acceptor(io);
  acceptor.open(Local(), error);
  if (error) return failed(path, error);
  ::fcntl(acceptor.native_handle(), F_SETFD, FD_CLOEXEC);
  // The mode is right from the beginning on; no thread of ours makes files now.
  const mode_t before = ::umask(0177);
  acceptor.bind(Local::endpoint(path), error);
  ::umask(before);
  if (!error) acceptor.listen(128, error);
  if (error) return failed(path, error);
  return acceptor;
}

}  // namespace cvr::net
