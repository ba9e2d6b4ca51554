// What `cvr ca install` and `uninstall` run, by store.  Pure: who shows and runs it is the command.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cvr::app {

// What was found on this machine.
struct StoreTools {
  bool debian = false;    // update-ca-certificates
  bool fedora = false;    // update-ca-trust
  bool certutil = false;  // NSS: Chromium
  bool is_root = false;
  std::string home;  // of the user
  bool has_nss_database = false;
  bool java_follows_system = false;  // the system's store is made into Java's too (ca-certificates-java, Fedora)
  std::string keytool;               // absolute; empty: there is none
  bool may_write_cacerts = false;    // of that Java
};

using Words = std::vector<std::string>;

struct StorePlan {
  std::string store;            // "system", "nss", "java"
  std::vector<Words> commands;  // in order
  std::string missing = {};     // why there are none
  std::string warning = {};     // what to know before they are run
};

// `store`: system, nss, java, or empty for system and nss; nothing for another word.  `certificate`: the path of
// ca.pem.
std::vector<StorePlan> store_plans(const StoreTools& tools, const std::string& store, const std::string& certificate,
                                   bool uninstall);

// As typed in a shell.
std::string command_line(const Words& words);

}  // namespace cvr::app
