// The record as files: an interaction as text, the timeline as CSV, the hash chain.  Pure.
#pragma once

#include <string>

#include "bundle/evidence.h"

namespace cvr::bundle {

// Request and answer as they went over the wire, decoded and redacted; a body that is no text stands in base64.
std::string http_text(std::uint64_t n, const RedactedParts& parts);

// A cell of CSV (RFC 4180), harmless in a spreadsheet: what begins like a formula gets a quote before it.
std::string csv_cell(std::string_view text);

// utc,n,method,path,status,code,request_id,credential,ms: the whole recording.  The credential by the last
// characters of its pseudonym.
std::string timeline_csv(const Evidence& evidence);

// {"n","prev","digest"} a line, over the whole recording: digest is SHA-256 over the hex digits of prev and those of
// SHA-256 of the interaction's text; prev of the first is 64 zeros.  Lines stand for the interactions `shown` (sorted)
// and the last one; between two lines the chain goes through those that are not shown.
std::string chain_lines(const diagnose::Recording& recording, const std::vector<std::uint64_t>& shown);
std::string chain_step(std::string_view previous, std::string_view http);

}  // namespace cvr::bundle
