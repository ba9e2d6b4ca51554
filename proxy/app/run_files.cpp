#include "app/run_files.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "app/appended.h"
#include "app/embedded.h"
#include "app/java_store.h"
#include "app/trust_bundle.h"
#include "base/escape.h"
#include "os/file.h"

namespace cvr::app {
namespace {

// Where the systems' own roots stand: Debian, Fedora, Alpine and macOS.
constexpr const char* kSystemRoots[] = {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                                        "/etc/ssl/cert.pem"};
constexpr std::uint64_t kMostRootBytes = 8u << 20;

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

// Between double quotes a backslash and a quote are PHP's own, and ${ names a variable.
std::string php_ini(const std::string& bundle) {
  std::string path;
  for (const char c : bundle) {
    if (c == '"' || c == '\\' || c == '$') path += '\\';
    path += c;
  }
  return "curl.cainfo = \"" + path + "\"\nopenssl.cafile = \"" + path + "\"\n";
}

}  // namespace

std::string value_of(const os::Environment& environment, std::string_view name) {
  for (const auto& [key, value] : environment) {
    if (key == name) return value;
  }
  return {};
}

RunFiles run_files_in(const std::string& directory) {
  return {directory + "/ca.pem",
          directory + "/bundle.pem",
          directory + "/node-extra.pem",
          directory + "/wgetrc",
          directory + "/" + std::string(kPreloadName),
          directory + "/" + std::string(kPhpDirectoryName),
          directory + "/java-trust.jks"};
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
  const std::pair<std::string, std::string> contents[] = {
      {files.wgetrc, wgetrc},
      {files.ca, ca_pem},
      {files.bundle, bundle.text()},
      {files.node_extra, extra.text()},
      {files.preload, std::string(kNodePreload)},
      {files.java_store, java_trust_store(bundle.text(), kJavaPassword)}};
  for (const auto& [path, text] : contents) {
    if (auto done = os::write_file_atomically(path, text); !done) return std::unexpected(done.error());
  }
  if (auto made = os::make_private_directory(files.php_directory); !made) return std::unexpected(made.error());
  if (auto done = os::write_file_atomically(files.php_directory + "/cvr.ini", php_ini(files.bundle)); !done) {
    return std::unexpected(done.error());
  }
  return files;
}

Result<std::string> write_preload(const std::string& directory) {
  if (auto made = os::make_private_directory(directory); !made) return std::unexpected(made.error());
  const std::string path = run_files_in(directory).preload;
  if (auto done = os::write_file_atomically(path, kNodePreload); !done) return std::unexpected(done.error());
  return path;
}

}  // namespace cvr::app
