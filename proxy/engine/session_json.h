// Sessions as the control API tells of them (CONTRACT "Control API").  Values in, text out.
#pragma once

#include <string>
#include <string_view>

#include "base/json_writer.h"
#include "cvr/result.h"
#include "engine/sessions.h"

namespace cvr::engine {

// One object with the counts.
void write_counts(json::Writer& w, const Summary& summary, std::string_view cassette);

// Counts, misses with their reports, and the unused: what `eject` answers.
std::string full_json(const Summary& summary, std::string_view cassette);

// The body of PUT: {"mode": WORD, "cassette": NAME}, both optional, as is the body.  kMalformed: no JSON object of
// that shape, a member that is unknown, given twice or no text; the text names it and what is allowed.
Result<Wish> parse_wish(std::string_view body);

// The body of eject: {"discard": true|false}, optional as the member is.  The same errors.
Result<Keep> parse_eject(std::string_view body);

}  // namespace cvr::engine
