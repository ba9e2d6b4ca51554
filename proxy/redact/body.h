// Bodies: content codings off, the rule of the type, then the ledger and the patterns.  What can
// not be decoded or read is omitted with a reason (REDACTION: fail closed).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cvr/interaction.h"
#include "redact/context.h"
#include "redact/finder.h"
#include "redact/wide.h"

namespace cvr::redact {

// A body between the two passes.  Refers to the raw message, which outlives it.
struct BodyDraft {
  std::string decoded;            // when a content coding or UTF-16 was removed
  std::string_view text;          // the decoded bytes: `decoded` or the raw body
  bool cut = false;               // the message stopped half way
  std::string_view said_type;     // the media type, when no header names one
  std::optional<ByteOrder> wide;  // the body is UTF-16
  std::string charset;            // the body was read from this one, which is not Unicode
  std::string original;           // then, or when wide: its bytes without content codings
  std::string other_charset;      // the body is UTF-8 although it says this; a reader may believe it
  Edits edits;
  RedactedBody result;  // all but the content
  std::optional<RedactedBody> done;

  void omit(std::string_view reason, std::string digest);
};

// First pass: decodes, finds sensitive names, learns their values.
void collect_body(std::string_view wire, const http::Fields& fields, const std::optional<BodyDigest>& over_limit,
                  std::uint64_t limit_bytes, Context& context, BodyDraft& draft);

// Second pass.
RedactedBody finish_body(BodyDraft& draft, std::string_view wire, const Finder& finder, Context& context);

// Whether the other of two possible charsets of the finished bytes shows no known secret.
bool other_reading_is_clean(std::string_view bytes, const BodyDraft& draft, const Finder& finder);
inline constexpr std::string_view kTwoCharsets = "a known secret in one of two charsets";

// Learns what looks alone gave away in a text whose edits these are; a bounded number.
void learn_seen(std::string_view text, const Edits& edits, Masker& masker);
bool body_changed(const RedactedBody& body);

}  // namespace cvr::redact
