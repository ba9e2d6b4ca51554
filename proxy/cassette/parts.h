// RedactedParts as msgpack and back: the schema of FORMAT.md, "An interaction".  Start time and
// match key are not in it: they stand before the msgpack, in a fixed place (codec.h).
//
// Packing is deterministic: equal parts give equal bytes.  Unpacking skips keys that it does not
// know, takes keys in any order, and refuses what breaks a limit of storable.h.  Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cvr/interaction.h"
#include "cvr/result.h"

namespace cvr::cassette {

// A body whose content stands in an earlier interaction.
struct BodyOf {
  std::uint64_t n = 0;  // from 1; 0: nowhere, the record holds it itself
  bool response = false;
};
struct EqualBodies {
  BodyOf request, response;
};

// The content of a body that is equal to an earlier one is left out, and the reference stands for it.
std::string pack_parts(const RedactedParts& parts, const EqualBodies& equal = {});

// kMalformed: not this schema; kUnsupported: a word of a newer version where none may be guessed.
// Where a reference stands for content, that is left empty and `equal` says where it is; without `equal`
// a reference is kMalformed.
Result<RedactedParts> unpack_parts(std::string_view msgpack, EqualBodies* equal = nullptr);

// The keys, shared by both directions.
namespace names {
inline constexpr std::string_view kTags = "tags";
inline constexpr std::string_view kRequest = "req";
inline constexpr std::string_view kResponse = "res";
inline constexpr std::string_view kFailure = "fail";
inline constexpr std::string_view kFraming = "framing";
inline constexpr std::string_view kArrival = "via";
inline constexpr std::string_view kPieces = "pieces";
inline constexpr std::string_view kFlags = "flags";
inline constexpr std::string_view kNotes = "notes";
inline constexpr std::string_view kStep = "step";
inline constexpr std::string_view kTiming = "t";
// of a request or a response
inline constexpr std::string_view kMethod = "m";
inline constexpr std::string_view kOrigin = "o";
inline constexpr std::string_view kPath = "p";
inline constexpr std::string_view kQuery = "q";
inline constexpr std::string_view kHasQuery = "hq";
inline constexpr std::string_view kMinorVersion = "v";
inline constexpr std::string_view kStatus = "s";
inline constexpr std::string_view kReason = "r";
inline constexpr std::string_view kFields = "h";
inline constexpr std::string_view kTrailers = "tr";
inline constexpr std::string_view kBody = "b";
// of a body
inline constexpr std::string_view kContent = "c";
inline constexpr std::string_view kEqual = "eq";
inline constexpr std::string_view kCodings = "k";
inline constexpr std::string_view kWireSize = "w";
inline constexpr std::string_view kOmitted = "om";
inline constexpr std::string_view kDigest = "dg";
}  // namespace names

}  // namespace cvr::cassette
