// mitmproxy's flow files: typed netstrings (tnetstring) one behind the other, as Nodes.  Pure.
//   SIZE:BYTES and a letter: , bytes  ; text  # integer  ^ float  ! true or false  ~ null  ] list  } map
#pragma once

#include <functional>
#include <string_view>

#include "importers/node.h"

namespace cvr::importers {

// True when a typed netstring of a map begins there.
bool is_flow(std::string_view text);

using EachFlow = std::function<Result<void>(Node& flow, std::size_t number)>;
// `rest`: nothing behind it can be found any more.
using BadFlow = std::function<void(const Error& why, std::size_t number, bool rest)>;

// Hands out one value after the other; numbers from 1.  One that is broken goes to `bad`, when that is given, and so
// does the end of a file that was cut behind its first flow.  Errors: kMalformed, kLimit, with the byte; what `each`
// fails with.
Result<void> read_flows(std::string_view text, const EachFlow& each, const BadFlow& bad = nullptr,
                        const NodeLimits& limits = {});

}  // namespace cvr::importers
