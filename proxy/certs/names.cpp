#include "certs/names.h"

#include <algorithm>

#include "cvr/http.h"
#include "http/target.h"

namespace cvr::certs {
namespace {

constexpr std::size_t kMaxHosts = 500;
constexpr std::size_t kMaxName = 253;  // RFC 1035: 255 octets on the wire
constexpr std::size_t kMaxLabel = 63;

bool is_name_character(char c) {
  // "_" is no host name character by RFC 952, and hosts with it exist.
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

// A last label that is a number makes the whole an IPv4 address to some clients ("1.2.3", "0x7f.1";
// WHATWG URL, "ends in a number").
bool ends_in_number(std::string_view host) {
  const std::string_view last = host.substr(host.rfind('.') + 1);
  if (last.starts_with("0x")) return true;
  return std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Empty when `host` is a name; else what is wrong with it, for people.
std::string problem_of(std::string_view host) {
  if (host.empty()) return "is empty";
  if (host.size() > kMaxName) return "is longer than 253 bytes";
  std::size_t label = 0;
  for (std::size_t i = 0; i <= host.size(); ++i) {
    if (i == host.size() || host[i] == '.') {
      if (label == 0) return "has an empty label";
      if (label > kMaxLabel) return "has a label over 63 bytes";
      label = 0;
      continue;
    }
    if (host[i] == '*') return "has a wildcard in an odd place";
    if (!is_name_character(host[i])) return "has characters that are not allowed in a host name";
    ++label;
  }
  if (host.front() == '-') return "begins with a hyphen";
  if (ends_in_number(host)) return "is not a name but an address";
  return {};
}

bool is_address(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return http::is_ip_literal(host);
}

// The pattern's domain; "" for an address.
Result<std::string> domain_of(const std::string& pattern) {
  if (pattern == "*") {
    return fail(ErrorCode::kUsage,
                "host pattern \"*\" can not be used with TLS: the CA is bound to the domains in scope; name them");
  }
  std::string domain = http::to_lower(pattern);
  if (is_address(domain)) return std::string();
  if (domain.starts_with("*.")) domain.erase(0, 2);
  if (domain.ends_with('.')) domain.pop_back();
  if (const std::string problem = problem_of(domain); !problem.empty()) {
    return fail(ErrorCode::kUsage, "a host pattern " + problem + "; allowed are names such as \"api.example.com\" " +
                                       "and \"*.example.com\"");
  }
  return domain;
}

}  // namespace

Result<std::vector<std::string>> permitted_domains(const std::vector<std::string>& patterns) {
  if (patterns.size() > kMaxHosts) return fail(ErrorCode::kUsage, "more than 500 host patterns");
  std::vector<std::string> all;
  for (const auto& pattern : patterns) {
    auto domain = domain_of(pattern);
    if (!domain) return std::unexpected(domain.error());
    if (!domain->empty()) all.push_back(std::move(*domain));
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  std::vector<std::string> out;
  for (const auto& domain : all) {
    const bool held_by_another = std::any_of(all.begin(), all.end(), [&](const std::string& other) {
      return other != domain && lies_within(domain, other);
    });
    if (!held_by_another) out.push_back(domain);
  }
  return out;
}

bool lies_within(std::string_view host, std::string_view domain) {
  if (host == domain) return true;
  return host.size() > domain.size() && host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.';
}

bool lies_within_any(std::string_view host, const std::vector<std::string>& domains) {
  return std::any_of(domains.begin(), domains.end(),
                     [&](const std::string& domain) { return lies_within(host, domain); });
}

Result<void> check_leaf_host(std::string_view host) {
  if (is_address(host)) {
    return fail(ErrorCode::kRefused, "no certificate is made for an address; use the host's name");
  }
  if (const std::string problem = problem_of(host); !problem.empty()) {
    return fail(ErrorCode::kRefused, "no certificate is made: the host name " + problem);
  }
  return {};
}

std::string rotate_command(const std::vector<std::string>& domains) {
  std::string out = "cvr ca rotate";
  for (const auto& domain : domains) out += " --host " + domain;
  return out;
}

}  // namespace cvr::certs
