#include "app/home.h"

#include <stdlib.h>

#include <filesystem>

#include "support/fakes.h"
#include "support/golden.h"
#include "support/random.h"
#include "support/temporary_directory.h"
#include "unit/app/variable.h"

namespace cvr::app {
namespace {

using std::filesystem::perms;

perms mode_of(const std::string& path) { return std::filesystem::status(path).permissions(); }
void chmod(const std::string& path, unsigned mode) { std::filesystem::permissions(path, static_cast<perms>(mode)); }

class HomeOf : public ::testing::Test {
 protected:
  std::string opened() {
    const auto home = open_home();
    return home ? home->directory : home.error().text;
  }
  test::TemporaryDirectory at_;
  test::Variable home_{"HOME", at_.file("user")};
  test::Variable data_{"XDG_DATA_HOME", std::nullopt};
  test::Variable given_{"CVR_HOME", std::nullopt};
};

TEST_F(HomeOf, StandsWhereTheUserSaysOrTheSystem) {
  EXPECT_EQ(opened(), at_.file("user/.local/share/cvr"));
  data_.set("relative");  // XDG: must be absolute
  EXPECT_EQ(opened(), at_.file("user/.local/share/cvr"));
  data_.set(at_.file("data"));
  EXPECT_EQ(opened(), at_.file("data/cvr"));
  given_.set(at_.file("given"));
  EXPECT_EQ(opened(), at_.file("given"));
  given_.set("");
  EXPECT_EQ(opened(), at_.file("data/cvr"));
}

TEST_F(HomeOf, IsMadePrivate) {
  given_.set(at_.file("a/b/home"));
  EXPECT_EQ(opened(), at_.file("a/b/home"));
  EXPECT_EQ(mode_of(at_.file("a/b/home")), perms::owner_all);
  EXPECT_EQ(opened(), at_.file("a/b/home"));  // again
}

TEST_F(HomeOf, LooserIsRefusedWithTheMend) {
  const std::string home = at_.file("home");
  given_.set(home);
  opened();
  for (const unsigned mode : {0750U, 0705U, 0777U, 0701U}) {
    chmod(home, mode);
    const auto refused = open_home();
    ASSERT_FALSE(refused) << mode;
    EXPECT_EQ(refused.error().code, ErrorCode::kEnvironment);
    EXPECT_EQ(refused.error().text, home + " has loose permissions; mend with: chmod 700 " + home);
  }
  chmod(home, 0700);
  EXPECT_TRUE(open_home());
}

TEST_F(HomeOf, ALinkOrAFileIsRefused) {
  std::filesystem::create_directory(at_.file("real"));
  chmod(at_.file("real"), 0700);
  std::filesystem::create_directory_symlink(at_.file("real"), at_.file("link"));
  given_.set(at_.file("link"));
  EXPECT_NE(opened().find("symbolic link"), std::string::npos);
  given_.set(at_.write("file", "x"));
  EXPECT_EQ(open_home().error().code, ErrorCode::kEnvironment);
}

class Key : public ::testing::Test {
 protected:
  test::TemporaryDirectory at_;
  Home home_{at_.path()};
  std::string path_ = at_.file("pseudonym.key");
  test::SeededEntropy entropy_{test::seed()};
};

TEST_F(Key, IsMadeOnceAndKept) {
  const auto first = load_or_make_key(home_, entropy_);
  ASSERT_TRUE(first);
  EXPECT_EQ(mode_of(path_), perms::owner_read | perms::owner_write);
  EXPECT_EQ(test::read_file(path_).size(), 65U);  // 32 bytes in hex, a newline
  const auto second = load_or_make_key(home_, entropy_);
  ASSERT_TRUE(second);
  EXPECT_EQ(first->bytes, second->bytes);
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(at_.path())) ++files;
  EXPECT_EQ(files, 1U);  // nothing is left beside it
}

TEST_F(Key, EachHomeHasItsOwn) {
  const test::TemporaryDirectory other;
  EXPECT_NE(load_or_make_key(home_, entropy_)->bytes, load_or_make_key(Home{other.path()}, entropy_)->bytes);
}

TEST_F(Key, LooserOrLinkedIsRefused) {
  ASSERT_TRUE(load_or_make_key(home_, entropy_));
  chmod(path_, 0640);
  const auto loose = load_or_make_key(home_, entropy_);
  ASSERT_FALSE(loose);
  EXPECT_EQ(loose.error().code, ErrorCode::kEnvironment);
  EXPECT_NE(loose.error().text.find("chmod 600 " + path_), std::string::npos);
  std::filesystem::rename(path_, at_.file("elsewhere"));
  chmod(at_.file("elsewhere"), 0600);
  std::filesystem::create_symlink(at_.file("elsewhere"), path_);
  EXPECT_NE(load_or_make_key(home_, entropy_).error().text.find("symbolic link"), std::string::npos);
  std::filesystem::remove(at_.file("elsewhere"));  // now it dangles
  EXPECT_FALSE(load_or_make_key(home_, entropy_));
  EXPECT_FALSE(std::filesystem::exists(at_.file("elsewhere")));
}

TEST_F(Key, AnythingElseIsRefusedAndLeftAlone) {
  const std::string secret = test::random_text(62, "0123456789abcdef");
  for (const std::string& text :
       {std::string(), std::string("\n"), secret, secret + "g0\n", secret + "000\n", std::string(5000, '0')}) {
    at_.write("pseudonym.key", text);
    chmod(path_, 0600);
    const auto key = load_or_make_key(home_, entropy_);
    ASSERT_FALSE(key) << text.size();
    EXPECT_EQ(key.error().text.find(secret), std::string::npos);
    EXPECT_NE(key.error().text.find(path_), std::string::npos);
    EXPECT_EQ(test::read_file(path_), text);
  }
}

TEST(Fingerprint, TellsKeysApartAndIsNoKey) {
  PseudonymKey key;
  EXPECT_EQ(fingerprint_of(key), "66687aadf862bd77");  // SHA-256 of 32 zero bytes
  key.bytes[31] = 1;
  EXPECT_NE(fingerprint_of(key), "66687aadf862bd77");
  EXPECT_EQ(fingerprint_of(key).size(), 16U);
}

}  // namespace
}  // namespace cvr::app
