// What a format has no place for, as a JSON object of our own: `_cvr` in HAR, `metadata.cvr` in WireMock, `cvr` in
// vcrpy (their readers skip it).  `cvr import` reads it (importers/own).  Pure.
#pragma once

#include <cstdint>

#include "base/json_writer.h"
#include "cvr/interaction.h"

namespace cvr::exporters {

struct OwnScope {
  bool origin = false;    // the format names no host
  bool headers = false;   // it drops headers, or mixes up their order
  bool request = false;   // it has a pattern where the request's body was
  bool failure = false;   // it has no place for what failed
  bool response = false;  // nor for the half of an answer beside it
};

// The whole object.
void write_own(json::Writer& w, std::uint64_t n, const RedactedParts& parts, const OwnScope& scope);

}  // namespace cvr::exporters
