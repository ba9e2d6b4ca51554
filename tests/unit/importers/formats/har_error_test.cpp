#include "importers/formats/har_error.h"

namespace cvr::importers {
namespace {

TEST(HarError, TextsOfBrowsersAndOfNode) {
  const std::pair<const char*, FailureKind> kTexts[] = {
      {"net::ERR_NAME_NOT_RESOLVED", FailureKind::kDns},
      {"NS_ERROR_UNKNOWN_HOST", FailureKind::kDns},
      {"getaddrinfo ENOTFOUND sandbox.avinode.com", FailureKind::kDns},
      {"net::ERR_CERT_COMMON_NAME_INVALID", FailureKind::kTls},
      {"net::ERR_CERT_AUTHORITY_INVALID", FailureKind::kTls},
      {"SEC_ERROR_UNKNOWN_ISSUER", FailureKind::kTls},
      {"MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", FailureKind::kTls},
      {"self signed certificate in certificate chain", FailureKind::kTls},
      {"net::ERR_SSL_PROTOCOL_ERROR", FailureKind::kTls},
      {"SSL_ERROR_UNSUPPORTED_VERSION", FailureKind::kTls},
      {"net::ERR_CONNECTION_REFUSED", FailureKind::kConnect},
      {"net::ERR_CONNECTION_TIMED_OUT", FailureKind::kConnect},
      {"connect ECONNREFUSED 192.0.2.1:443", FailureKind::kConnect},
      {"connect ETIMEDOUT 192.0.2.1:443", FailureKind::kConnect},
      {"NS_ERROR_CONNECTION_REFUSED", FailureKind::kConnect},
      {"net::ERR_TIMED_OUT", FailureKind::kTimeout},
      {"NS_ERROR_NET_TIMEOUT", FailureKind::kTimeout},
      {"read ECONNRESET", FailureKind::kReset},
      {"net::ERR_CONTENT_LENGTH_MISMATCH", FailureKind::kReset},
      {"net::ERR_INCOMPLETE_CHUNKED_ENCODING", FailureKind::kReset},
      {"net::ERR_HTTP2_PROTOCOL_ERROR", FailureKind::kProtocol},
      {"net::ERR_INVALID_HTTP_RESPONSE", FailureKind::kProtocol},
      {"net::ERR_INVALID_CHUNKED_ENCODING", FailureKind::kProtocol},
      {"net::ERR_SSL_CLIENT_AUTH_CERT_NEEDED", FailureKind::kTls},
      {"net::ERR_BAD_SSL_CLIENT_AUTH_CERT", FailureKind::kTls},
      {"connect: refused", FailureKind::kConnect},
  };
  for (const auto& [text, kind] : kTexts) {
    const auto failure = failure_of_text(text);
    ASSERT_TRUE(failure) << text;
    EXPECT_EQ(failure->kind, kind) << text;
  }
}

TEST(HarError, OthersAreNoneAndLongOnesAreCut) {
  for (const char* text : {"", "net::ERR_ABORTED", "net::ERR_BLOCKED_BY_CLIENT", "NS_BINDING_ABORTED",
                           // What the client could not even send.
                           "net::ERR_INVALID_URL", "net::ERR_INVALID_ARGUMENT", "net::ERR_INVALID_HANDLE",
                           "net::ERR_INVALID_AUTH_CREDENTIALS"}) {
    EXPECT_FALSE(failure_of_text(text)) << text;
  }
  EXPECT_LE(failure_of_text("ECONNRESET " + std::string(100'000, 'x'))->detail.size(), 210u);
  EXPECT_EQ(failure_of_text("ECONNRESET \x1b[31m")->detail.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace cvr::importers
