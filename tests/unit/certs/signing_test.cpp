#include "certs/signing.h"

#include <sys/stat.h>

#include <filesystem>

#include "unit/certs/support.h"

namespace cvr::certs {
namespace {

class SigningTest : public ::testing::Test {
 protected:
  std::string dir() const { return place_.file("home"); }
  test::TemporaryDirectory place_;
};

TEST_F(SigningTest, MakesPrivateKeysOnceAndKeepsThem) {
  const auto first = Signer::open(dir());
  ASSERT_TRUE(first) << first.error().text;
  EXPECT_EQ(test::mode_of(dir() + "/signing-ed25519.pem"), 0600U);
  EXPECT_EQ(test::mode_of(dir() + "/signing-p256.pem"), 0600U);
  const auto second = Signer::open(dir());
  ASSERT_TRUE(second);
  EXPECT_EQ(first->ed25519_public_pem(), second->ed25519_public_pem());
  EXPECT_EQ(*first->sign_ed25519("m"), *second->sign_ed25519("m"));
  EXPECT_EQ(spki_fingerprint(first->ed25519_public_pem()).size(), 64U);
}

TEST_F(SigningTest, SignaturesHoldForTheirMessageAlone) {
  const auto signer = Signer::open(dir());
  ASSERT_TRUE(signer);
  const std::string ed25519 = *signer->sign_ed25519("m"), p256 = *signer->sign_p256("m");
  EXPECT_TRUE(verify_ed25519(signer->ed25519_public_pem(), "m", ed25519));
  EXPECT_TRUE(verify_p256(signer->p256_public_pem(), "m", p256));
  EXPECT_FALSE(verify_ed25519(signer->ed25519_public_pem(), "n", ed25519));
  EXPECT_FALSE(verify_p256(signer->p256_public_pem(), "n", p256));
  EXPECT_FALSE(verify_ed25519(signer->p256_public_pem(), "m", ed25519)) << "a key of another kind";
  EXPECT_FALSE(verify_p256(signer->p256_public_pem() + "\n", "m", p256)) << "something stands behind the key";
  EXPECT_FALSE(verify_ed25519("no key", "m", ed25519));
  EXPECT_EQ(spki_fingerprint("no key"), "");
}

TEST_F(SigningTest, RefusesLooseAndForeignFiles) {
  ASSERT_TRUE(Signer::open(dir()));
  const std::string path = dir() + "/signing-p256.pem";
  ASSERT_EQ(::chmod(path.c_str(), 0644), 0);
  EXPECT_EQ(Signer::open(dir()).error().code, ErrorCode::kEnvironment);
  ASSERT_EQ(::chmod(path.c_str(), 0600), 0);
  std::filesystem::copy_file(dir() + "/signing-ed25519.pem", path, std::filesystem::copy_options::overwrite_existing);
  EXPECT_NE(Signer::open(dir()).error().text.find("not a signing key"), std::string::npos);
}

}  // namespace
}  // namespace cvr::certs
