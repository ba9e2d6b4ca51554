#include "net/proxy_bypass.h"

#include <algorithm>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <charconv>

#include "cvr/http.h"
#include "net/asio.h"

namespace cvr::net {
namespace {

constexpr std::string_view kBetween = ", \t\r\n";

// "[::1]:443" and "name:443" without the port; false: another port is meant.  Two colons: an IPv6 address.
bool take_port(std::string_view& entry, std::uint16_t port) {
  std::string_view number;
  if (entry.starts_with('[')) {
    const std::size_t close = entry.find(']');
    if (close == entry.npos) return false;
    number = entry.substr(close + 1);
    entry = entry.substr(1, close - 1);
  } else if (std::ranges::count(entry, ':') == 1) {
    number = entry.substr(entry.find(':'));
    entry = entry.substr(0, entry.find(':'));
  }
  if (number.empty()) return true;
  unsigned wanted = 0;
  const auto [end, error] = std::from_chars(number.data() + 1, number.data() + number.size(), wanted);
  return number.front() == ':' && error == std::errc() && end == number.data() + number.size() && wanted == port;
}

bool is_in_network(std::string_view network, std::string_view host) {
  boost::system::error_code bad;
  const auto address = asio::ip::make_address(host, bad);
  if (bad) return false;
  if (address.is_v4()) {
    const auto range = asio::ip::make_network_v4(network, bad);
    return !bad && range.canonical() == asio::ip::network_v4(address.to_v4(), range.prefix_length()).canonical();
  }
  const auto range = asio::ip::make_network_v6(network, bad);
  return !bad && range.canonical() == asio::ip::network_v6(address.to_v6(), range.prefix_length()).canonical();
}

bool is_address(std::string_view text) {
  boost::system::error_code bad;
  asio::ip::make_address(text, bad);
  return !bad;
}

bool names(std::string_view entry, std::string_view host, std::uint16_t port) {
  if (entry == "*") return true;
  if (entry.find('/') != entry.npos) return is_in_network(entry, host);
  if (!take_port(entry, port)) return false;
  if (is_address(host)) return entry == host;
  while (entry.starts_with('*') || entry.starts_with('.')) entry.remove_prefix(1);
  if (entry.ends_with('.')) entry.remove_suffix(1);
  if (entry.empty() || !host.ends_with(entry)) return false;
  return host.size() == entry.size() || host[host.size() - entry.size() - 1] == '.';
}

}  // namespace

bool bypasses_proxy(std::string_view list, std::string_view host, std::uint16_t port) {
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find_first_of(kBetween, at), list.size());
    if (end > at && names(http::to_lower(list.substr(at, end - at)), host, port)) return true;
    at = end + 1;
  }
  return false;
}

}  // namespace cvr::net
