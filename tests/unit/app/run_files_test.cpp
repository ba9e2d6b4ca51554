#include "app/run_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "app/child_environment.h"
#include "app/embedded.h"
#include "support/golden.h"
#include "support/temporary_directory.h"

namespace cvr::app {
namespace {

std::string certificate(const std::string& inside) {
  return "-----BEGIN CERTIFICATE-----\n" + inside + "\n-----END CERTIFICATE-----\n";
}

bool mentions(const std::vector<std::string>& notes, const std::string& words) {
  return std::any_of(notes.begin(), notes.end(), [&](const auto& note) { return note.find(words) != note.npos; });
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
  for (const std::string& path :
       {files.ca, files.bundle, files.node_extra, files.preload, files.java_store, files.php_directory + "/cvr.ini"}) {
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
  EXPECT_EQ(child_environment({}, "http://127.0.0.1:8877", files, {"vendor.example"}).notes, files.notes);
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

TEST_F(RunDirectory, Preload) {
  EXPECT_EQ(test::read_file(write({}).preload), kNodePreload);
  const auto alone = write_preload(at_.file("env"));
  ASSERT_TRUE(alone) << alone.error().text;
  EXPECT_EQ(*alone, at_.file("env/cvr-preload.cjs"));
  EXPECT_EQ(test::read_file(*alone), kNodePreload);
  EXPECT_TRUE(write_preload(at_.file("env")));  // again
  EXPECT_FALSE(write_preload(at_.file("missing/env/deeper/" + std::string(300, 'x'))));
}

TEST(RunFiles, PhpReadsThePathAsItIs) {
  const test::TemporaryDirectory at;
  std::filesystem::create_directory(at.file("a \"b\" ${c}"));
  const auto files = write_run_files(at.file("a \"b\" ${c}"), certificate("bm9uZQ=="), {});
  ASSERT_TRUE(files) << files.error().text;
  const std::string quoted = "\"" + at.file("a \\\"b\\\" \\${c}/bundle.pem") + "\"\n";
  EXPECT_EQ(test::read_file(files->php_directory + "/cvr.ini"),
            "curl.cainfo = " + quoted + "openssl.cafile = " + quoted);
}

TEST(RunFiles, WgetKeepsItsUsersSettings) {
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

}  // namespace
}  // namespace cvr::app
