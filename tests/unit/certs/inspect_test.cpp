#include "certs/inspect.h"

#include "certs/issue.h"
#include "support/random.h"
#include "unit/certs/support.h"

namespace cvr::certs {
namespace {

// A root like ours but for what `spoil` does to it.
template <class Spoil>
std::string unsoundness_with(Spoil spoil) {
  const auto root = test::make_test_root({"avinode.com"});
  spoil(root.certificate.get());
  X509_sign(root.certificate.get(), root.key.get(), EVP_sha256());
  return unsoundness_of(root.certificate.get(), root.key.get());
}

void replace_extension(X509* certificate, int nid, const char* value) {
  const ExtensionPtr old(X509_delete_ext(certificate, X509_get_ext_by_NID(certificate, nid, -1)));
  const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, nullptr, nid, value));
  X509_add_ext(certificate, extension.get(), -1);
}

TEST(Inspect, FactsAreThoseOfTheCertificate) {
  const auto root = test::make_test_root({"avinode.com", "localhost"});
  const AuthorityFacts facts = facts_of(root.certificate.get());
  EXPECT_EQ(facts.subject, "CN=Test CA,O=CVR local proxy");
  EXPECT_EQ(facts.permitted_hosts, (std::vector<std::string>{"avinode.com", "localhost"}));
  EXPECT_EQ(facts.sha256_fingerprint.size(), 95U);  // 32 bytes in hex, colons between
  EXPECT_EQ(facts.sha256_fingerprint[2], ':');
  EXPECT_EQ(facts.spki_sha256_base64.size(), 44U);
  EXPECT_EQ(facts.not_before_utc_s, test::kNow - kDay);
  EXPECT_EQ(facts.not_after_utc_s, test::kNow + 89 * kDay - 1);
}

TEST(Inspect, ControlBytesInASubjectAreEscaped) {
  const auto root = test::make_test_root({"avinode.com"});
  X509_NAME_add_entry_by_txt(X509_get_subject_name(root.certificate.get()), "OU", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>("a\x1b[31m\nb"), -1, -1, 0);
  const std::string subject = facts_of(root.certificate.get()).subject;
  EXPECT_EQ(subject.find_first_of("\x1b\n"), std::string::npos);
}

TEST(Inspect, CertificateAndKeySurvivePem) {
  const auto root = test::make_test_root({"avinode.com"});
  const auto certificate = parse_certificate(pem_of(root.certificate.get()));
  const auto key = parse_key(key_pem_of(root.key.get()));
  ASSERT_TRUE(certificate && key);
  EXPECT_EQ(X509_cmp(certificate->get(), root.certificate.get()), 0);
  EXPECT_EQ(EVP_PKEY_eq(key->get(), root.key.get()), 1);
  EXPECT_EQ(unsoundness_of(certificate->get(), key->get()), "");
}

TEST(Inspect, WhatIsNotPemIsMalformed) {
  for (const std::string& text :
       {std::string(), std::string("certificate"), std::string(1000, '\0'), cvr::test::random_hex(500)}) {
    EXPECT_EQ(parse_certificate(text).error().code, ErrorCode::kMalformed);
    EXPECT_EQ(parse_key(text).error().code, ErrorCode::kMalformed);
  }
  EXPECT_EQ(ERR_peek_error(), 0U);  // nothing left for a later SSL_read to stumble over
}

TEST(Inspect, EncryptedKeysAreRefusedWithoutAsking) {
  const KeyPtr key = std::move(*make_key());
  const BioPtr memory(BIO_new(BIO_s_mem()));
  std::string phrase = cvr::test::random_password();
  ASSERT_EQ(PEM_write_bio_PKCS8PrivateKey(memory.get(), key.get(), EVP_aes_128_cbc(), phrase.data(),
                                          static_cast<int>(phrase.size()), nullptr, nullptr),
            1);
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &data);
  EXPECT_FALSE(parse_key(std::string(data, static_cast<std::size_t>(size))));
}

TEST(Inspect, TruncatedAndFlippedPemNeverAborts) {
  const auto root = test::make_test_root({"avinode.com"});
  const std::string whole = pem_of(root.certificate.get());
  for (std::size_t cut = 0; cut + 2 < whole.size(); cut += 7) EXPECT_FALSE(parse_certificate(whole.substr(0, cut)));
  for (int i = 0; i < 300; ++i) {
    std::string bent = whole;
    bent[cvr::test::rng()() % bent.size()] = static_cast<char>('A' + i % 26);
    if (const auto certificate = parse_certificate(bent)) {
      static_cast<void>(facts_of(certificate->get()));
      static_cast<void>(unsoundness_of(certificate->get(), root.key.get()));
    }
  }
}

TEST(Inspect, OurOwnRootIsSound) {
  EXPECT_EQ(unsoundness_with([](X509*) {}), "");
}

TEST(Inspect, RootsThatBreakAPromiseAreNot) {
  EXPECT_NE(unsoundness_with([](X509* root) { replace_extension(root, NID_basic_constraints, "critical,CA:FALSE"); }),
            "");
  EXPECT_NE(unsoundness_with([](X509* root) { replace_extension(root, NID_basic_constraints, "critical,CA:TRUE"); }),
            "");
  EXPECT_NE(unsoundness_with([](X509* root) { replace_extension(root, NID_basic_constraints, "CA:TRUE,pathlen:0"); }),
            "");
  EXPECT_NE(unsoundness_with([](X509* root) {
              replace_extension(root, NID_name_constraints, "critical,permitted;DNS:avinode.com");
            }),
            "");
  EXPECT_NE(unsoundness_with([](X509* root) { ASN1_TIME_set(X509_getm_notAfter(root), test::kNow + 3650 * kDay); }),
            "");
}

TEST(Inspect, ForeignAndRsaKeysAreNot) {
  const auto root = test::make_test_root({"avinode.com"});
  EXPECT_NE(unsoundness_of(root.certificate.get(), make_key()->get()), "");
  const KeyPtr rsa(EVP_RSA_gen(2048));
  const X509Ptr certificate = std::move(*make_root(rsa.get(), "RSA", {"avinode.com"}, test::kNow));
  EXPECT_EQ(unsoundness_of(certificate.get(), rsa.get()), "its key is not on P-256");
}

}  // namespace
}  // namespace cvr::certs
