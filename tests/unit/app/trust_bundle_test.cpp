#include "app/trust_bundle.h"

#include "support/random.h"

namespace cvr::app {
namespace {

std::string block(const std::string& label, const std::string& inside) {
  return "-----BEGIN " + label + "-----\n" + inside + "\n-----END " + label + "-----\n";
}

TEST(TrustBundle, CertificatesComeInOrderAndOnce) {
  const std::string a = block("CERTIFICATE", "AAAA");
  const std::string b = block("X509 CERTIFICATE", "BBBB");
  const std::string c = block("TRUSTED CERTIFICATE", "CCCC");
  TrustBundle bundle;
  EXPECT_EQ(bundle.add(a + "# a comment\n" + b), 2U);
  EXPECT_EQ(bundle.add(b + a + c), 3U);
  EXPECT_EQ(bundle.text(), a + b + c);
}

TEST(TrustBundle, NothingButCertificatesIsTaken) {
  const std::string secret = test::random_text(40, "abcdefghijklmnopqrstuvwxyz");
  for (const char* label : {"PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "CERTIFICATE REQUEST", "X"}) {
    TrustBundle bundle;
    const std::string good = block("CERTIFICATE", "AAAA");
    EXPECT_EQ(bundle.add(secret + "\n" + block(label, secret) + good + secret), 1U) << label;
    EXPECT_EQ(bundle.text(), good);
  }
}

TEST(TrustBundle, BrokenBlocksAreNone) {
  const std::string good = block("CERTIFICATE", "AAAA");
  for (const std::string& bad :
       {std::string("-----BEGIN CERTIFICATE-----\nAAAA\n"), std::string("-----BEGIN CERTIFICATE"),
        std::string("-----BEGIN "), std::string("-----BEGIN CERTIFICATE-----\nAAAA\n-----END X509 CERTIFICATE-----\n"),
        block("CERTIFICATE", "not base64!"), block("CERTIFICATE", std::string("A\0A", 3)),
        std::string("-----BEGIN CERTIFICATE-----\n-----BEGIN RSA PRIVATE")}) {
    TrustBundle bundle;
    EXPECT_EQ(bundle.add(bad), 0U) << bad;
    EXPECT_EQ(bundle.add(bad + "\n" + good), 1U) << bad;
    EXPECT_EQ(bundle.text(), good);
  }
}

TEST(TrustBundle, EmptyAndForeignFiles) {
  TrustBundle bundle;
  EXPECT_EQ(bundle.add(""), 0U);
  EXPECT_EQ(bundle.add(std::string(100'000, '-')), 0U);
  EXPECT_EQ(bundle.text(), "");
}

TEST(TrustBundle, LineEndsOfOtherSystems) {
  TrustBundle bundle;
  EXPECT_EQ(bundle.add("-----BEGIN CERTIFICATE-----\r\nAAAA\r\n-----END CERTIFICATE-----\r\n"), 1U);
}

// Many beginnings and no end: each byte is looked at a few times, not once a beginning.
TEST(TrustBundle, ManyBeginnings) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "-----BEGIN CERTIFICATE-----\n";
  TrustBundle bundle;
  EXPECT_EQ(bundle.add(text), 0U);
}

}  // namespace
}  // namespace cvr::app
