// Decoded views of a text: percent-coding, JSON escapes, HTML entities and quoted-printable resolved
// wherever they stand, leniently, so that the ledger finds a value however it is spelled.  What is
// found in a view is lifted back to the bytes of the source it came from.  Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "redact/edits.h"

namespace cvr::redact {

// kAll decodes percent, JSON, HTML and shell quotes side by side in one pass, so that applying it again and again
// undoes encodings in encodings, whatever their order.
enum class View : std::uint8_t {
  kPercent,      // RFC 3986 section 2.1
  kPercentPlus,  // and '+' is a space (forms)
  kJson,         // RFC 8259 section 7, and "\x41", "\u{41}" and "\101" of JavaScript
  kHtml,         // character references; CDATA sections in the middle of a text
  kShell,        // a single quote within single quotes: '\'' and '"'"'
  kQuoted,       // quoted-printable, RFC 2045 section 6.7
  kQuotedPairs,  // the same in name=value pairs, whose '=' is no escape
  kEventData,    // lines of one event joined (WHATWG HTML section 9.2)
  kSpaced,       // any white space inside base64 left out
  kUnfolded,     // line breaks inside base64 left out (RFC 2045 section 6.8, PEM)
  kAll,
};

// Whether the text holds anything that the view would decode.
bool has_view(std::string_view text, View view);

std::string decode(std::string_view text, View view);
// The inverse, for inserting: everything that could be misread is encoded.  Not for kAll, kSpaced, kUnfolded.
std::string encode(std::string_view text, View view);
// The coding of the first unit in `stretch` that is encoded; kPercent when none is.
View coding_of(std::string_view stretch);

// Turns edits of decode(source) into edits of `source`, their texts encoded (for kAll: in the coding
// of the stretch they replace).
Edits lift(std::string_view source, View view, Edits edits);

}  // namespace cvr::redact
