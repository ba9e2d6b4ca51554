#include "app/child_environment.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "app/bypass.h"
#include "app/trust_bundle.h"
#include "base/escape.h"
#include "os/file.h"

namespace cvr::app {
namespace {

// Where the systems' own roots stand: Debian, Fedora, Alpine and macOS.
constexpr const char* kSystemRoots[] = {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                                        "/etc/ssl/cert.pem"};
constexpr std::uint64_t kMostRootBytes = 8u << 20;

constexpr const char* kProxyVariables[] = {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"};

// These replace the trust store, so they get the system's roots too.
constexpr const char* kBundleVariables[] = {"SSL_CERT_FILE",     "CURL_CA_BUNDLE",   "REQUESTS_CA_BUNDLE",
                                            "GIT_SSL_CAINFO",    "PIP_CERT",         "AWS_CA_BUNDLE",
                                            "CARGO_HTTP_CAINFO", "npm_config_cafile"};

// Against traffic to foreign hosts that nobody asked for; a caller's own value stays.
constexpr std::pair<const char*, const char*> kQuietVariables[] = {{"NEXT_TELEMETRY_DISABLED", "1"},
                                                                   {"npm_config_update_notifier", "false"}};

// A caller's value of these would defeat ours.
constexpr const char* kUnsetVariables[] = {"SSL_CERT_DIR", "ALL_PROXY", "all_proxy"};

// Not ours to change, but worth a word when something does not work.
constexpr const char* kSuspectVariables[] = {"npm_config_proxy", "npm_config_https_proxy",
                                             "NODE_TLS_REJECT_UNAUTHORIZED", "GIT_SSL_NO_VERIFY", "PYTHONHTTPSVERIFY"};

std::string value_of(const os::Environment& environment, std::string_view name) {
  for (const auto& [key, value] : environment) {
    if (key == name) return value;
  }
  return {};
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ",") + word;
  return out;
}

// Bundles and dot files are symbolic links on many systems, which os::read_file does not follow.
Result<std::string> read_followed(const std::string& path) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(path, error);
  return os::read_file(error ? path : target.string(), kMostRootBytes);
}

void add_file(const std::string& path, const char* variable, TrustBundle& bundle, std::vector<std::string>& notes) {
  const auto text = read_followed(path);
  if (text && bundle.add(*text) > 0) return;
  notes.push_back(std::string(variable) + " names " + printable(path) + ", which " +
                  (text ? "holds no PEM certificate" : "can not be read") + ": left out for clients");
}

// WGETRC stands in the place of ~/.wgetrc, so that file's settings come first (CLIENTS section 1).
std::string own_wgetrc(const os::Environment& caller, RunFiles& files) {
  std::string path = value_of(caller, "WGETRC");
  const bool named = !path.empty();
  if (!named) {
    const std::string home = value_of(caller, "HOME");
    if (!home.empty()) path = home + "/.wgetrc";
  }
  std::string out;
  std::error_code error;
  if (!path.empty() && (named || std::filesystem::exists(path, error))) {
    if (const auto text = read_followed(path)) {
      out = *text;
    } else {
      files.notes.push_back(printable(path) + " can not be read: left out for wget");
    }
  }
  if (!out.empty() && !out.ends_with('\n')) out += '\n';
  return out + "ca_certificate = " + files.bundle + "\n";
}

}  // namespace

ChildEnvironment child_environment(const os::Environment& caller, const std::string& proxy_url, const RunFiles& files,
                                   const std::vector<std::string>& hosts) {
  ChildEnvironment out;
  out.notes = files.notes;
  const auto set = [&out](const char* name, const std::string& value) { out.set.emplace_back(name, value); };
  const Bypass bypass = bypass_list({value_of(caller, "no_proxy"), value_of(caller, "NO_PROXY")}, hosts);
  for (const std::string& entry : bypass.left_out) {
    out.notes.push_back("NO_PROXY entry " + printable(entry) + " would hide a host in scope: left out for clients");
  }
  for (const char* name : kProxyVariables) set(name, proxy_url);
  set("no_proxy", bypass.list);
  set("NO_PROXY", bypass.list);
  for (const char* name : kBundleVariables) set(name, files.bundle);
  set("NODE_EXTRA_CA_CERTS", files.node_extra);  // adds to the built-in roots
  set("DENO_CERT", files.ca);
  set("WGETRC", files.wgetrc);
  // For a preload, which then works even in an application that rewrites HTTPS_PROXY.  The preload
  // itself belongs here: NODE_OPTIONS, appended to the caller's value (CLIENTS section 6).
  set("CVR_PROXY", proxy_url);
  set("CVR_NO_PROXY", bypass.list);
  set("CVR_HOSTS", joined(hosts));
  set("CVR_CA", files.ca);
  set("CVR_CONTROL", control_url(proxy_url));
  for (const auto& [name, value] : kQuietVariables) {
    if (value_of(caller, name).empty()) set(name, value);
  }
  for (const char* name : kUnsetVariables) {
    if (value_of(caller, name).empty()) continue;
    out.unset.emplace_back(name);
    out.notes.push_back(std::string(name) + " is unset for clients: it would win over the proxy or its trust");
  }
  for (const char* name : kSuspectVariables) {
    if (value_of(caller, name).empty()) continue;
    out.notes.push_back(std::string(name) + " is set: it may win over the proxy or hide a trust problem");
  }
  return out;
}

ChildEnvironment cleared_environment() {
  ChildEnvironment out;
  RunFiles none;
  for (auto& [name, value] : child_environment({}, {}, none, {}).set) out.unset.push_back(std::move(name));
  return out;
}

os::Environment with_changes(const os::Environment& caller, const ChildEnvironment& changes) {
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

std::string control_url(const std::string& proxy_url) {
  return "http://cvr.localhost" + proxy_url.substr(std::min(proxy_url.rfind(':'), proxy_url.size())) + "/";
}

RunFiles run_files_in(const std::string& directory) {
  return {directory + "/ca.pem", directory + "/bundle.pem", directory + "/node-extra.pem", directory + "/wgetrc"};
}

Result<RunFiles> write_run_files(const std::string& directory, const std::string& ca_pem,
                                 const os::Environment& caller) {
  RunFiles files = run_files_in(directory);
  TrustBundle bundle;
  std::vector<std::string> taken;
  for (const char* name : kBundleVariables) {
    const std::string path = value_of(caller, name);
    if (path.empty() || std::find(taken.begin(), taken.end(), path) != taken.end()) continue;
    taken.push_back(path);
    add_file(path, name, bundle, files.notes);
  }
  // SSL_CERT_FILE alone stands for the system's roots; the others speak for one client each.
  const bool replaced = !bundle.text().empty() && !value_of(caller, "SSL_CERT_FILE").empty();
  for (const char* path : kSystemRoots) {
    if (replaced) break;
    if (const auto text = read_followed(path); text && bundle.add(*text) > 0) break;
  }
  if (bundle.text().empty()) files.notes.push_back("no system roots were found: children trust CVR's CA alone");
  bundle.add(ca_pem);
  TrustBundle extra;
  extra.add(ca_pem);
  if (const std::string path = value_of(caller, "NODE_EXTRA_CA_CERTS"); !path.empty()) {
    add_file(path, "NODE_EXTRA_CA_CERTS", extra, files.notes);
  }
  const std::string wgetrc = own_wgetrc(caller, files);
  if (auto done = os::write_file_atomically(files.wgetrc, wgetrc); !done) return std::unexpected(done.error());
  if (auto done = os::write_file_atomically(files.ca, ca_pem); !done) return std::unexpected(done.error());
  if (auto done = os::write_file_atomically(files.bundle, bundle.text()); !done) return std::unexpected(done.error());
  if (auto done = os::write_file_atomically(files.node_extra, extra.text()); !done) {
    return std::unexpected(done.error());
  }
  return files;
}

}  // namespace cvr::app
