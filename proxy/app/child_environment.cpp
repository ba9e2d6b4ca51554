#include "app/child_environment.h"

#include <algorithm>

#include "cvr/http.h"
#include "http/target.h"
#include "os/file.h"

namespace cvr::app {
namespace {

constexpr const char* kSystemRoots = "/etc/ssl/certs/ca-certificates.crt";

std::string value_of(const os::Environment& environment, std::string_view name) {
  for (const auto& [key, value] : environment) {
    if (key == name) return value;
  }
  return {};
}

// Whether a NO_PROXY entry covers a host in scope: ".x", "x" and "*.x" cover x and below it.
bool hides(std::string_view entry, const std::vector<std::string>& hosts) {
  if (entry == "*") return true;
  if (entry.starts_with("*")) entry.remove_prefix(1);
  if (entry.starts_with('.')) entry.remove_prefix(1);
  entry = entry.substr(0, entry.rfind(':') == entry.find(':') ? entry.find(':') : std::string_view::npos);
  return std::any_of(hosts.begin(), hosts.end(), [&](std::string_view pattern) {
    const std::string_view host = pattern.starts_with("*.") ? pattern.substr(2) : pattern;
    const std::string below = "*." + std::string(entry);
    return http::equals_ignoring_case(entry, host) || http::host_matches(below, host) || (pattern.starts_with("*.") && http::host_matches(pattern, entry));
  });
}

std::string no_proxy(const os::Environment& caller, const std::vector<std::string>& hosts, std::vector<std::string>& notes) {
  std::string out = "localhost,127.0.0.1,::1,[::1]";
  std::string given = value_of(caller, "no_proxy");
  if (given.empty()) given = value_of(caller, "NO_PROXY");
  for (std::size_t at = 0; at < given.size();) {
    const std::size_t end = std::min(given.find_first_of(", ", at), given.size());
    const std::string entry = given.substr(at, end - at);
    at = end + 1;
    if (entry.empty() || (',' + out + ',').find(',' + entry + ',') != std::string::npos) continue;
    if (hides(entry, hosts)) {
      notes.push_back("NO_PROXY entry " + entry + " would hide a host in scope: left out for the child");
    } else {
      out += ',' + entry;
    }
  }
  return out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ",") + word;
  return out;
}

}  // namespace

ChildEnvironment child_environment(const os::Environment& caller, const std::string& proxy_url, const RunFiles& files,
                                   const std::vector<std::string>& hosts) {
  ChildEnvironment out;
  for (const char* name : {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"}) out.set.emplace_back(name, proxy_url);
  const std::string bypass = no_proxy(caller, hosts, out.notes);
  out.set.emplace_back("no_proxy", bypass);
  out.set.emplace_back("NO_PROXY", bypass);
  // These replace the trust store, so they get the system's roots too.
  for (const char* name : {"SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "GIT_SSL_CAINFO", "PIP_CERT", "AWS_CA_BUNDLE",
                           "CARGO_HTTP_CAINFO", "npm_config_cafile"}) {
    out.set.emplace_back(name, files.bundle);
  }
  out.set.emplace_back("NODE_EXTRA_CA_CERTS", files.node_extra);  // adds to the built-in roots
  out.set.emplace_back("DENO_CERT", files.ca);
  // For a preload, which an application that rewrites HTTPS_PROXY does not turn off.
  out.set.emplace_back("CVR_PROXY", proxy_url);
  out.set.emplace_back("CVR_NO_PROXY", bypass);
  out.set.emplace_back("CVR_HOSTS", joined(hosts));
  out.set.emplace_back("CVR_CA", files.ca);
  for (const auto& [name, value] : {std::pair{"NEXT_TELEMETRY_DISABLED", "1"}, std::pair{"npm_config_update_notifier", "false"}}) {
    if (value_of(caller, name).empty()) out.set.emplace_back(name, value);
  }
  // A caller's value of these would defeat ours.
  for (const char* name : {"SSL_CERT_DIR", "ALL_PROXY", "all_proxy", "NODE_USE_ENV_PROXY"}) {
    if (value_of(caller, name).empty()) continue;
    out.unset.emplace_back(name);
    out.notes.push_back(std::string(name) + " is unset for the child: it would win over the proxy or its trust");
  }
  for (const char* name : {"npm_config_proxy", "npm_config_https_proxy", "NODE_TLS_REJECT_UNAUTHORIZED", "GIT_SSL_NO_VERIFY", "PYTHONHTTPSVERIFY"}) {
    if (!value_of(caller, name).empty()) out.notes.push_back(std::string(name) + " is set and may win over the proxy or hide a trust problem");
  }
  return out;
}

os::Environment apply(const os::Environment& caller, const ChildEnvironment& changes) {
  os::Environment out;
  for (const auto& pair : caller) {
    const auto same = [&](const auto& other) { return other.first == pair.first; };
    if (std::any_of(changes.set.begin(), changes.set.end(), same)) continue;
    if (std::find(changes.unset.begin(), changes.unset.end(), pair.first) != changes.unset.end()) continue;
    out.push_back(pair);
  }
  out.insert(out.end(), changes.set.begin(), changes.set.end());
  return out;
}

Result<RunFiles> write_run_files(const std::string& directory, const std::string& ca_pem, const os::Environment& caller) {
  RunFiles files{directory + "/ca.pem", directory + "/bundle.pem", directory + "/node-extra.pem"};
  std::string roots;
  for (const char* name : {"SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"}) {
    const std::string path = value_of(caller, name);
    if (path.empty()) continue;
    if (auto text = os::read_file(path)) {
      roots = std::move(*text);
      break;
    }
  }
  if (roots.empty()) roots = os::read_file(kSystemRoots).value_or("");
  std::string extra;
  if (const std::string path = value_of(caller, "NODE_EXTRA_CA_CERTS"); !path.empty()) extra = os::read_file(path).value_or("");
  if (!roots.empty() && !roots.ends_with('\n')) roots += '\n';
  if (auto done = os::write_file_atomically(files.ca, ca_pem); !done) return std::unexpected(done.error());
  if (auto done = os::write_file_atomically(files.bundle, roots + ca_pem); !done) return std::unexpected(done.error());
  if (auto done = os::write_file_atomically(files.node_extra, ca_pem + extra); !done) return std::unexpected(done.error());
  return files;
}

}  // namespace cvr::app
