// The files that the variables of a run name, in a private directory.
#pragma once

#include <string>
#include <vector>

#include "cvr/result.h"
#include "os/process.h"

namespace cvr::app {

struct RunFiles {
  std::string ca;                       // CVR's CA alone
  std::string bundle;                   // system roots and the CA: for variables that replace the trust store
  std::string node_extra;               // the CA and what the caller's NODE_EXTRA_CA_CERTS held
  std::string wgetrc;                   // the caller's settings and the bundle: wget (GnuTLS) reads no variable
  std::string preload;                  // brings Node, which reads no proxy variable, to the proxy
  std::string php_directory;            // one ini file: PHP reads no variable for its trust
  std::string java_store;               // the bundle as a JVM's trust store
  std::vector<std::string> notes = {};  // for people: files of the caller that could not be taken in
};

// Where the files of a run stand in its directory, which is absolute.
RunFiles run_files_in(const std::string& directory);

// Writes them.  Roots are the system's and those of the files that the caller's variables name; only
// certificates are copied.  A file that can not be read is a note.
Result<RunFiles> write_run_files(const std::string& directory, const std::string& ca_pem,
                                 const os::Environment& caller);

// The preload alone, for a shell that lives longer than the run: Node does not start when the file is gone.
Result<std::string> write_preload(const std::string& directory);

// Variables that replace a client's trust store: they get the system's roots too.
inline constexpr const char* kBundleVariables[] = {"SSL_CERT_FILE",     "CURL_CA_BUNDLE",   "REQUESTS_CA_BUNDLE",
                                                   "GIT_SSL_CAINFO",    "PIP_CERT",         "AWS_CA_BUNDLE",
                                                   "CARGO_HTTP_CAINFO", "npm_config_cafile"};

// Empty when it is not there.
std::string value_of(const os::Environment& environment, std::string_view name);

}  // namespace cvr::app
