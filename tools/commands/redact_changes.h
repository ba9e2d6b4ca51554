// What newer rules did to one interaction, and whether replay still finds it.  Never a value.  Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cvr/interaction.h"

namespace cvr::commands {

struct Change {
  std::string place;  // "response body", "request header X-Foo"
  std::string rule;
  std::string kind;
  std::uint64_t count = 0;
};

// What stands for a secret in `after` and did not in `before`; bodies that were left out.
std::vector<Change> changes_between(const RedactedParts& before, const RedactedParts& after);

// The request that a client sends who knows no more than the cassette shows.
http::Request as_sent(const RedactedRequest& request);

}  // namespace cvr::commands
