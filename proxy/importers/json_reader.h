// JSON texts as Nodes (base/json_scan does the scanning).  Pure.
#pragma once

#include <string>
#include <string_view>

#include "importers/node.h"

namespace cvr::importers {

// One value and nothing after it.  What `streamed` leads to is an empty list in the answer.  The views `raw` are
// into `text`.  Errors: kMalformed, kLimit, with the byte; what `each` fails with.
Result<Node> read_json(std::string_view text, const Streamed& streamed = {{}, nullptr}, const NodeLimits& limits = {});

// The JSON text without white space between its tokens; everything else as it stands.  `text` is valid.
std::string compact_json(std::string_view text);

}  // namespace cvr::importers
