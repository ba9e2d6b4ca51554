// What cvr export keeps beside a format (exporters/own): `_cvr` of HAR, `metadata.cvr` of WireMock, `cvr` of vcrpy.  It
// comes from a file, so anybody may have written it.  Pure.
#pragma once

#include <optional>
#include <string>

#include "importers/message.h"

namespace cvr::importers {

// `own` and `side` ("request", "response") of it: nullptr when there is none.
const Node* own_side(const Node* own, std::string_view side);

// The headers as they were recorded take the place of those that the format shows, when they hold all of these; else
// somebody edited the file, and what it shows counts.
void take_own_fields(const Node* side, http::Fields& fields, const Place& place);

// What it says of a body that is not there; nullopt: nothing.
std::optional<BodyDigest> own_omission(const Node* side, const Place& place);
// The bytes of a body that the format only describes.
std::optional<std::string> own_body(const Node* side);

// All the rest: versions, trailers, times, pieces, flags, notes, framing, failure.  To be called when everything else
// is in place, instead of set_framing_and_time; `own` may be nullptr.
void finish_with_own(const Node* own, const Place& place, Interaction& out);

}  // namespace cvr::importers
