#include "app/child_environment.h"

#include <algorithm>

#include "app/env_script.h"
#include "support/golden.h"

namespace cvr::app {
namespace {

const std::vector<std::string> kScope = {"*.vendor.example", "vendor.example"};
constexpr const char* kUrl = "http://127.0.0.1:8877";

ChildEnvironment changes_for(const os::Environment& caller) {
  return child_environment(caller, kUrl, run_files_in("/run/cvr/7"), kScope);
}

std::string value(const std::vector<std::pair<std::string, std::string>>& all, const std::string& name) {
  for (const auto& [key, text] : all) {
    if (key == name) return text;
  }
  return "(absent)";
}

bool mentions(const std::vector<std::string>& notes, const std::string& words) {
  return std::any_of(notes.begin(), notes.end(), [&](const auto& note) { return note.find(words) != note.npos; });
}

// The whole of what a caller with nothing set gets; review a diff against CLIENTS section 1.
TEST(ChildEnvironment, AllVariables) {
  test::expect_golden("app/child_environment.txt", *env_script(changes_for({}), "sh"));
}

TEST(ChildEnvironment, WhatWouldDefeatOursIsUnset) {
  const auto changes = changes_for({{"SSL_CERT_DIR", "/certs"},
                                    {"ALL_PROXY", "socks5://127.0.0.1:1080"},
                                    {"all_proxy", "socks5://127.0.0.1:1080"},
                                    {"NODE_USE_ENV_PROXY", "1"}});
  EXPECT_EQ(changes.unset, (std::vector<std::string>{"SSL_CERT_DIR", "ALL_PROXY", "all_proxy"}));
  EXPECT_TRUE(mentions(changes.notes, "ALL_PROXY is unset"));
}

TEST(ChildEnvironment, TheCallersValuesAreReplaced) {
  const auto changes = changes_for({{"https_proxy", "http://elsewhere:1"}, {"GIT_SSL_CAINFO", "/x"}});
  EXPECT_EQ(value(changes.set, "https_proxy"), kUrl);
  EXPECT_EQ(value(changes.set, "GIT_SSL_CAINFO"), "/run/cvr/7/bundle.pem");
}

TEST(ChildEnvironment, BypassListOfTheCaller) {
  const auto changes = changes_for({{"NO_PROXY", "corp.internal,.vendor.example"}, {"no_proxy", "other.internal"}});
  const std::string expected = "localhost,127.0.0.1,::1,[::1],other.internal,corp.internal";
  for (const char* name : {"no_proxy", "NO_PROXY", "CVR_NO_PROXY"}) EXPECT_EQ(value(changes.set, name), expected);
  EXPECT_TRUE(mentions(changes.notes, "NO_PROXY entry .vendor.example would hide a host in scope"));
}

TEST(ChildEnvironment, QuietVariablesOnlyWhenUnset) {
  const auto changes = changes_for({{"NEXT_TELEMETRY_DISABLED", "0"}, {"npm_config_update_notifier", "true"}});
  EXPECT_EQ(value(changes.set, "NEXT_TELEMETRY_DISABLED"), "(absent)");
  EXPECT_EQ(value(changes.set, "npm_config_update_notifier"), "(absent)");
}

TEST(ChildEnvironment, NeverHidesABrokenTrust) {
  const auto changes = changes_for({{"NODE_TLS_REJECT_UNAUTHORIZED", "0"}});
  for (const char* name :
       {"NODE_TLS_REJECT_UNAUTHORIZED", "PYTHONHTTPSVERIFY", "GIT_SSL_NO_VERIFY", "NODE_USE_ENV_PROXY"}) {
    EXPECT_EQ(value(changes.set, name), "(absent)");
  }
  EXPECT_TRUE(mentions(changes.notes, "NODE_TLS_REJECT_UNAUTHORIZED is set"));
}

TEST(ChildEnvironment, NotesShowNoRawBytes) {
  const auto changes = changes_for({{"NO_PROXY", "\x1b[31m.vendor.example"}});
  for (const std::string& note : changes.notes) EXPECT_EQ(note.find('\x1b'), std::string::npos);
}

TEST(ChildEnvironment, ChangesAreAppliedToTheCallers) {
  const os::Environment caller = {{"PATH", "/bin"}, {"ALL_PROXY", "x"}, {"HTTPS_PROXY", "old"}, {"EMPTY", ""}};
  const os::Environment result = with_changes(caller, changes_for(caller));
  EXPECT_EQ(value(result, "PATH"), "/bin");
  EXPECT_EQ(value(result, "EMPTY"), "");
  EXPECT_EQ(value(result, "ALL_PROXY"), "(absent)");
  EXPECT_EQ(value(result, "HTTPS_PROXY"), kUrl);
  EXPECT_EQ(std::count_if(result.begin(), result.end(), [](const auto& p) { return p.first == "HTTPS_PROXY"; }), 1);
}

// A shell that got them without keeping anything: from dotenv, or under `-- CMD`.
TEST(ChildEnvironment, ClearedTakesAwayAllThatIsSet) {
  const auto cleared = cleared_environment(with_changes({}, changes_for({})));
  EXPECT_TRUE(cleared.set.empty());
  std::vector<std::string> names;
  for (const auto& [name, text] : changes_for({}).set) names.push_back(name);
  EXPECT_EQ(cleared.unset, names);
}

TEST(ChildEnvironment, ClearedLeavesAShellAloneThatHasNothingOfCvrs) {
  const auto cleared = cleared_environment({{"HTTPS_PROXY", "http://corp:1"}, {"NEXT_TELEMETRY_DISABLED", "1"}});
  EXPECT_TRUE(cleared.set.empty());
  for (const std::string& name : cleared.unset) {
    EXPECT_TRUE(name.starts_with("CVR_") || name.ends_with("_OPTIONS") || name == "PHP_INI_SCAN_DIR") << name;
  }
}

// What a shell has kept is named, not written: no value of the caller's stands in what is printed.
TEST(ChildEnvironment, ClearedGivesBackWhatTheShellHasKept) {
  os::Environment shell = with_changes({}, changes_for({}));
  shell.emplace_back("CVR_SAVED", " HTTPS_PROXY https_proxy ALL_PROXY NOT_OURS");
  shell.emplace_back("CVR_SAVED_HTTPS_PROXY", "http://corp:1");
  shell.emplace_back("CVR_SAVED_ALL_PROXY", "");
  const auto cleared = cleared_environment(shell);
  EXPECT_EQ(cleared.restore, (std::vector<std::string>{"HTTPS_PROXY", "ALL_PROXY"}));
  const auto unset = [&](const char* name) {
    return std::count(cleared.unset.begin(), cleared.unset.end(), name) == 1;
  };
  for (const char* name : {"https_proxy", "CVR_PROXY", "CVR_SAVED", "CVR_SAVED_HTTPS_PROXY", "CVR_SAVED_ALL_PROXY"}) {
    EXPECT_TRUE(unset(name)) << name;
  }
  for (const char* name : {"HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "NOT_OURS"}) EXPECT_FALSE(unset(name)) << name;
}

TEST(ChildEnvironment, AShellKeepsWhatIsReplacedOrUnset) {
  const auto changes = changes_for({{"ALL_PROXY", "socks5://127.0.0.1:1"}});
  const auto saves = [&](const char* name) { return std::count(changes.save.begin(), changes.save.end(), name) == 1; };
  for (const char* name : {"HTTPS_PROXY", "no_proxy", "SSL_CERT_FILE", "WGETRC", "ALL_PROXY"}) {
    EXPECT_TRUE(saves(name)) << name;
  }
  for (const char* name : {"CVR_PROXY", "NODE_OPTIONS", "JAVA_TOOL_OPTIONS"}) EXPECT_FALSE(saves(name)) << name;
}

TEST(ChildEnvironment, OfASession) {
  const auto changes = child_environment({}, "http://trips:x@127.0.0.1:8877", run_files_in("/run/cvr/7"), kScope);
  for (const char* name : {"HTTPS_PROXY", "http_proxy", "CVR_PROXY"}) {
    EXPECT_EQ(value(changes.set, name), "http://trips:x@127.0.0.1:8877");
  }
  EXPECT_EQ(value(changes.set, "CVR_CONTROL"), "http://cvr.localhost:8877/");
  EXPECT_TRUE(value(changes.set, "JAVA_TOOL_OPTIONS").starts_with("-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=8877 "));
  EXPECT_TRUE(mentions(changes.notes, "a JVM can not be told of a session"));
}

// The variables to which ours is appended give back what the caller had in them.
TEST(ChildEnvironment, ClearedLeavesTheCallers) {
  const os::Environment caller = {{"NODE_OPTIONS", "--max-old-space-size=4096"}, {"PHP_INI_SCAN_DIR", "/etc/php.d"}};
  const auto cleared = cleared_environment(with_changes(caller, changes_for(caller)));
  EXPECT_EQ(cleared.set, (std::vector<std::pair<std::string, std::string>>{
                             {"NODE_OPTIONS", "--max-old-space-size=4096"}, {"PHP_INI_SCAN_DIR", "/etc/php.d"}}));
}

TEST(ChildEnvironment, OursIsAppendedOnce) {
  const os::Environment caller = {{"NODE_OPTIONS", "--trace-warnings"}};
  const auto first = changes_for(caller);
  EXPECT_EQ(value(first.set, "NODE_OPTIONS"), "--trace-warnings --require \"/run/cvr/7/cvr-preload.cjs\"");
  EXPECT_TRUE(mentions(first.remarks, "NODE_OPTIONS is set: CVR's part stands behind the caller's"));
  const auto second = changes_for(with_changes(caller, first));
  for (const char* name : {"NODE_OPTIONS", "BUN_OPTIONS", "PHP_INI_SCAN_DIR", "JAVA_TOOL_OPTIONS"}) {
    EXPECT_EQ(value(second.set, name), value(first.set, name));
  }
}

TEST(ChildEnvironment, ClientsThatAreLeftOut) {
  const auto all = changes_for({});
  EXPECT_TRUE(mentions(all.remarks, "--without java"));
  const auto some = child_environment({}, kUrl, run_files_in("/run/cvr/7"), kScope, switchable_clients());
  for (const char* name :
       {"NODE_OPTIONS", "BUN_OPTIONS", "PHP_INI_SCAN_DIR", "JAVA_TOOL_OPTIONS", "WGETRC", "DENO_CERT"}) {
    EXPECT_NE(value(all.set, name), "(absent)") << name;
    EXPECT_EQ(value(some.set, name), "(absent)") << name;
  }
  EXPECT_TRUE(some.remarks.empty());
  EXPECT_EQ(some.set.size() + 6, all.set.size());
}

TEST(ChildEnvironment, APathThatNoJvmCanBeToldOf) {
  const auto changes = child_environment({}, kUrl, run_files_in("/a '\" b"), kScope);
  EXPECT_EQ(value(changes.set, "JAVA_TOOL_OPTIONS"), "(absent)");
  EXPECT_TRUE(mentions(changes.notes, "JAVA_TOOL_OPTIONS is left out"));
}

}  // namespace
}  // namespace cvr::app
