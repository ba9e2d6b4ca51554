// How WireMock recognises the body of a request.  Credentials of the recording are pseudonyms, which no client sends:
// they match anything, and so does the boundary of a multipart body, which is another each time.  Pure.
#pragma once

#include "base/json_writer.h"
#include "cvr/interaction.h"

namespace cvr::exporters {

// `bodyPatterns` or `multipartPatterns`, within the request's object; nothing for an empty body.
void write_body_pattern(json::Writer& w, const RedactedRequest& request);

}  // namespace cvr::exporters
