// Interaction: one request and its response or failure, raw (memory only).
// RedactedInteraction: the same with every secret replaced; the only thing a cassette, an
// exporter, a matcher or a report ever sees.
//
// "Redaction is a type": RedactedInteraction has no public constructor.  Only the redactor and the
// decoder of a cassette can make one (RedactionPass below), so a raw write does not compile;
// tests/unit/model/compile_fail shows it.  Plain values, one thread at a time.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/http.h"

namespace cvr {

// ---- facts that carry no payload -----------------------------------------------------------

enum class FailureKind : std::uint8_t { kDns, kConnect, kTls, kTimeout, kReset, kProtocol };
std::string_view to_string(FailureKind kind);  // the words of CONTRACT: dns connect tls ...
std::optional<FailureKind> failure_kind_from(std::string_view word);

enum class Arrival : std::uint8_t { kConnect, kAbsolute, kReverse, kImport };  // how it reached CVR
std::string_view to_string(Arrival arrival);                                   // connect absolute reverse import
std::optional<Arrival> arrival_from(std::string_view word);

std::string_view to_string(Framing framing);  // none length chunked close
std::optional<Framing> framing_from(std::string_view word);

// One piece of a body as it arrived: `bytes` of wire payload, `at_us` after the response began.
struct Piece {
  std::uint64_t bytes = 0;
  std::int64_t at_us = 0;
  bool operator==(const Piece&) const = default;
};

struct Timing {
  std::int64_t started_utc_us = 0;  // first byte of the request
  std::int64_t request_us = 0;      // durations from `started`, monotonic: request complete
  std::int64_t first_byte_us = 0;   // response head complete
  std::int64_t finished_us = 0;     // response complete or failed
  bool operator==(const Timing&) const = default;
};

// Known flags; a cassette may hold others, they are kept.
inline constexpr std::string_view kFlagAmbiguousFraming = "ambiguous-framing";
inline constexpr std::string_view kFlagInsecureUpstream = "insecure-upstream";
inline constexpr std::string_view kFlagIncomplete = "incomplete";                 // the body stopped half way
inline constexpr std::string_view kFlagClientGone = "client-gone";                // the client left before the end
inline constexpr std::string_view kFlagSessionEnded = "session-ended";            // since CVR ended (--grace)
inline constexpr std::string_view kFlagIncompleteRequest = "incomplete-request";  // answered before its body was whole
inline constexpr std::string_view kFlagGateRefused = "gate-refused";              // CVR's own gate refused the request
inline constexpr std::string_view kFlagControl = "control";  // of a probe: it is to fail, or shows nothing of the API
inline constexpr std::string_view kFlagCertificateRefused =
    "certificate-refused";  // the client refused CVR's certificate
// Behind these stands what was seen of the upstream's TLS: "tls-issuer: CN of the issuer", "tls-version: TLS 1.3".
inline constexpr std::string_view kFlagTlsIssuer = "tls-issuer: ";
inline constexpr std::string_view kFlagTlsVersion = "tls-version: ";

struct Failure {
  FailureKind kind = FailureKind::kConnect;
  std::string detail;  // for people, payload-free
  bool operator==(const Failure&) const = default;
};

// ---- raw -----------------------------------------------------------------------------------

// A body too large to keep: what is still known of it.
struct BodyDigest {
  std::uint64_t size = 0;
  std::array<std::uint8_t, 32> sha256{};
  std::string reason = {};  // in words that begin with "omitted: "; then there is no digest.  Empty: it was too large
};

struct Interaction {
  http::Request request;
  std::optional<BodyDigest> request_over_limit;   // set: request.body is empty
  std::optional<http::Response> response;         // may stand beside `failure`: it stopped half way
  std::optional<BodyDigest> response_over_limit;  // set: response->body is empty
  std::optional<Failure> failure;
  Framing response_framing = Framing::kNone;
  Arrival arrival = Arrival::kConnect;
  std::vector<Piece> pieces;
  std::vector<std::string> flags;
  std::string step;  // tag of a probe step, else empty
  Timing timing;
  // Of what was imported: media types that a file names beside the headers (they count where no header says one), and
  // the notes of an earlier recording.
  std::string request_type = {}, response_type = {};
  std::vector<std::string> notes = {};
};

// ---- redacted ------------------------------------------------------------------------------

// What stands for a secret is a pseudonym of a kind.  Kinds are compared when values differ.
enum class Kind : std::uint8_t {
  kToken,  // opaque token or key
  kJwt,
  kUuid,
  kPassword,
  kUser,  // account or client id
  kCookie,
  kHeader,  // the value of a header that is on no list
  kSignature,
  kNumber,
  kEmail,
  kPhone,
  kName,  // of a person or company
  kTail,  // aircraft registration
  kPrice,
  kPlace,  // airport
  kDate,
  kId,    // vendor's id
  kText,  // free text
  kOther,
};
std::string_view to_string(Kind kind);
std::optional<Kind> kind_from(std::string_view word);

// A stretch of a redacted text that is a pseudonym.  Offsets in bytes of the redacted text;
// spans of one text are sorted and do not overlap.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;
  Kind kind = Kind::kOther;
  std::string rule;  // which rule did it, e.g. "header.allowlist", "ledger", "profile.json"
  bool operator==(const Span&) const = default;
};

struct RedactedText {
  std::string text;
  std::vector<Span> spans;
  bool operator==(const RedactedText&) const = default;
};

struct RedactedField {
  RedactedText name;  // spans only when a secret stood in the name
  RedactedText value;
  bool operator==(const RedactedField&) const = default;
};

// A body, decoded (content codings removed) and redacted.  `omitted` set: bytes are empty and
// the text is the reason, in words that begin with "omitted: ".
struct RedactedBody {
  RedactedText content;
  std::vector<std::string> codings;  // original content codings, in the order they were applied
  std::uint64_t wire_size = 0;       // before decoding, transfer coding removed
  std::optional<std::string> omitted;
  std::string digest;  // of an omitted body: keyed digest, hex; else empty
  bool operator==(const RedactedBody&) const = default;
};

struct RedactedRequest {
  std::string method;
  http::Origin origin;
  RedactedText path;
  RedactedText query;
  bool has_query = false;
  int minor_version = 1;
  std::vector<RedactedField> fields;
  RedactedBody body;
  std::vector<RedactedField> trailers;
  bool operator==(const RedactedRequest&) const = default;
};

struct RedactedResponse {
  int status = 0;
  RedactedText reason;
  int minor_version = 1;
  std::vector<RedactedField> fields;
  RedactedBody body;
  std::vector<RedactedField> trailers;
  bool operator==(const RedactedResponse&) const = default;
};

// 128-bit identities of a request for replay, computed by proxy/match under the rules whose
// fingerprint stands beside them.  `bucket`: with pseudonyms replaced by their kinds.
// `exact`: with the pseudonyms themselves.  Zero means "not computed".
struct MatchKey {
  std::uint64_t bucket_lo = 0, bucket_hi = 0;
  std::uint64_t exact_lo = 0, exact_hi = 0;
  std::uint64_t rules = 0;  // fingerprint of the match rules
  bool operator==(const MatchKey&) const = default;
};

// The fields of a redacted interaction.  On its own it is only a draft: nothing writes it.
struct RedactedParts {
  RedactedRequest request;
  std::optional<RedactedResponse> response;
  std::optional<Failure> failure;
  Framing response_framing = Framing::kNone;
  Arrival arrival = Arrival::kConnect;
  std::vector<Piece> pieces;
  std::vector<std::string> flags;
  std::vector<std::string> notes;  // e.g. "etag kept although the body changed"
  std::string step;
  Timing timing;
  MatchKey key;
  bool operator==(const RedactedParts&) const = default;
};

class RedactedInteraction {
 public:
  const RedactedParts* operator->() const { return &parts_; }
  const RedactedParts& operator*() const { return parts_; }
  bool operator==(const RedactedInteraction&) const = default;

  // The match key is derived from redacted parts, so setting it cannot leak.
  void set_key(const MatchKey& key) { parts_.key = key; }

 private:
  friend class RedactionPass;
  explicit RedactedInteraction(RedactedParts parts) : parts_(std::move(parts)) {}
  RedactedParts parts_;
};

// The key to the constructor.  Its only users are proxy/redact/redactor.cpp and
// proxy/cassette/codec.cpp; tests/tidy fails when another file of proxy/ or tools/ names it.
class RedactionPass {
 public:
  static RedactedInteraction vouch(RedactedParts parts) { return RedactedInteraction(std::move(parts)); }
};

}  // namespace cvr
