// Bodies beneath a Content-Encoding: tools write them as they were on the wire, decoded, or cut.  Pure.
#pragma once

#include <optional>
#include <string>

#include "importers/message.h"

namespace cvr::importers {

// The fields stand already.  A body that stands decoded is coded anew; one whose coding is broken stays as it is, so
// that redaction leaves it out as it does in a recording.  All bodies of a file together may decompress to what
// Losses::unpackable says; the others are missing.
void set_body(std::string body, http::Fields& fields, std::string& out, std::optional<BodyDigest>& missing,
              const Place& place);

}  // namespace cvr::importers
