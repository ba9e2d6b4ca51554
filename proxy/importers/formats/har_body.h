// Bodies of a HAR: text, base64, lists of chunks (Polly), files beside it (Playwright), parameters.  Pure.
#pragma once

#include <optional>
#include <string>

#include "cvr/importers.h"
#include "importers/message.h"

namespace cvr::importers {

struct HarBody {
  std::string bytes;
  std::optional<BodyDigest> missing;  // set: `bytes` is empty
  std::string type = {};              // as `mimeType` names it
  bool rebuilt = false;               // a percent-coded form, put together from its parameters
};

// `content` of a response or `postData` of a request; nullptr: there is none.  `size`: what the message says of it.
HarBody har_body(const Node* content, std::optional<std::int64_t> size, const Source& source, const Place& place);

}  // namespace cvr::importers
