#include "http/target.h"

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
  if (std::count(host.begin(), host.end(), ':') < 2 || host.size() > 45) return false;
  return std::all_of(host.begin(), host.end(), [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || c == ':' || c == '.';
  });
}

bool is_ipv4(std::string_view host) {
  return std::count(host.begin(), host.end(), '.') == 3 &&
         std::all_of(host.begin(), host.end(), [](char c) { return is_digit(c) || c == '.'; });
}

}  // namespace

bool is_ip_literal(std::string_view host) { return is_ipv6(host) || is_ipv4(host); }

bool is_valid_host(std::string_view host) {
  if (host.find(':') != std::string_view::npos) return is_ipv6(host);
  if (host.empty() || host.size() > 253 || host.front() == '.' || host.front() == '-') return false;
  if (host.find("..") != std::string_view::npos) return false;
  return std::all_of(host.begin(), host.end(), [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_';
  });
}

Result<Authority> parse_authority(std::string_view text, std::uint16_t default_port) {
  Authority out;
  std::string_view host = text;
  std::string_view port;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return bad("an address without its closing bracket");
    host = text.substr(1, end - 1);
    port = text.substr(end + 1);
    if (!port.empty() && port[0] != ':') return bad("bytes after a bracketed address");
    if (!is_ipv6(to_lower(host))) return bad("brackets around what is no IPv6 address");
    if (!port.empty()) port.remove_prefix(1);
    if (port.empty() && text.ends_with(':')) return bad("a port that is not a number from 1 to 65535");
  } else if (const std::size_t colon = text.rfind(':'); colon != std::string_view::npos) {
    const bool several = text.find(':') != colon;
    // "::1" alone is an address; "::1:443" with a required port splits at the last colon.
    if (!several || default_port == 0) {
      host = text.substr(0, colon);
      port = text.substr(colon + 1);
      if (port.empty()) return bad("a port that is not a number from 1 to 65535");
    }
  }
  out.host = to_lower(host);
  if (out.host.ends_with('.')) out.host.pop_back();
  if (!is_valid_host(out.host)) return bad("a host name with a character that is not allowed");
  if (port.empty()) {
    if (default_port == 0) return bad("no port");
    out.port = default_port;
    return out;
  }
  const auto number = parse_port(port);
  if (!number) return bad("a port that is not a number from 1 to 65535");
  out.port = *number;
  return out;
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
    // CLIENTS 3.2: `https://::1:18443/` is split at the last colon when brackets are missing.
    const bool bare_v6 = !authority_text.starts_with('[') &&
                         std::count(authority_text.begin(), authority_text.end(), ':') > 1;
    auto authority = parse_authority(authority_text, bare_v6 ? 0 : default_port(origin.scheme));
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
    return host.size() > suffix.size() &&
           equals_ignoring_case(host.substr(host.size() - suffix.size()), suffix);
  }
  return equals_ignoring_case(pattern, host);
}

}  // namespace cvr::http
