// A sealed cassette of many interactions with https://bench.test, quicker than it could be recorded.  Nine of ten are a
// GET of their own path (/n/0, /n/1 ...), the tenth is a POST to /orders with a body of its own: so there are nearly as
// many routes as interactions, many writes, and one route with very many recordings.
#pragma once

#include <string>

#include "cvr/interaction.h"
#include "cvr/result.h"

namespace cvr::bench {

RedactedRequest made_request(std::uint64_t i);
Result<void> make_cassette(const std::string& path, std::uint64_t count);

}  // namespace cvr::bench
