// What of an interaction has no place in a format, each by a name that `cvr export --list-formats` shows.  Pure.
#pragma once

#include <string_view>

#include "cvr/interaction.h"

namespace cvr::exporters::losses {

inline constexpr std::string_view kWireSizes = "sizes on the wire of bodies that were redacted, compressed or left out";
inline constexpr std::string_view kRules = "which rule replaced what";
inline constexpr std::string_view kWhyOmitted = "why a body was omitted, and its digest";
inline constexpr std::string_view kNoUtf8 = "bytes of headers and reasons that are no UTF-8";
inline constexpr std::string_view kFineTimes = "times finer than a millisecond";
inline constexpr std::string_view kTimes = "times";
inline constexpr std::string_view kFailureAlone = "failures without a response";
inline constexpr std::string_view kFailures = "kinds of failures";
inline constexpr std::string_view kResponses = "responses";
inline constexpr std::string_view kTrailers = "trailers";
inline constexpr std::string_view kPieces = "pieces of a body as they arrived";
inline constexpr std::string_view kFraming = "framing";
inline constexpr std::string_view kNotes = "notes and flags";
inline constexpr std::string_view kOmitted = "bodies that were omitted";
inline constexpr std::string_view kBinary = "binary bodies";
inline constexpr std::string_view kShort = "pseudonyms of under eight bytes, which an import replaces anew";
inline constexpr std::string_view kGaps = "gaps of the recording, but as a comment";
inline constexpr std::string_view kRefusals = "clients that were not heard";  // of every format

// Whether the interaction holds what has that name.  A name that is none of these: false, it can not be told from one
// interaction.
bool holds(std::string_view name, const RedactedParts& parts);

}  // namespace cvr::exporters::losses
