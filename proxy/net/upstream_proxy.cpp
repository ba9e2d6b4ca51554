#include "net/upstream_proxy.h"

#include "http/head.h"
#include "http/serialise.h"
#include "net/buffer.h"

namespace cvr::net {
namespace {

constexpr int kWantsCredentials = 407;
constexpr int kMostInterim = 4;  // 1xx answers before the final one

std::unexpected<Failure> failed(FailureKind kind, const std::string& what) {
  return std::unexpected(Failure{kind, "the upstream proxy " + what});
}

}  // namespace

std::string authority_form(const std::string& host, std::uint16_t port) {
  const bool v6 = host.find(':') != std::string::npos;
  return (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::string absolute_target(const http::Request& request) {
  return request.path == "*" ? to_string(request.origin) : to_string(request.origin) + http::target_of(request);
}

Failure wants_credentials(const UpstreamProxy& proxy) {
  const std::string what = proxy.authorization.empty() ? "wants" : "did not accept the";
  return {FailureKind::kConnect, "the upstream proxy " + what +
                                     " user name and password (status 407): --upstream-proxy "
                                     "http://USER:PASSWORD@HOST:PORT, or CVR_UPSTREAM_PROXY"};
}

awaitable<std::expected<void, Failure>> ask_for_tunnel(Stream& stream, const UpstreamProxy& proxy,
                                                       const std::string& authority) {
  std::string question = "CONNECT " + authority + " HTTP/1.1\r\n";
  http::append_field(question, "Host", authority);
  if (!proxy.authorization.empty()) http::append_field(question, "Proxy-Authorization", proxy.authorization);
  question += "\r\n";
  co_await stream.write(question);  // if that failed, the read says why
  Buffer buffer;
  std::size_t scanned = 0;
  for (int interim = 0; interim <= kMostInterim;) {
    http::ResponseHead head;
    const auto result = http::parse_response_head(buffer.view(), scanned, http::HeadLimits{}, "CONNECT", head);
    if (result.kind == http::HeadResult::Kind::kRefused) {
      co_return failed(FailureKind::kProtocol, "answered CONNECT with no HTTP: " + std::string(result.why));
    }
    if (result.kind == http::HeadResult::Kind::kDone) {
      scanned = 0;
      buffer.consume(result.consumed);
      if (head.status < 200 && ++interim > 0) continue;
      if (head.status == kWantsCredentials) co_return std::unexpected(wants_credentials(proxy));
      if (head.status >= 300) {
        co_return failed(FailureKind::kConnect, "answered CONNECT with status " + std::to_string(head.status));
      }
      // Nobody has spoken to the upstream yet: these bytes are the proxy's own.
      if (!buffer.empty()) co_return failed(FailureKind::kProtocol, "sent bytes behind its answer to CONNECT");
      co_return std::expected<void, Failure>();
    }
    const Io io = co_await stream.read_some(buffer.prepare());
    if (io.status == IoStatus::kTimeout) co_return failed(FailureKind::kTimeout, "did not answer CONNECT in time");
    if (!io) co_return failed(FailureKind::kReset, "closed the connection instead of answering CONNECT");
    buffer.commit(io.bytes);
  }
  co_return failed(FailureKind::kProtocol, "sent nothing but interim answers to CONNECT");
}

}  // namespace cvr::net
