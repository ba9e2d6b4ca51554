// The seal check on a cassette (REDACTION layer 6): the one walk over every string of every record, which all that
// seals, verifies, mends or copies a cassette shares.  Parsed texts are searched as what they are; what no decoder
// tells (unknown keys, words read as others, tables, match keys, frames of unknown types) as bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cvr/cassette.h"
#include "cvr/matcher.h"
#include "cvr/redactor.h"

namespace cvr::engine {

struct SealFinding {
  enum class In : std::uint8_t {
    kWords,    // of a gap or a refusal: can be rewritten
    kAside,    // told by no decoder: goes when the cassette is written anew
    kHeader,   // stays: `cvr redact -o` makes another one
    kUnknown,  // a frame of an unknown type: stays; `cvr redact -o` leaves it out
  };
  In in = In::kWords;
  Leak leak;
};

// All leaks of an interaction, in what it was decoded to and beside that.
std::vector<Leak> leaks_of(const cassette::Reader& reader, std::uint64_t index, const RedactedParts& decoded,
                           const Redactor& redactor);

// All leaks outside of interactions.
std::vector<SealFinding> leaks_outside(const cassette::Reader& reader, const Redactor& redactor);

// Puts what holds a known secret anew, all over the file.  `is_clean`: interactions that need not be looked at.
// Answers how many records have changed.  kRefused: where one stands that can not be put anew, and the next command;
// nothing, or not all of it, has changed then, and the file must not be sealed.
Result<std::uint64_t> purge(cassette::Writer& writer, const Redactor& redactor, const match::MatchRules& rules,
                            const std::function<bool(std::uint64_t number)>& is_clean = {});

}  // namespace cvr::engine
