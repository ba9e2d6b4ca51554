#include "app/trust_stores.h"

#include "app/appended.h"
#include "exporters/shell.h"

namespace cvr::app {
namespace {

constexpr const char* kDebianFile = "/usr/local/share/ca-certificates/cvr.crt";
constexpr const char* kFedoraFile = "/etc/pki/ca-trust/source/anchors/cvr.pem";

constexpr const char* kJavaWarning =
    "Java ignores name constraints on an anchor: a JVM would believe this CA for every host. Better a store of the run "
    "alone, which cvr record -- CMD and cvr env set by JAVA_TOOL_OPTIONS";

StorePlan system_plan(const StoreTools& tools, const std::string& certificate, bool uninstall) {
  StorePlan out{"system", {}};
  if (!tools.debian && !tools.fedora) {
    out.missing = "neither update-ca-certificates nor update-ca-trust is on this machine";
    return out;
  }
  const std::string file = tools.debian ? kDebianFile : kFedoraFile;
  // install and not cp: the store must be readable for everybody, ca.pem is not.
  out.commands.push_back(uninstall ? Words{"rm", "-f", file} : Words{"install", "-m", "644", certificate, file});
  Words update = {tools.debian ? "update-ca-certificates" : "update-ca-trust"};
  if (tools.debian && uninstall) update.emplace_back("--fresh");
  out.commands.push_back(update);
  if (tools.java_follows_system && !uninstall) {
    out.warning = std::string("Java's store follows the system's on this machine. ") + kJavaWarning;
  }
  if (!tools.is_root) {
    for (Words& words : out.commands) words.insert(words.begin(), "sudo");
  }
  return out;
}

StorePlan java_plan(const StoreTools& tools, const std::string& certificate, bool uninstall) {
  StorePlan out{"java", {}};
  if (tools.keytool.empty()) {
    out.missing = "keytool is not on this machine (it comes with Java)";
    return out;
  }
  // What every JVM has for its cacerts; no secret.  -cacerts: Java 9 or newer.
  const Words store = {"-cacerts", "-storepass", std::string(kJavaPassword), "-alias", "cvr"};
  Words words = {tools.keytool, uninstall ? "-delete" : "-importcert"};
  words.insert(words.end(), store.begin(), store.end());
  if (!uninstall) words.insert(words.end(), {"-noprompt", "-trustcacerts", "-file", certificate});
  if (!tools.may_write_cacerts) words.insert(words.begin(), "sudo");
  out.commands.push_back(words);
  if (!uninstall) out.warning = kJavaWarning;
  return out;
}

StorePlan nss_plan(const StoreTools& tools, const std::string& certificate, bool uninstall) {
  StorePlan out{"nss", {}};
  if (!tools.certutil) {
    out.missing = "certutil is not on this machine (Debian: libnss3-tools, Fedora: nss-tools)";
    return out;
  }
  if (tools.home.empty()) {
    out.missing = "HOME is not set";
    return out;
  }
  const std::string directory = tools.home + "/.pki/nssdb", database = "sql:" + directory;
  if (uninstall) {
    if (tools.has_nss_database) {
      out.commands = {{"certutil", "-d", database, "-D", "-n", "cvr"}};
    } else {
      out.missing = "there is no " + directory;
    }
    return out;
  }
  if (!tools.has_nss_database) {
    out.commands = {{"mkdir", "-p", directory}, {"certutil", "-d", database, "-N", "--empty-password"}};
  }
  out.commands.push_back({"certutil", "-d", database, "-A", "-t", "C,,", "-n", "cvr", "-i", certificate});
  return out;
}

}  // namespace

std::vector<StorePlan> store_plans(const StoreTools& tools, const std::string& store, const std::string& certificate,
                                   bool uninstall) {
  std::vector<StorePlan> out;
  if (store.empty() || store == "system") out.push_back(system_plan(tools, certificate, uninstall));
  if (store.empty() || store == "nss") out.push_back(nss_plan(tools, certificate, uninstall));
  // Never unless asked for.
  if (store == "java") out.push_back(java_plan(tools, certificate, uninstall));
  return out;
}

std::string command_line(const Words& words) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-:,=+";
  std::string out;
  for (const std::string& word : words) {
    const bool plain = !word.empty() && word.find_first_not_of(kPlain) == word.npos;
    out += (out.empty() ? "" : " ") + (plain ? word : exporters::shell_quoted(word));
  }
  return out;
}

}  // namespace cvr::app
