#include "net/own_listener.h"

#include <ifaddrs.h>
#include <netinet/in.h>

#include <cstring>

namespace cvr::net {
namespace {

using asio::ip::address;

// ::ffff:127.0.0.1 is 127.0.0.1.
address plain(const address& given) {
  if (given.is_v6() && given.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, given.to_v6());
  }
  return given;
}

address address_of(const sockaddr* at) {
  if (at != nullptr && at->sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, at, sizeof in);
    return asio::ip::address_v4(ntohl(in.sin_addr.s_addr));
  }
  asio::ip::address_v6::bytes_type bytes{};
  if (at != nullptr && at->sa_family == AF_INET6) {
    sockaddr_in6 in{};
    std::memcpy(&in, at, sizeof in);
    std::memcpy(bytes.data(), &in.sin6_addr, bytes.size());
  }
  return asio::ip::address_v6(bytes);
}

// An address of one of this machine's interfaces.
bool is_of_this_machine(const address& target) {
  if (target.is_loopback() || target.is_unspecified()) return true;
  ifaddrs* list = nullptr;
  if (::getifaddrs(&list) != 0) return false;
  bool found = false;
  for (const ifaddrs* at = list; at != nullptr && !found; at = at->ifa_next) {
    found = at->ifa_addr != nullptr && address_of(at->ifa_addr) == target;
  }
  ::freeifaddrs(list);
  return found;
}

}  // namespace

bool reaches(const asio::ip::tcp::endpoint& target, const Endpoint& listener) {
  if (target.port() != listener.port) return false;
  boost::system::error_code error;
  const address own = plain(asio::ip::make_address(listener.address, error));
  if (error) return false;
  const address to = plain(target.address());
  if (to == own) return true;
  // Connecting to the unspecified address reaches loopback.
  if (to.is_unspecified()) return own.is_loopback() || own.is_unspecified();
  if (!own.is_unspecified()) return false;
  return (own.is_v6() || to.is_v4()) && is_of_this_machine(to);
}

bool names_listener(const ConnectTo& rule, const Endpoint& listener) {
  const std::string& host = rule.to_host;
  const bool local = host == "localhost" || host.ends_with(".localhost");
  boost::system::error_code error;
  const address at = asio::ip::make_address(host, error);
  if (!error) return reaches({at, rule.to_port}, listener);
  return local && (reaches({asio::ip::address_v4::loopback(), rule.to_port}, listener) ||
                   reaches({asio::ip::address_v6::loopback(), rule.to_port}, listener));
}

}  // namespace cvr::net
