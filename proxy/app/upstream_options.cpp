#include "app/upstream_options.h"

#include <charconv>

#include "app/bypass.h"
#include "app/run_files.h"
#include "base/base64.h"
#include "base/escape.h"
#include "http/target.h"

namespace cvr::app {
namespace {

constexpr std::string_view kScheme = "http://";
constexpr double kMostLatency = 100;

}  // namespace

std::optional<UpstreamProxy> parse_upstream_proxy(std::string_view url, const os::Environment& environment) {
  if (!url.starts_with(kScheme)) return std::nullopt;
  std::string_view rest = url.substr(kScheme.size());
  UpstreamProxy out;
  if (const std::size_t at = rest.rfind('@'); at != rest.npos) {
    const std::string userinfo = percent_decode(rest.substr(0, at));
    if (userinfo.find_first_of(std::string_view("\r\n\0", 3)) != userinfo.npos) return std::nullopt;
    const bool has_password = userinfo.find(':') != userinfo.npos;
    out.authorization = "Basic " + base64_encode(has_password ? userinfo : userinfo + ":");
    rest.remove_prefix(at + 1);
  }
  const auto origin = http::parse_origin(std::string(kScheme) + std::string(rest));
  if (!origin) return std::nullopt;
  out.host = origin->host;
  out.port = origin->port;
  out.bypass = value_of(environment, "no_proxy");
  if (out.bypass.empty()) out.bypass = value_of(environment, "NO_PROXY");
  return out;
}

std::optional<std::string> unused_proxy(const os::Environment& environment, const std::vector<std::string>& hosts) {
  const auto address = [](const std::string& url) { return url.substr(url.find_last_of("@/") + 1); };
  if (!bypass_list({value_of(environment, "no_proxy"), value_of(environment, "NO_PROXY")}, hosts).left_out.empty()) {
    return std::nullopt;
  }
  for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
    std::string url = value_of(environment, name);
    while (url.ends_with('/')) url.pop_back();
    if (url.empty()) continue;
    if (address(url) == address(value_of(environment, "CVR_PROXY"))) return std::nullopt;
    return std::string(name) + " is set (" + printable(shortened(without_userinfo(url), 80)) +
           "); CVR does not use it on its own way to the upstream: --upstream-proxy URL, or CVR_UPSTREAM_PROXY";
  }
  return std::nullopt;
}

std::string without_userinfo(std::string_view url) {
  const std::size_t at = url.rfind('@');
  if (at == url.npos) return std::string(url);
  const std::size_t scheme = url.find("://");
  const std::string_view before = scheme < at ? url.substr(0, scheme + 3) : kScheme;
  return std::string(before) + "...@" + std::string(url.substr(at + 1));
}

std::optional<double> parse_latency(std::string_view text) {
  if (text == "none") return 0;
  if (text == "recorded") return 1;
  if (!text.ends_with('x')) return std::nullopt;
  text.remove_suffix(1);
  if (text.empty() || text.find_first_not_of("0123456789.") != text.npos) return std::nullopt;
  double factor = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), factor);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (factor < 0 || factor > kMostLatency) return std::nullopt;
  return factor;
}

}  // namespace cvr::app
