// Where ids were seen in a record.  Pure; one pass.
#pragma once

#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "diagnose/facts.h"

namespace cvr::diagnose {

struct Sighting {
  std::int64_t first_us = 0;
  std::int64_t last_ok_us = std::numeric_limits<std::int64_t>::min();  // of a call that worked
  std::set<std::string> environments;
};

// In path, query, request and answer of `calls`.  A call that was answered 404 shows only that somebody asked.
std::unordered_map<std::string, Sighting> sightings(const std::vector<const Call*>& calls,
                                                    const std::set<std::string>& ids);

}  // namespace cvr::diagnose
