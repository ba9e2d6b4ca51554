#include "certs/store.h"

#include <sys/stat.h>
#include <unistd.h>

#include "certs/inspect.h"
#include "certs/issue.h"
#include "unit/certs/support.h"

namespace cvr::certs {
namespace {

class StoreTest : public ::testing::Test {
 protected:
  std::string dir() const { return place_.file("home"); }
  std::string pem() const { return dir() + "/ca.pem"; }
  std::string key() const { return dir() + "/ca.key"; }

  void save() {
    auto root = test::make_test_root({"avinode.com"});
    auto store = Store::open(dir());
    ASSERT_TRUE(store);
    ASSERT_TRUE(store->save(Pair{std::move(root.certificate), std::move(root.key)}));
  }

  // Whether loading fails as an environment does, with `words` in the text.
  void expect_refused(const std::string& words) {
    auto store = Store::open(dir());
    const Error error = !store ? store.error() : store->load().error();
    EXPECT_EQ(error.code, ErrorCode::kEnvironment);
    EXPECT_NE(error.text.find(words), std::string::npos) << error.text;
    EXPECT_EQ(error.text.find('\n'), std::string::npos);
  }

  test::TemporaryDirectory place_;
};

TEST_F(StoreTest, MakesDirectoryAndFilesPrivate) {
  const mode_t old = ::umask(0);
  save();
  ::umask(old);
  EXPECT_EQ(test::mode_of(dir()), 0700U);
  EXPECT_EQ(test::mode_of(pem()), 0600U);
  EXPECT_EQ(test::mode_of(key()), 0600U);
  EXPECT_EQ(test::mode_of(dir() + "/ca.lock"), 0600U);
}

TEST_F(StoreTest, LoadsWhatItSaved) {
  auto root = test::make_test_root({"avinode.com"});
  const std::string fingerprint = facts_of(root.certificate.get()).sha256_fingerprint;
  auto store = Store::open(dir());
  ASSERT_TRUE(store);
  EXPECT_TRUE(store->is_empty());
  ASSERT_TRUE(store->save(Pair{std::move(root.certificate), std::move(root.key)}));
  EXPECT_FALSE(store->is_empty());
  const auto loaded = store->load();
  ASSERT_TRUE(loaded);
  EXPECT_EQ(facts_of(loaded->root.get()).sha256_fingerprint, fingerprint);
}

TEST_F(StoreTest, AKeyWithoutCertificateIsAsGoodAsNothing) {
  save();
  ASSERT_EQ(::unlink(pem().c_str()), 0);
  auto store = Store::open(dir());
  ASSERT_TRUE(store);
  EXPECT_TRUE(store->is_empty());
}

TEST_F(StoreTest, LoosePermissionsAreRefusedWithTheMend) {
  save();
  for (const mode_t mode : {0640U, 0604U, 0620U, 0602U, 0666U, 0610U}) {
    ASSERT_EQ(::chmod(key().c_str(), mode), 0);
    expect_refused("chmod 600 '" + key() + "'");
  }
  ASSERT_EQ(::chmod(key().c_str(), 0600), 0);
  for (const mode_t mode : {0750U, 0701U, 0777U}) {
    ASSERT_EQ(::chmod(dir().c_str(), mode), 0);
    expect_refused("chmod 700 '" + dir() + "'");
  }
}

TEST_F(StoreTest, LinksAreRefused) {
  save();
  ASSERT_EQ(::rename(key().c_str(), (dir() + "/moved").c_str()), 0);
  ASSERT_EQ(::symlink("moved", key().c_str()), 0);
  expect_refused("symbolic link");
}

TEST_F(StoreTest, ALinkedDirectoryIsRefused) {
  ASSERT_EQ(::mkdir(place_.file("real").c_str(), 0700), 0);
  ASSERT_EQ(::symlink("real", dir().c_str()), 0);
  expect_refused("symbolic link");
}

TEST_F(StoreTest, WhatIsNoFileIsRefused) {
  save();
  ASSERT_EQ(::unlink(key().c_str()), 0);
  ASSERT_EQ(::mkdir(key().c_str(), 0700), 0);
  expect_refused("not a regular file");
}

TEST_F(StoreTest, AMissingKeyIsNamed) {
  save();
  ASSERT_EQ(::unlink(key().c_str()), 0);
  expect_refused("cvr ca rotate");
}

TEST_F(StoreTest, RubbishIsRefusedWithoutShowingIt) {
  save();
  place_.write("home/ca.key", "rubbish\n");
  expect_refused("holds no readable key");
  save();
  place_.write("home/ca.pem", "rubbish\n");
  expect_refused("holds no certificate");
}

TEST_F(StoreTest, APairThatDoesNotBelongTogetherIsRefused) {
  save();
  place_.write("home/ca.key", key_pem_of(make_key()->get()));
  expect_refused("do not belong together");
}

TEST_F(StoreTest, ADirectoryThatCanNotBeMadeIsNamed) {
  place_.write("home", "a file");
  auto store = Store::open(dir() + "/below");
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::kEnvironment);
}

}  // namespace
}  // namespace cvr::certs
