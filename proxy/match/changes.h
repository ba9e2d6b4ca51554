// The first place in which two outlines differ, and in how many they do.
#pragma once

#include <string>

#include "match/outline.h"

namespace cvr::match {

struct Changes {
  int count = 0;      // leaves that differ, are missing or too many; at most kMostCounted
  std::string asked;  // of the first: "/segments/0/icao: \"KTEB\"", or "...: absent"
  std::string recorded;
};
inline constexpr int kMostCounted = 1000;

// By kind: what differs only in the value of a pseudonym does not differ.  First means: in the order
// of the asked request; what only the recorded one has comes last.  Texts are printable and bounded.
Changes changes_between(const Outline& asked, const Outline& recorded);

}  // namespace cvr::match
