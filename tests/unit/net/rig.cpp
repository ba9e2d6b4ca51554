#include "unit/net/rig.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace cvr::net::test {

Client::Client(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(port);
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval limit{20, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  EXPECT_EQ(::connect(fd_, reinterpret_cast<const sockaddr*>(&at), sizeof at), 0);
}

Client::~Client() { ::close(fd_); }

void Client::send(std::string_view bytes) const {
  EXPECT_EQ(::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
}

std::string Client::read_until(std::string_view needle) {
  std::size_t at = kept_.find(needle);
  while (at == std::string::npos) {
    char bytes[65536];
    const ssize_t n = ::recv(fd_, bytes, sizeof bytes, 0);
    if (n <= 0) return std::exchange(kept_, {});
    kept_.append(bytes, static_cast<std::size_t>(n));
    at = kept_.find(needle);
  }
  std::string out = kept_.substr(0, at + needle.size());
  kept_.erase(0, out.size());
  return out;
}

std::string Client::read_all() {
  char bytes[65536];
  for (ssize_t n = 0; (n = ::recv(fd_, bytes, sizeof bytes, 0)) > 0;) kept_.append(bytes, static_cast<std::size_t>(n));
  return std::exchange(kept_, {});
}

Rig::Rig(const ProxyLimits& limits, OriginHandler handler, std::shared_ptr<engine::Sessions> sessions) {
  auto origin = OriginServer::start({{"127.0.0.1", 0}, nullptr, {http::Scheme::kHttp, "127.0.0.1", 80}}, handler);
  EXPECT_TRUE(origin);
  origin_ = std::move(*origin);
  engine::SessionParts parts;
  parts.mode = engine::Mode::kPassthrough;
  session_ = std::make_shared<engine::Session>(std::move(parts));
  if (sessions == nullptr) sessions = std::make_shared<engine::Sessions>(session_);
  ProxyOptions options;
  options.listen = {"127.0.0.1", 0};
  options.reverse = ReverseOptions{{http::Scheme::kHttp, "127.0.0.1", origin_->address().port}, {"127.0.0.1", 0}};
  options.hosts = {"127.0.0.1"};
  options.threads = 1;
  options.upstream.allow_private = true;
  options.limits = limits;
  auto authority = certs::Authority::open(directory_.path() + "/home", {"cvr.test"}, clock_);
  EXPECT_TRUE(authority) << authority.error().text;
  auto proxy = Proxy::start(options, std::move(sessions), *authority, clock_, {});
  EXPECT_TRUE(proxy) << proxy.error().text;
  proxy_ = std::move(*proxy);
}

std::string Rig::origin_url() const { return "http://127.0.0.1:" + std::to_string(origin_->address().port); }

}  // namespace cvr::net::test
