#include "app/bypass.h"

#include <algorithm>

#include "cvr/http.h"
#include "http/target.h"

namespace cvr::app {
namespace {

// "[::1]:443", "*.Example.com", ".example.com:8443" -> the bare name, lower case.
std::string bare_name(std::string_view entry) {
  std::string name = http::to_lower(entry);
  if (name.starts_with('[')) return name.substr(1, name.find(']') - 1);
  if (std::count(name.begin(), name.end(), ':') == 1) name.resize(name.find(':'));
  name.erase(0, std::min(name.find_first_not_of("*."), name.size()));
  return name;
}

bool ends_below(std::string_view name, std::string_view domain) {
  return name.size() > domain.size() && name.ends_with(domain) && name[name.size() - domain.size() - 1] == '.';
}

}  // namespace

bool hides_host(std::string_view entry, const std::vector<std::string>& hosts) {
  if (entry.empty()) return false;
  const std::string name = bare_name(entry);
  const bool network = entry.find('/') != entry.npos;  // 10.0.0.0/8
  return std::any_of(hosts.begin(), hosts.end(), [&](const std::string& pattern) {
    const std::string host = bare_name(pattern);
    if (name.empty() || host.empty()) return true;  // "*" on either side
    if (network) return http::is_ip_literal(host);
    return std::string_view(host).ends_with(name) || (pattern.starts_with("*.") && ends_below(name, host));
  });
}

Bypass bypass_list(const std::vector<std::string>& given, const std::vector<std::string>& hosts) {
  Bypass out;
  std::vector<std::string> entries;
  const auto add = [&](const std::string& entry) {
    if (std::find(entries.begin(), entries.end(), entry) == entries.end()) entries.push_back(entry);
  };
  for (const char* loopback : {"localhost", "127.0.0.1", "::1", "[::1]"}) {
    if (!hides_host(loopback, hosts)) add(loopback);
  }
  for (const std::string& list : given) {
    for (std::size_t at = 0; at < list.size();) {
      const std::size_t end = std::min(list.find_first_of(", \t", at), list.size());
      const std::string entry = list.substr(at, end - at);
      at = end + 1;
      if (entry.empty()) continue;
      if (!hides_host(entry, hosts)) {
        add(entry);
      } else if (std::find(out.left_out.begin(), out.left_out.end(), entry) == out.left_out.end()) {
        out.left_out.push_back(entry);
      }
    }
  }
  for (const std::string& entry : entries) out.list += (out.list.empty() ? "" : ",") + entry;
  return out;
}

}  // namespace cvr::app
