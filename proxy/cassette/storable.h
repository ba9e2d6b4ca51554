// The limits of a record, the same for writing and for reading: what is acknowledged can be read
// again, and a hostile record costs memory in proportion to its size (SAFETY T13).  Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "cvr/interaction.h"
#include "cvr/result.h"

namespace cvr::cassette {

inline constexpr std::size_t kMostFields = 65'536;  // of one head or trailer; the gate lets 256 pass
inline constexpr std::size_t kMostWords = 4'096;    // codings, flags, notes
inline constexpr std::size_t kMostTags = 65'536;    // pairs of kind and rule
inline constexpr std::size_t kMostPieces = 4'194'304;
inline constexpr std::uint64_t kMostRecord = 0x70000000;  // bytes before compression, all told

// Sorted, apart from each other, not empty, inside the text.
bool spans_are_sound(std::size_t text_size, const std::vector<Span>& spans);

// kLimit when a limit is passed, kMalformed for spans that are not sound.
Result<void> check_storable(const RedactedParts& parts);

}  // namespace cvr::cassette
