// Stubs describe requests by matchers; a cassette holds one request.  What WireMock and Hoverfly share.  Pure.
#pragma once

#include <optional>
#include <string>

#include "importers/message.h"

namespace cvr::importers {

// One text that satisfies a matcher of WireMock ({"equalTo": ...}): what it names, the example of a simple regular
// expression (noted), or nullopt.  `anything`: it matches any text, or absence.
struct Matched {
  std::string text;
  bool anything = false;
};
std::optional<Matched> wiremock_value(const Node& matcher, const Place& place);

// Of Hoverfly: "x", {"exactMatch": ...}, {"matcher": "exact", "value": ...}.
std::optional<Matched> hoverfly_value(const Node& matcher, const Place& place);

// A pattern of a path or value: its literal text, or its example (noted); nullopt: neither.
std::optional<std::string> value_of_pattern(std::string_view pattern, const Place& place);

}  // namespace cvr::importers
