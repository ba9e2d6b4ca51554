// Redacted interactions made by hand, for the tests of this folder.  Values.
#pragma once

#include <string>

#include "cvr/cassette.h"
#include "cvr/interaction.h"

namespace cvr::cassette {

// Interaction `n` of an imagined recording, small, with a body of about `body_size` bytes.
RedactedParts sample_parts(std::uint64_t n, std::size_t body_size = 40);
RedactedInteraction sample(std::uint64_t n, std::size_t body_size = 40);

// With something in every field, spans in every text among them.
RedactedParts full_parts();

Header sample_header();

}  // namespace cvr::cassette
