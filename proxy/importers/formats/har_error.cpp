#include "importers/formats/har_error.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/escape.h"
#include "importers/error_words.h"

namespace cvr::importers {
namespace {

constexpr std::size_t kLongest = 200;

constexpr std::array kWords = {
    // Of certificates, whatever else the name holds: ERR_CERT_COMMON_NAME_INVALID is no name that was not found.
    ErrorWord{"CERT_", FailureKind::kTls},
    ErrorWord{"SEC_ERROR_", FailureKind::kTls},
    ErrorWord{"PKIX_ERROR_", FailureKind::kTls},
    ErrorWord{"self signed certificate", FailureKind::kTls},
    ErrorWord{"self-signed certificate", FailureKind::kTls},
    ErrorWord{"unable to verify", FailureKind::kTls},
    ErrorWord{"unable to get local issuer", FailureKind::kTls},
    ErrorWord{"certificate has expired", FailureKind::kTls},
    ErrorWord{"SSL_", FailureKind::kTls},
    ErrorWord{"EPROTO", FailureKind::kTls},
    ErrorWord{"wrong version number", FailureKind::kTls},
    // Names.
    ErrorWord{"ERR_NAME_", FailureKind::kDns},
    ErrorWord{"ERR_DNS_", FailureKind::kDns},
    ErrorWord{"UNKNOWN_HOST", FailureKind::kDns},
    ErrorWord{"UNKNOWN_PROXY_HOST", FailureKind::kDns},
    ErrorWord{"ENOTFOUND", FailureKind::kDns},
    ErrorWord{"EAI_AGAIN", FailureKind::kDns},
    // Connections that were not made.
    ErrorWord{"CONNECTION_REFUSED", FailureKind::kConnect},
    ErrorWord{"CONNECTION_FAILED", FailureKind::kConnect},
    ErrorWord{"CONNECTION_TIMED_OUT", FailureKind::kConnect},
    ErrorWord{"ERR_ADDRESS_", FailureKind::kConnect},
    ErrorWord{"INTERNET_DISCONNECTED", FailureKind::kConnect},
    ErrorWord{"NETWORK_CHANGED", FailureKind::kConnect},
    ErrorWord{"NS_ERROR_OFFLINE", FailureKind::kConnect},
    ErrorWord{"ECONNREFUSED", FailureKind::kConnect},
    ErrorWord{"EHOSTUNREACH", FailureKind::kConnect},
    ErrorWord{"ENETUNREACH", FailureKind::kConnect},
    ErrorWord{"connect ETIMEDOUT", FailureKind::kConnect},
    // Connections that were.
    ErrorWord{"TIMED_OUT", FailureKind::kTimeout},
    ErrorWord{"NET_TIMEOUT", FailureKind::kTimeout},
    ErrorWord{"ETIMEDOUT", FailureKind::kTimeout},
    ErrorWord{"ESOCKETTIMEDOUT", FailureKind::kTimeout},
    ErrorWord{"CONNECTION_RESET", FailureKind::kReset},
    ErrorWord{"CONNECTION_CLOSED", FailureKind::kReset},
    ErrorWord{"CONNECTION_ABORTED", FailureKind::kReset},
    ErrorWord{"EMPTY_RESPONSE", FailureKind::kReset},
    ErrorWord{"INCOMPLETE_", FailureKind::kReset},
    ErrorWord{"CONTENT_LENGTH_MISMATCH", FailureKind::kReset},
    ErrorWord{"NET_RESET", FailureKind::kReset},
    ErrorWord{"NET_INTERRUPT", FailureKind::kReset},
    ErrorWord{"NET_PARTIAL_TRANSFER", FailureKind::kReset},
    ErrorWord{"ECONNRESET", FailureKind::kReset},
    ErrorWord{"EPIPE", FailureKind::kReset},
    ErrorWord{"socket hang up", FailureKind::kReset},
    ErrorWord{"PROTOCOL_ERROR", FailureKind::kProtocol},
    // The other ERR_INVALID_ are of what the client could not even send.
    ErrorWord{"ERR_INVALID_HTTP_RESPONSE", FailureKind::kProtocol},
    ErrorWord{"ERR_INVALID_CHUNKED_ENCODING", FailureKind::kProtocol},
    ErrorWord{"INVALID_CONTENT_ENCODING", FailureKind::kProtocol},
};

}  // namespace

std::optional<Failure> failure_of_text(std::string_view text) {
  if (text.empty()) return std::nullopt;
  // cvr export writes "kind: detail".
  const std::size_t colon = std::min(text.find(": "), text.size());
  if (const auto kind = failure_kind_from(text.substr(0, colon))) {
    return Failure{*kind, shortened(printable(text.substr(std::min(colon + 2, text.size()))), kLongest)};
  }
  const auto kind = kind_of_error(text.substr(0, kLongest), kWords);
  return kind ? std::optional(Failure{*kind, shortened(printable(text), kLongest)}) : std::nullopt;
}

}  // namespace cvr::importers
