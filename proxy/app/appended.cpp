#include "app/appended.h"

#include <algorithm>

namespace cvr::app {
namespace {

// Ours in a value stands between these two, both included.
struct Appended {
  std::string_view name, begin, end;
};
constexpr std::string_view kPreloadEnd = "/cvr-preload.cjs\"";
constexpr std::string_view kPhpEnd = "/cvr-php.d";
constexpr std::string_view kJavaEnd = "-Djavax.net.ssl.trustStorePassword=changeit";
constexpr Appended kAppended[] = {{"NODE_OPTIONS", "--require \"", kPreloadEnd},
                                  {"BUN_OPTIONS", "\"--preload=", kPreloadEnd},
                                  {"PHP_INI_SCAN_DIR", ":", kPhpEnd},
                                  {"JAVA_TOOL_OPTIONS", "-Dhttp.proxyHost=", kJavaEnd}};

std::string after(const std::string& callers, const std::string& ours) {
  return callers.empty() ? ours : callers + " " + ours;
}

// Node reads "..." anywhere in a word, Bun around a whole one; both with a backslash before what is special.
std::string in_quotes(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

// HotSpot takes either kind of quotes around a word, and knows no escape.
std::optional<std::string> java_word(const std::string& word) {
  if (word.find_first_of(" \t\n\r\v\f'\"") == word.npos) return word;
  for (const char quote : {'"', '\''}) {
    if (word.find(quote) == word.npos) return quote + word + quote;
  }
  return std::nullopt;
}

// nonProxyHosts: '|' between, '*' at either end of a name, IPv6 in brackets.
std::string java_bypass(const std::string& list) {
  std::string out;
  const auto add = [&out](const std::string& entry) { out += (out.empty() ? "" : "|") + entry; };
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    std::string entry = list.substr(at, comma - at);
    at = comma + 1;
    if (entry.starts_with("*.")) entry.erase(0, 1);
    if (entry.empty() || entry == "::1") continue;  // [::1] stands beside it
    if (entry == "127.0.0.1") entry = "127.*";
    if (entry.starts_with('.')) {
      add("*" + entry);
      entry.erase(0, 1);
    }
    add(entry);
  }
  return out;
}

}  // namespace

std::string node_options(const std::string& callers, const std::string& path) {
  return after(callers, "--require " + in_quotes(path));
}

std::string bun_options(const std::string& callers, const std::string& path) {
  return after(callers, in_quotes("--preload=" + path));
}

std::string php_scan_dir(const std::string& callers, const std::string& directory) { return callers + ":" + directory; }

std::optional<std::string> java_tool_options(const std::string& callers, const std::string& proxy_url,
                                             const std::string& bypass, const std::string& store) {
  const std::size_t scheme = proxy_url.find("://") + 3;
  // A JVM takes no user name by a property.
  const std::size_t begin = std::max(scheme, proxy_url.rfind('@') + 1);
  const std::size_t colon = proxy_url.rfind(':');
  if (proxy_url.find("://") == proxy_url.npos || colon == proxy_url.npos || colon < begin) return std::nullopt;
  std::string host = proxy_url.substr(begin, colon - begin);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const std::string port = proxy_url.substr(colon + 1);
  std::string ours;
  for (const std::string& word : {"-Dhttp.proxyHost=" + host, "-Dhttp.proxyPort=" + port, "-Dhttps.proxyHost=" + host,
                                  "-Dhttps.proxyPort=" + port, "-Dhttp.nonProxyHosts=" + java_bypass(bypass),
                                  "-Djavax.net.ssl.trustStore=" + store, std::string(kJavaEnd)}) {
    const auto quoted = java_word(word);
    if (!quoted) return std::nullopt;
    ours = after(ours, *quoted);
  }
  return after(callers, ours);
}

std::vector<std::string> appended_names() {
  std::vector<std::string> out;
  for (const Appended& each : kAppended) out.emplace_back(each.name);
  return out;
}

std::string without_ours(std::string_view name, const std::string& value) {
  const auto known = std::ranges::find(kAppended, name, &Appended::name);
  if (known == std::end(kAppended)) return value;
  std::string out;
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t end = value.find(known->end, at);
    const std::size_t begin = end == value.npos ? value.npos : value.rfind(known->begin, end);
    if (begin == value.npos || begin < at) {  // the rest is the caller's
      out += value.substr(at);
      break;
    }
    out += value.substr(at, begin - at);
    if (out.ends_with(' ')) out.pop_back();
    at = end + known->end.size();
  }
  return out;
}

}  // namespace cvr::app
