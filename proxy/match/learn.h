// What two recordings of the same run tell about match rules: values that differ between the two are no
// part of what was asked.
//
// Requests are paired: equal ones first, then those to the same route (path segments with digits left
// open) in recorded order.  Of the pairs that differ every differing value is a lesson, with the
// narrowest comparison that would make it equal.  Both sides are redacted.  Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cvr/matcher.h"
#include "match/pairing.h"

namespace cvr::match {

struct Lesson {
  std::string route;       // "POST /trips/*"
  std::string part;        // query, json, form or path
  std::string name;        // a name, a pointer; empty: the whole part
  std::string comparison;  // as parse_comparison reads it
  std::uint64_t differed = 0;
  std::uint64_t pairs = 0;    // of this route
  std::string first, second;  // of the first such pair, for people
};

struct Lessons {
  std::uint64_t paired = 0;
  std::uint64_t equal = 0;
  std::vector<Lesson> lessons;
  std::vector<std::string> unlearned;                  // pairs that no rule should make equal, for people
  std::vector<std::uint64_t> only_first, only_second;  // numbers, from 1
};

Lessons learn(const Recording& first, const Recording& second, const MatchRules& rules);

// The lessons as a file of [match] rules, with the evidence in comments.
std::string to_toml(const Lessons& lessons);

// The narrowest comparison under which both texts are equal and others of their kind would be too:
// uuids, ISO 8601 times, numbers, hexadecimal; else "any".
std::string narrowest(std::string_view first, std::string_view second);

}  // namespace cvr::match
