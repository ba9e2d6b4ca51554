// mitmproxy's flow files: typed netstrings (tnetstring) one behind the other, as Nodes.  Pure.
//   SIZE:BYTES and a letter: , bytes  ; text  # integer  ^ float  ! true or false  ~ null  ] list  } map
#pragma once

#include <functional>
#include <string_view>

#include "importers/node.h"

namespace cvr::importers {

// True when a typed netstring of a map begins there.
bool is_flow(std::string_view text);

// Hands out one value after the other; numbers from 1.  Errors: kMalformed, kLimit, with the byte; what `each`
// fails with.
Result<void> read_flows(std::string_view text, const std::function<Result<void>(Node& flow, std::size_t number)>& each,
                        const NodeLimits& limits = {});

}  // namespace cvr::importers
