#include "certs/issue.h"

#include <set>

#include "certs/inspect.h"
#include "unit/certs/support.h"

namespace cvr::certs {
namespace {

using test::extension_text;
using test::kNow;

class Issue : public ::testing::Test {
 protected:
  X509Ptr leaf(const std::string& host, std::int64_t now = kNow) {
    return std::move(*make_leaf(host, leaf_key_.get(), root(), root_.key.get(), now));
  }
  X509* root() { return root_.certificate.get(); }

  test::Root root_ = test::make_test_root({"avinode.com"});
  KeyPtr leaf_key_ = std::move(*make_key());
};

std::string common_name_of(X509* certificate) {
  char text[128] = {};
  X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, text, sizeof text);
  return text;
}

TEST_F(Issue, RootHasEveryExtensionOfTheRecipe) {
  EXPECT_EQ(X509_get_version(root()), X509_VERSION_3);
  EXPECT_EQ(extension_text(root(), NID_basic_constraints), "critical CA:TRUE, pathlen:0");
  EXPECT_EQ(extension_text(root(), NID_key_usage), "critical Certificate Sign, CRL Sign");
  EXPECT_EQ(extension_text(root(), NID_subject_key_identifier).size(), 59U);  // 20 bytes in hex
  EXPECT_NE(extension_text(root(), NID_name_constraints), "");
  EXPECT_EQ(X509_get_ext_count(root()), 4);
  EXPECT_EQ(X509_self_signed(root(), 1), 1);
  EXPECT_EQ(common_name_of(root()), "Test CA");
}

TEST_F(Issue, RootLivesAtMostNinetyDaysAndBeginsADayBack) {
  const Validity validity = validity_of(root());
  EXPECT_EQ(validity.not_before_utc_s, kNow - kDay);
  EXPECT_EQ(validity.not_after_utc_s, kNow + 89 * kDay - 1);
}

TEST_F(Issue, KeysAreOnP256) {
  EXPECT_EQ(EVP_PKEY_get_bits(root_.key.get()), 256);
  EXPECT_EQ(EVP_PKEY_get_base_id(root_.key.get()), EVP_PKEY_EC);
}

TEST_F(Issue, RootNameIsBounded) {
  EXPECT_TRUE(make_root(root_.key.get(), std::string(64, 'n'), {"a.example"}, kNow));
  EXPECT_EQ(make_root(root_.key.get(), std::string(65, 'n'), {"a.example"}, kNow).error().code, ErrorCode::kUsage);
  EXPECT_EQ(make_root(root_.key.get(), "", {"a.example"}, kNow).error().code, ErrorCode::kUsage);
}

TEST_F(Issue, LeafHasEveryExtensionOfTheRecipe) {
  const X509Ptr made = leaf("sandbox.avinode.com");
  EXPECT_EQ(X509_get_version(made.get()), X509_VERSION_3);
  EXPECT_EQ(extension_text(made.get(), NID_basic_constraints), "critical CA:FALSE");
  EXPECT_EQ(extension_text(made.get(), NID_key_usage), "critical Digital Signature");
  EXPECT_EQ(extension_text(made.get(), NID_ext_key_usage), "TLS Web Server Authentication");
  EXPECT_EQ(extension_text(made.get(), NID_subject_alt_name), "DNS:sandbox.avinode.com");
  EXPECT_EQ(extension_text(made.get(), NID_subject_key_identifier).size(), 59U);
  // Whether "keyid:" stands before it depends on OpenSSL's version.
  EXPECT_TRUE(extension_text(made.get(), NID_authority_key_identifier)
                  .find(extension_text(root(), NID_subject_key_identifier)) != std::string::npos);
  EXPECT_EQ(X509_get_ext_count(made.get()), 6);
  EXPECT_EQ(common_name_of(made.get()), "sandbox.avinode.com");
}

TEST_F(Issue, LeafLivesADayInAllAndBeginsAnHourBack) {
  const Validity validity = validity_of(leaf("avinode.com", kNow + 10 * kDay).get());
  EXPECT_EQ(validity.not_before_utc_s, kNow + 10 * kDay - 3600);
  // Both ends belong to it (RFC 5280 section 4.1.2.5).
  EXPECT_EQ(validity.not_after_utc_s - validity.not_before_utc_s + 1, kDay);
}

TEST_F(Issue, LeafStaysWithinTheLifeOfTheRoot) {
  const Validity bounds = validity_of(root());
  EXPECT_EQ(validity_of(leaf("avinode.com", kNow - kDay + 60).get()).not_before_utc_s, bounds.not_before_utc_s);
  EXPECT_EQ(validity_of(leaf("avinode.com", bounds.not_after_utc_s - 60).get()).not_after_utc_s,
            bounds.not_after_utc_s);
}

TEST_F(Issue, LongHostIsCutInTheCommonNameOnly) {
  std::string host(60, 'a');
  host.append(".").append(60, 'b').append(".avinode.com");
  const X509Ptr made = leaf(host);
  EXPECT_EQ(common_name_of(made.get()), host.substr(0, 64));
  EXPECT_EQ(extension_text(made.get(), NID_subject_alt_name), "DNS:" + host);
  EXPECT_EQ(test::verify(made.get(), root(), host), X509_V_OK);
}

TEST_F(Issue, SerialsHaveSixteenBytesAndDiffer) {
  std::set<std::string> seen;
  for (int i = 0; i < 20; ++i) {
    const X509Ptr made = leaf("avinode.com");
    const ASN1_INTEGER* serial = X509_get0_serialNumber(made.get());
    ASSERT_EQ(ASN1_STRING_length(serial), 16);
    ASSERT_EQ(ASN1_STRING_type(serial), V_ASN1_INTEGER);  // not negative
    seen.emplace(reinterpret_cast<const char*>(ASN1_STRING_get0_data(serial)), 16);
  }
  EXPECT_EQ(seen.size(), 20U);
}

TEST_F(Issue, ChainsAreCheckedByTimeNameAndSigner) {
  const X509Ptr made = leaf("sandbox.avinode.com");
  EXPECT_EQ(test::verify(made.get(), root(), "sandbox.avinode.com"), X509_V_OK);
  EXPECT_EQ(test::verify(made.get(), root(), "other.avinode.com"), X509_V_ERR_HOSTNAME_MISMATCH);
  EXPECT_EQ(test::verify(made.get(), root(), "sandbox.avinode.com", kNow + 2 * kDay), X509_V_ERR_CERT_HAS_EXPIRED);
  EXPECT_EQ(test::verify(made.get(), root(), "sandbox.avinode.com", kNow - 2 * kDay), X509_V_ERR_CERT_NOT_YET_VALID);
  const auto stranger = test::make_test_root({"avinode.com"});
  EXPECT_NE(test::verify(made.get(), stranger.certificate.get(), "sandbox.avinode.com"), X509_V_OK);
}

TEST_F(Issue, NamesBeyondTheConstraintsDoNotVerify) {
  EXPECT_EQ(test::verify(leaf("evilavinode.com").get(), root(), "evilavinode.com"), X509_V_ERR_PERMITTED_VIOLATION);
}

}  // namespace
}  // namespace cvr::certs
