// The first place in which two outlines differ, and in how many they do.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "match/outline.h"

namespace cvr::match {

struct Changes {
  int count = 0;      // leaves that differ, are missing or too many; at most kMostCounted
  std::string asked;  // of the first: "/segments/0/icao: \"KTEB\"", or "...: absent"
  std::string recorded;
};
inline constexpr int kMostCounted = 1000;

// By kind: what differs only in the value of a pseudonym does not differ.  First means: in the order
// of the asked request; what only the recorded one has comes last.  Texts are printable and bounded.  What is asked
// where a pseudonym was recorded is not shown (counterparts.h).
Changes changes_between(const Outline& asked, const Outline& recorded);

// Every one of them, at most kMostCounted.  `place`: a JSON pointer, or the name of a pair; as it is,
// while the values are for people.
struct Change {
  std::string place;
  std::string asked;
  std::string recorded;
};
inline constexpr std::string_view kAbsent = "absent";
std::vector<Change> every_change(const Outline& asked, const Outline& recorded);

}  // namespace cvr::match
