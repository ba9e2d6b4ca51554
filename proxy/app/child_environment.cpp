#include "app/child_environment.h"

#include <algorithm>

#include "app/appended.h"
#include "app/bypass.h"
#include "base/escape.h"

namespace cvr::app {
namespace {

constexpr const char* kProxyVariables[] = {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"};

// Against traffic to foreign hosts that nobody asked for; a caller's own value stays.
constexpr std::pair<const char*, const char*> kQuietVariables[] = {{"NEXT_TELEMETRY_DISABLED", "1"},
                                                                   {"npm_config_update_notifier", "false"}};

// A caller's value of these would defeat ours.
constexpr const char* kUnsetVariables[] = {"SSL_CERT_DIR", "ALL_PROXY", "all_proxy"};

// Not ours to change, but worth a word when something does not work.
constexpr const char* kSuspectVariables[] = {"npm_config_proxy", "npm_config_https_proxy",
                                             "NODE_TLS_REJECT_UNAUTHORIZED", "GIT_SSL_NO_VERIFY", "PYTHONHTTPSVERIFY"};

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ",") + word;
  return out;
}

// What one client alone reads, beside what all have.
constexpr const char* kSwitchable[] = {"node", "bun", "php", "java", "wget", "deno"};

void set_for_java(const os::Environment& caller, const std::string& proxy_url, const std::string& bypass,
                  const RunFiles& files, ChildEnvironment& out) {
  constexpr const char* kName = "JAVA_TOOL_OPTIONS";
  const auto options =
      java_tool_options(without_ours(kName, value_of(caller, kName)), proxy_url, bypass, files.java_store);
  if (!options) {
    out.notes.emplace_back("a JVM can not be told of a path with quotes of both kinds: JAVA_TOOL_OPTIONS is left out");
    return;
  }
  out.set.emplace_back(kName, *options);
  if (proxy_url.find('@') != proxy_url.npos) {
    out.notes.emplace_back("a JVM can not be told of a session: its requests name none (and get 407 without -c)");
  }
  out.remarks.emplace_back(
      "JAVA_TOOL_OPTIONS is set: every JVM says so on standard error, and trusts the run's store; --without java");
}

void set_switchable(const os::Environment& caller, const std::string& proxy_url, const std::string& bypass,
                    const RunFiles& files, const std::vector<std::string>& without, ChildEnvironment& out) {
  const auto wanted = [&](const char* client) {
    return std::find(without.begin(), without.end(), client) == without.end();
  };
  const auto had = [&](const char* name) { return without_ours(name, value_of(caller, name)); };
  const auto set = [&out](const char* name, const std::string& value) { out.set.emplace_back(name, value); };
  if (wanted("deno")) set("DENO_CERT", files.ca);
  if (wanted("wget")) set("WGETRC", files.wgetrc);
  if (wanted("node")) set("NODE_OPTIONS", node_options(had("NODE_OPTIONS"), files.preload));
  if (wanted("bun")) set("BUN_OPTIONS", bun_options(had("BUN_OPTIONS"), files.preload));
  if (wanted("php")) set("PHP_INI_SCAN_DIR", php_scan_dir(had("PHP_INI_SCAN_DIR"), files.php_directory));
  if (wanted("java")) set_for_java(caller, proxy_url, bypass, files, out);
  for (const std::string& name : appended_names()) {
    if (had(name.c_str()).empty()) continue;
    out.remarks.push_back(name + " is set: CVR's part stands behind the caller's");
  }
}

bool is_among(const std::string& name, const std::vector<std::string>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// What a shell must keep: ours are new names, and what is appended to gives the caller's part back.
std::vector<std::string> names_to_save(const ChildEnvironment& changes) {
  std::vector<std::string> out;
  const std::vector<std::string> appended = appended_names();
  for (const auto& [name, value] : changes.set) {
    if (!name.starts_with("CVR_") && !is_among(name, appended)) out.push_back(name);
  }
  out.insert(out.end(), changes.unset.begin(), changes.unset.end());
  return out;
}

// The variables that a shell says it has given to CVR; foreign words are none.
std::vector<std::string> taken_over(const os::Environment& caller, const ChildEnvironment& ours) {
  std::vector<std::string> known = names_to_save(ours);
  known.insert(known.end(), std::begin(kUnsetVariables), std::end(kUnsetVariables));
  const std::string list = " " + value_of(caller, kSaved) + " ";
  std::erase_if(known, [&](const std::string& name) { return list.find(" " + name + " ") == list.npos; });
  return known;
}

bool has(const os::Environment& environment, const std::string& name) {
  return std::any_of(environment.begin(), environment.end(), [&](const auto& pair) { return pair.first == name; });
}

}  // namespace

std::vector<std::string> switchable_clients() { return {std::begin(kSwitchable), std::end(kSwitchable)}; }

ChildEnvironment child_environment(const os::Environment& caller, const std::string& proxy_url, const RunFiles& files,
                                   const std::vector<std::string>& hosts, const std::vector<std::string>& without) {
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
  set_switchable(caller, proxy_url, bypass.list, files, without, out);
  // For the preload, which then works even in an application that rewrites HTTPS_PROXY.
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
  out.save = names_to_save(out);
  return out;
}

ChildEnvironment cleared_environment(const os::Environment& caller) {
  ChildEnvironment out;
  const ChildEnvironment ours = child_environment({}, "http://127.0.0.1:1", {}, {});
  const std::vector<std::string> taken = taken_over(caller, ours), appended = appended_names();
  // A shell that got them from elsewhere (dotenv, `-- CMD`) has kept nothing.
  const bool all = !has(caller, std::string(kSaved)) && has(caller, "CVR_PROXY");
  for (const auto& [name, value] : ours.set) {
    const std::string rest = is_among(name, appended) ? without_ours(name, value_of(caller, name)) : "";
    const bool is_taken = is_among(name, taken) || name.starts_with("CVR_") || is_among(name, appended) || all;
    if (!rest.empty()) {
      out.set.emplace_back(name, rest);
    } else if (is_taken && !has(caller, std::string(kSavedPrefix) + name)) {
      out.unset.push_back(name);
    }
  }
  for (const std::string& name : taken) {
    const std::string kept = std::string(kSavedPrefix) + name;
    if (!has(caller, kept)) continue;
    out.restore.push_back(name);
    out.unset.push_back(kept);
  }
  if (has(caller, std::string(kSaved))) out.unset.emplace_back(kSaved);
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

}  // namespace cvr::app
