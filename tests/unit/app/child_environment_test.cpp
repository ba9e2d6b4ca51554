#include "app/child_environment.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "app/env_script.h"
#include "support/golden.h"
#include "support/temporary_directory.h"

namespace cvr::app {
namespace {

const std::vector<std::string> kScope = {"*.vendor.example", "vendor.example"};
constexpr const char* kUrl = "http://127.0.0.1:8877";

std::string certificate(const std::string& inside) {
  return "-----BEGIN CERTIFICATE-----\n" + inside + "\n-----END CERTIFICATE-----\n";
}

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

TEST(ChildEnvironment, WgetKeepsItsUsersSettings) {
  const test::TemporaryDirectory at;
  at.write("home/.wgetrc", "timeout = 5\nca_certificate = /old.pem");
  at.write("other", "tries = 2\n");
  const auto wgetrc = [&](const os::Environment& caller) {
    const auto files = write_run_files(at.path(), certificate("bm9uZQ=="), caller);
    EXPECT_TRUE(files);
    return test::read_file(at.file("wgetrc"));
  };
  const std::string ours = "ca_certificate = " + at.file("bundle.pem") + "\n";
  EXPECT_EQ(wgetrc({}), ours);
  EXPECT_EQ(wgetrc({{"HOME", at.path()}}), ours);
  // wget takes the last of two settings.
  EXPECT_EQ(wgetrc({{"HOME", at.file("home")}}), "timeout = 5\nca_certificate = /old.pem\n" + ours);
  EXPECT_EQ(wgetrc({{"HOME", at.file("home")}, {"WGETRC", at.file("other")}}), "tries = 2\n" + ours);
  const auto files = write_run_files(at.path(), certificate("bm9uZQ=="), {{"WGETRC", at.file("absent")}});
  ASSERT_TRUE(files);
  EXPECT_TRUE(mentions(files->notes, "can not be read"));
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

TEST(ChildEnvironment, ClearedTakesAwayAllThatIsSet) {
  const auto cleared = cleared_environment();
  EXPECT_TRUE(cleared.set.empty());
  std::vector<std::string> names;
  for (const auto& [name, text] : changes_for({}).set) names.push_back(name);
  EXPECT_EQ(cleared.unset, names);
}

class RunDirectory : public ::testing::Test {
 protected:
  RunFiles write(const os::Environment& caller) {
    auto files = write_run_files(at_.path(), ca_, caller);
    EXPECT_TRUE(files);
    return files.value_or(RunFiles{});
  }
  test::TemporaryDirectory at_;
  std::string ca_ = certificate("CVRCA");
};

TEST_F(RunDirectory, SystemRootsAndOurCa) {
  const RunFiles files = write({});
  EXPECT_EQ(test::read_file(files.ca), ca_);
  EXPECT_EQ(test::read_file(files.node_extra), ca_);
  EXPECT_TRUE(test::read_file(files.bundle).ends_with(ca_));
  for (const std::string& path : {files.ca, files.bundle, files.node_extra}) {
    struct stat facts{};
    ASSERT_EQ(::stat(path.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0600U) << path;
  }
}

TEST_F(RunDirectory, TheCallersRootsStandForTheSystems) {
  const std::string mine = at_.write("mine.pem", "text\n" + certificate("MINE"));
  const RunFiles files = write({{"SSL_CERT_FILE", mine}, {"CURL_CA_BUNDLE", mine}});
  EXPECT_EQ(test::read_file(files.bundle), certificate("MINE") + ca_);
  EXPECT_TRUE(files.notes.empty());
}

TEST_F(RunDirectory, RootsOfOneClientAreAdded) {
  const std::string mine = at_.write("mine.pem", certificate("MINE"));
  const std::string bundle = test::read_file(write({{"AWS_CA_BUNDLE", mine}}).bundle);
  EXPECT_TRUE(bundle.starts_with(certificate("MINE")));
  EXPECT_TRUE(bundle.ends_with(ca_));
}

TEST_F(RunDirectory, LinksOfTheCallerAreFollowed) {
  at_.write("mine.pem", certificate("MINE"));
  std::filesystem::create_symlink("mine.pem", at_.file("link.pem"));
  EXPECT_EQ(test::read_file(write({{"SSL_CERT_FILE", at_.file("link.pem")}}).bundle), certificate("MINE") + ca_);
}

TEST_F(RunDirectory, NodeGetsTheCallersExtras) {
  const std::string extra = at_.write("extra.pem", certificate("EXTRA"));
  EXPECT_EQ(test::read_file(write({{"NODE_EXTRA_CA_CERTS", extra}}).node_extra), ca_ + certificate("EXTRA"));
}

TEST_F(RunDirectory, UselessFilesOfTheCallerAreNotes) {
  const std::string none = at_.write("none.pem", "no certificate here");
  const RunFiles files = write({{"SSL_CERT_FILE", at_.file("missing.pem")}, {"NODE_EXTRA_CA_CERTS", none}});
  ASSERT_EQ(files.notes.size(), 2U);
  EXPECT_TRUE(mentions(files.notes, "SSL_CERT_FILE names " + at_.file("missing.pem") + ", which can not be read"));
  EXPECT_TRUE(mentions(files.notes, "which holds no PEM certificate"));
  EXPECT_TRUE(test::read_file(files.bundle).ends_with(ca_));
  EXPECT_EQ(test::read_file(files.node_extra), ca_);
  EXPECT_EQ(child_environment({}, kUrl, files, kScope).notes, files.notes);
}

// A shell that was set up by `cvr env` starts a recorder: our own bundle is the caller's.
TEST_F(RunDirectory, OurOwnBundleGrowsNoMore) {
  const RunFiles first = write({});
  const std::string before = test::read_file(first.bundle);
  const RunFiles second = write({{"SSL_CERT_FILE", first.bundle}, {"NODE_EXTRA_CA_CERTS", first.node_extra}});
  EXPECT_EQ(test::read_file(second.bundle), before);
  EXPECT_EQ(test::read_file(second.node_extra), ca_);
}

TEST_F(RunDirectory, NoDirectoryIsAnError) {
  const auto files = write_run_files(at_.file("missing"), ca_, {});
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error().code, ErrorCode::kEnvironment);
}

}  // namespace
}  // namespace cvr::app
