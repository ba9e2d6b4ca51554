#include "http/target.h"

#include <arpa/inet.h>

#include <algorithm>

namespace cvr::http {
namespace {

std::unexpected<Error> bad(const char* text) { return fail(ErrorCode::kMalformed, text); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::uint16_t> parse_port(std::string_view text) {
  if (text.empty() || text.size() > 5 || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  unsigned value = 0;
  for (const char c : text) value = value * 10 + static_cast<unsigned>(c - '0');
  if (value == 0 || value > 65535) return std::nullopt;
  return static_cast<std::uint16_t>(value);
}

bool is_ipv6(std::string_view host) {
  // The characters first: inet_pton would stop at a NUL.
  if (host.size() > 45 || host.find_first_not_of("0123456789abcdef:.") != std::string_view::npos) return false;
  in6_addr address;
  return ::inet_pton(AF_INET6, std::string(host).c_str(), &address) == 1;
}

bool is_ipv4(std::string_view host) {
  if (host.size() > 15 || host.find_first_not_of("0123456789.") != std::string_view::npos) return false;
  in_addr address;
  return ::inet_pton(AF_INET, std::string(host).c_str(), &address) == 1;
}

// "127.1", "2130706433", "0x7f000001": resolvers read these as addresses, so they are no names.
bool ends_in_number(std::string_view host) {
  const std::string_view label = host.substr(host.rfind('.') + 1);
  if (std::all_of(label.begin(), label.end(), is_digit)) return true;
  return label.starts_with("0x") && label.find_first_not_of("0123456789abcdef", 2) == std::string_view::npos;
}

// Splits "host:port" at the last colon; false when that gives no host or no port.
bool split_at_last_colon(std::string_view text, std::string& host, std::optional<std::uint16_t>& port) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return false;
  host = to_lower(text.substr(0, colon));
  port = parse_port(text.substr(colon + 1));
  if (host.ends_with('.')) host.pop_back();
  return port.has_value() && is_valid_host(host);
}

}  // namespace

bool is_ip_literal(std::string_view host) { return is_ipv6(host) || is_ipv4(host); }

bool is_valid_host(std::string_view host) {
  if (host.find(':') != std::string_view::npos) return is_ipv6(host);
  if (host.empty() || host.size() > 253 || host.front() == '.' || host.front() == '-') return false;
  if (host.find("..") != std::string_view::npos || host.back() == '.') return false;
  if (ends_in_number(host) && !is_ipv4(host)) return false;
  return std::all_of(host.begin(), host.end(),
                     [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_'; });
}

Result<Authority> parse_authority(std::string_view text, std::uint16_t default_port) {
  constexpr const char* kBadPort = "a port that is not a number from 1 to 65535";
  std::string host;
  std::optional<std::uint16_t> port;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return bad("an address without its closing bracket");
    host = to_lower(text.substr(1, end - 1));
    if (!is_ipv6(host)) return bad("brackets around what is no IPv6 address");
    const std::string_view rest = text.substr(end + 1);
    if (!rest.empty()) {
      if (rest[0] != ':') return bad("bytes after a bracketed address");
      if (rest.size() > 1 || default_port == 0) {
        port = parse_port(rest.substr(1));
        if (!port) return bad(kBadPort);
      }
    }
  } else if (default_port != 0 && text.ends_with(':') && text.find(':') == text.size() - 1) {
    return parse_authority(text.substr(0, text.size() - 1), default_port);  // RFC 3986 section 6.2.3
  } else if (!split_at_last_colon(text, host, port)) {
    // No port, or an IPv6 address without brackets that the last colon does not split: "::1".
    host = to_lower(text);
    if (host.ends_with('.')) host.pop_back();
    port.reset();
    if (!is_valid_host(host)) {
      const std::size_t colon = text.rfind(':');
      const bool is_port = colon != std::string_view::npos && !parse_port(text.substr(colon + 1));
      return bad(is_port ? kBadPort : "a host name with a character that is not allowed");
    }
  }
  if (!port && default_port == 0) return bad("no port");
  return Authority{std::move(host), port.value_or(default_port)};
}

Result<Target> parse_target(std::string_view text, bool is_connect) {
  Target target;
  if (is_connect) {
    auto authority = parse_authority(text, 0);
    if (!authority) return std::unexpected(authority.error());
    target.form = TargetForm::kAuthority;
    target.origin = Origin{Scheme::kHttps, authority->host, authority->port};
    return target;
  }
  if (text.find('#') != std::string_view::npos) return bad("a fragment in the request target");
  if (text == "*") {
    target.form = TargetForm::kAsterisk;
    target.path = text;
    return target;
  }
  std::string_view rest = text;
  if (!text.starts_with('/')) {
    const std::size_t colon = text.find("://");
    if (colon == std::string_view::npos) return bad("a request target that is neither a path nor a URL");
    const std::string scheme = to_lower(text.substr(0, colon));
    if (scheme != "http" && scheme != "https") return bad("a URL scheme other than http and https");
    Origin origin;
    origin.scheme = scheme == "http" ? Scheme::kHttp : Scheme::kHttps;
    rest = text.substr(colon + 3);
    const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
    const std::string_view authority_text = rest.substr(0, end);
    if (authority_text.find('@') != std::string_view::npos) return bad("userinfo in the request target");
    auto authority = parse_authority(authority_text, default_port(origin.scheme));
    if (!authority) return std::unexpected(authority.error());
    origin.host = authority->host;
    origin.port = authority->port;
    target.form = TargetForm::kAbsolute;
    target.origin = origin;
    rest.remove_prefix(end);
  }
  const std::size_t question = rest.find('?');
  target.path = rest.substr(0, question);
  if (target.path.empty()) target.path = "/";
  target.has_query = question != std::string_view::npos;
  if (target.has_query) target.query = rest.substr(question + 1);
  return target;
}

Result<Origin> parse_origin(std::string_view url) {
  auto target = parse_target(url, false);
  if (!target) return std::unexpected(target.error());
  if (target->form != TargetForm::kAbsolute || target->has_query || target->path != "/") {
    return bad("a URL of the form https://HOST[:PORT] is needed");
  }
  return *target->origin;
}

bool host_matches(std::string_view pattern, std::string_view host) {
  if (pattern == "*") return true;
  if (pattern.starts_with("*.")) {
    const std::string_view suffix = pattern.substr(1);
    return host.size() > suffix.size() && equals_ignoring_case(host.substr(host.size() - suffix.size()), suffix);
  }
  return equals_ignoring_case(pattern, host);
}

}  // namespace cvr::http
