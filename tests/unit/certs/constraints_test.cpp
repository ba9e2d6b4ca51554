#include "certs/constraints.h"

#include "certs/issue.h"
#include "unit/certs/support.h"

namespace cvr::certs {
namespace {

using Names = std::vector<std::string>;

X509Ptr bare_with(const char* constraints) {
  X509Ptr certificate(X509_new());
  if (constraints != nullptr) {
    const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, nullptr, NID_name_constraints, constraints));
    EXPECT_NE(extension, nullptr) << constraints;
    X509_add_ext(certificate.get(), extension.get(), -1);
  }
  return certificate;
}

#define CVR_NO_ADDRESSES ",excluded;IP:0.0.0.0/0.0.0.0,excluded;IP:0:0:0:0:0:0:0:0/0:0:0:0:0:0:0:0"

TEST(Constraints, StandInTheCertificateAsOpensslShowsThem) {
  const auto root = test::make_test_root({"avinode.com", "localhost"});
  EXPECT_EQ(test::extension_text(root.certificate.get(), NID_name_constraints),
            "critical Permitted:\n  DNS:avinode.com\n  DNS:localhost\n"
            "Excluded:\n  IP:0.0.0.0/0.0.0.0\n  IP:0:0:0:0:0:0:0:0/0:0:0:0:0:0:0:0");
}

TEST(Constraints, AreReadBack) {
  X509Ptr certificate(X509_new());
  ASSERT_TRUE(add_constraints(certificate.get(), {"a.example", "b.example"}));
  EXPECT_EQ(read_constraints(certificate.get()), (Names{"a.example", "b.example"}));
  EXPECT_EQ(read_constraints(bare_with("critical,permitted;DNS:a.example" CVR_NO_ADDRESSES).get()), Names{"a.example"});
}

TEST(Constraints, LooserOnesAreNotTaken) {
  EXPECT_EQ(read_constraints(bare_with(nullptr).get()), std::nullopt);
  const char* const loose_ones[] = {
      "permitted;DNS:a.example" CVR_NO_ADDRESSES,  // not critical
      "critical,permitted;DNS:a.example",          // addresses open
      "critical,permitted;DNS:a.example,excluded;IP:0.0.0.0/0.0.0.0",
      "critical,permitted;DNS:a.example,excluded;IP:10.0.0.0/255.0.0.0,excluded;IP:0:0:0:0:0:0:0:0/0:0:0:0:0:0:0:0",
      "critical,permitted;DNS:a.example,permitted;IP:127.0.0.0/255.0.0.0" CVR_NO_ADDRESSES,
      "critical" CVR_NO_ADDRESSES,  // everything
  };
  for (const char* loose : loose_ones) {
    EXPECT_EQ(read_constraints(bare_with(loose).get()), std::nullopt) << loose;
  }
  X509Ptr everything(X509_new());
  ASSERT_TRUE(add_constraints(everything.get(), {""}));
  EXPECT_EQ(read_constraints(everything.get()), std::nullopt);
}

TEST(Constraints, BindLeaves) {
  const auto root = test::make_test_root({"avinode.com", "localhost"});
  const KeyPtr key = std::move(*make_key());
  const auto verdict = [&](const std::string& san, const std::string& host) {
    const X509Ptr leaf = test::forge_leaf(root, key.get(), san);
    return test::verify(leaf.get(), root.certificate.get(), host);
  };
  EXPECT_EQ(verdict("DNS:sandbox.avinode.com", "sandbox.avinode.com"), X509_V_OK);
  EXPECT_EQ(verdict("DNS:avinode.com", "avinode.com"), X509_V_OK);
  EXPECT_EQ(verdict("DNS:*.avinode.com", "x.avinode.com"), X509_V_OK);
  EXPECT_EQ(verdict("DNS:localhost", "localhost"), X509_V_OK);
  EXPECT_EQ(verdict("DNS:evilavinode.com", "evilavinode.com"), X509_V_ERR_PERMITTED_VIOLATION);
  EXPECT_EQ(verdict("DNS:example.org", "example.org"), X509_V_ERR_PERMITTED_VIOLATION);
  EXPECT_EQ(verdict("DNS:sandbox.avinode.com,DNS:example.org", "sandbox.avinode.com"), X509_V_ERR_PERMITTED_VIOLATION);
  EXPECT_EQ(verdict("IP:127.0.0.1", "127.0.0.1"), X509_V_ERR_EXCLUDED_VIOLATION);
  EXPECT_EQ(verdict("IP:0:0:0:0:0:0:0:1", "::1"), X509_V_ERR_EXCLUDED_VIOLATION);
}

TEST(Constraints, ARootWithoutHostsPermitsTheMagicHostAlone) {
  const auto root = test::make_test_root({});
  EXPECT_EQ(read_constraints(root.certificate.get()), Names{"cvr.localhost"});
}

}  // namespace
}  // namespace cvr::certs
