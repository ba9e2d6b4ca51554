// What is known of recordings without reading them: by the hints of their cassettes (cvr/cassette.h), and by the keys
// that they were recorded with.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "cvr/cassette.h"
#include "cvr/match_rules.h"

namespace cvr::engine {

// What a recorder writes so that its cassette opens without being read: hints and a look-up table.
void write_hints(cassette::WriterOptions& options);

using Cassettes = std::vector<std::unique_ptr<cassette::Reader>>;

struct Routes {
  std::vector<std::uint32_t> of;  // match::plain_route of each interaction, in the order of the cassettes
  std::uint64_t read = 0;         // records that had to be read for it
};
// nullopt: more than a quarter would have to be read.  `plain`: rules that keep routes, so that keys made by them tell.
std::optional<Routes> routes_of(const Cassettes& cassettes, const std::vector<const match::MatchRules*>& plain);

struct Writes {
  std::vector<std::uint32_t> at;  // the interactions that are no safe requests, ascending
  std::uint64_t read = 0;
};
Writes writes_of(const Cassettes& cassettes);

}  // namespace cvr::engine
