#include "unit/net/http2_rig.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace cvr::net::test {
namespace {

ProxyOptions options_of(const ProxyLimits& limits) {
  ProxyOptions options;
  options.hosts = {"127.0.0.1"};
  options.upstream.allow_private = true;
  options.limits = limits;
  return options;
}

awaitable<void> serve(Shard& shard, Socket socket, Entry entry) {
  ClientConnection client(shard, std::move(socket), Door::kProxy);
  co_await serve_http2(client, entry);
}

}  // namespace

ShardRig::ShardRig(const ProxyLimits& limits, OriginHandler handler) : context_(options_of(limits)), shard_(context_) {
  auto origin = OriginServer::start({{"127.0.0.1", 0}, nullptr, {http::Scheme::kHttp, "127.0.0.1", 80}}, handler);
  EXPECT_TRUE(origin);
  origin_ = std::move(*origin);
  engine::SessionParts parts;
  parts.mode = engine::Mode::kPassthrough;
  context_.sessions = std::make_shared<engine::Sessions>(std::make_shared<engine::Session>(std::move(parts)));
  context_.clock = &clock_;
}

std::pair<Socket, int> ShardRig::pair(int send_buffer) {
  int ends[2];
  EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
  if (send_buffer != 0) ::setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &send_buffer, sizeof send_buffer);
  Socket socket(shard_.io);
  socket.assign(asio::generic::stream_protocol(AF_UNIX, 0), ends[0]);
  return {std::move(socket), ends[1]};
}

Http2Rig::Http2Rig(const ProxyLimits& limits, OriginHandler handler, int send_buffer)
    : rig_(limits, std::move(handler)), authority_(rig_.authority()) {
  auto [socket, fd] = rig_.pair(send_buffer);
  fd_ = fd;
  const timeval limit{20, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  asio::co_spawn(rig_.shard().io, serve(rig_.shard(), std::move(socket), rig_.entry()), asio::detached);
  thread_ = std::thread([this] {
    rig_.shard().sweeper.start();
    rig_.shard().io.run();
  });
}

Http2Rig::~Http2Rig() {
  ::close(fd_);
  asio::post(rig_.shard().io, [this] {
    rig_.shard().sweeper.expire_all();
    rig_.shard().sweeper.stop();
  });
  thread_.join();  // nothing is left to do: all coroutines have ended
}

void Http2Rig::send(std::string_view bytes) const {
  EXPECT_EQ(::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
}

bool Http2Rig::next(Frame& frame) {
  for (;;) {
    while (take_frame(kept_, frame)) {
      if (frame.kind != kSettings && frame.kind != kWindow) return true;
    }
    char bytes[65536];
    const ssize_t n = ::recv(fd_, bytes, sizeof bytes, 0);
    if (n <= 0) return false;
    kept_.append(bytes, static_cast<std::size_t>(n));
  }
}

std::vector<Frame> Http2Rig::until(Kind kind) {
  std::vector<Frame> out;
  for (Frame frame; next(frame);) {
    out.push_back(frame);
    if (frame.kind == kind) break;
  }
  return out;
}

int Http2Rig::unread() const {
  int bytes = 0;
  ::ioctl(fd_, FIONREAD, &bytes);
  return bytes;
}

bool Http2Rig::is_closed() const {
  pollfd end{fd_, POLLRDHUP, 0};
  return ::poll(&end, 1, 5000) == 1;
}

void Http2Rig::stop() {
  rig_.context().stopping = true;
  asio::post(rig_.shard().io, [this] { rig_.shard().sweeper.expire_idle(); });
}

}  // namespace cvr::net::test
