// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

Try issued_by(const char* issuer) { return get("/rfqs", new_pair()).flag(std::string(kFlagTlsIssuer) + issuer); }

TEST(N03, AChainThatIsNotAccepted) {
  const auto fails = [](const char* detail) {
    return tell(on_monday({get("/rfqs", new_pair()).fails(FailureKind::kTls, detail)}));
  };
  EXPECT_HIT(fails("unable to get local issuer certificate"), "N03");
  EXPECT_FALSE(fails("unsupported protocol version").hit("N03"));
}

TEST(N03, APrivateIssuerAfterAPublicOne) {
  EXPECT_HIT(tell(on_monday({issued_by("R11"), issued_by("Acme Corp Inspection CA")})), "N03");
  EXPECT_CLEAN(tell(on_monday({issued_by("R11"), issued_by("E5")})), "N03");
  EXPECT_CLEAN(tell(on_monday({issued_by("R11"), issued_by("DigiCert TLS RSA SHA256 2020 CA1")})), "N03");
  EXPECT_CLEAN(tell(on_monday({issued_by("Test CA"), issued_by("Test CA")})), "N03");
}

TEST(N03, WhoSaysNothingOrDidNotLook) {
  Tape imported(kMonday);
  imported.arrival = Arrival::kImport;
  imported.add(get("/rfqs", new_pair()));
  EXPECT_OPEN(tell(imported), "N03");
  EXPECT_OPEN(tell(on_monday({get("/rfqs", new_pair()).flag(kFlagInsecureUpstream)})), "N03");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair())})), "N03");
}

// A certificate of the client's own says nothing of the vendor's.
TEST(N03, TheClientsOwnCertificateIsNotTheChain) {
  for (const char* text : {"net::ERR_SSL_CLIENT_AUTH_CERT_NEEDED", "net::ERR_BAD_SSL_CLIENT_AUTH_CERT",
                           "net::ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED"}) {
    const Told told = tell(on_monday({get("/rfqs", new_pair()).fails(FailureKind::kTls, text)}));
    EXPECT_FALSE(told.hit("N03")) << text;
    EXPECT_HIT(told, "G09");
    EXPECT_EQ(told.verdict().level, Level::kNotProven);
  }
}

}  // namespace
}  // namespace cvr::diagnose::test
