// One message in two passes: `collect` reads every structured place and learns what is secret,
// `finish` searches what is left and writes.  A whole exchange is collected before anything of it
// is finished, so that a secret of the response is known while the request is written.
#pragma once

#include <algorithm>
#include <vector>

#include "cvr/interaction.h"
#include "redact/body.h"
#include "redact/headers.h"

namespace cvr::redact {

// Bodies may stop half way: the exchange broke off, a range was asked for (RFC 9110 section 15.3.7), or nothing but
// the connection's end told of the body's (RFC 9112 section 6.3).
template <class Exchange>
bool is_cut(const Exchange& exchange) {
  return exchange.failure || exchange.response_framing == Framing::kUntilClose ||
         (exchange.response && exchange.response->status == 206) ||
         std::ranges::find(exchange.flags, kFlagIncomplete) != exchange.flags.end();
}

struct FieldDraft {
  const http::Field* field = nullptr;
  HeaderRules::Decision decision;
  Edits edits;
};

struct RequestDraft {
  Edits path;
  Edits query;
  std::vector<FieldDraft> fields;
  std::vector<FieldDraft> trailers;
  BodyDraft body;
};

struct ResponseDraft {
  std::vector<FieldDraft> fields;
  std::vector<FieldDraft> trailers;
  BodyDraft body;
};

// Shared by all messages of a pass.
struct Tools {
  const HeaderRules& headers;
  std::uint64_t body_limit_bytes;
};

void collect(const http::Request& raw, const std::optional<BodyDigest>& over_limit, const Tools& tools,
             Context& context, RequestDraft& draft);
void collect(const http::Response& raw, const std::optional<BodyDigest>& over_limit, const Tools& tools,
             Context& context, ResponseDraft& draft);

// What the finder can not vouch for in a head is replaced as a whole.
RedactedText finish_text(std::string_view text, Edits edits, Kind kind, const Finder& finder, Context& context);

// Finishes a body before the rest of its message, so that what is learned from it is known there too.
void prepare(std::string_view raw, BodyDraft& draft, const Finder& finder, Context& context);

RedactedRequest finish(const http::Request& raw, RequestDraft& draft, const Finder& finder, Context& context);
RedactedResponse finish(const http::Response& raw, ResponseDraft& draft, const Finder& finder, Context& context);

// Facts about the redacted message that a reader should know: lengths, tags, digests.
void add_notes(std::string_view which, const http::Fields& fields, const RedactedBody& body,
               std::vector<std::string>& notes);

// When the ledger is full nothing can be vouched for: every text that no structure has replaced is.
void blank(RedactedRequest& request, Context& context);
void blank(RedactedResponse& response, Context& context);

}  // namespace cvr::redact
