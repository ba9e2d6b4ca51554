// The body of POST /trips and PUT /trips/{id}, with the wrong forms that clients have sent over
// time and what they were answered (FACTS section 6.2).  Pure.
#pragma once

#include <expected>
#include <string_view>
#include <vector>

#include "sandbox/envelope.h"
#include "sandbox/gaps.h"
#include "sandbox/store.h"

namespace cvr::sandbox {

inline constexpr std::size_t kMaxSegments = 100;

struct TripRequest {
  Trip draft;
  std::vector<SoftError> soft_errors;  // airports that do not exist
};

//   not JSON, not an object                            kMalformedRequest
//   postToTripBoard: true                              kUnsupportedFlag
//   no segments and no criteria; wrong types; no dates kWrongBody
//   an empty string in criteria.requiredLift           kLiftInvalid
//   no segments, but criteria of a legacy form         accepted, without segments
std::expected<TripRequest, ErrorKind> parse_trip_request(std::string_view body, const Gaps& gaps);

}  // namespace cvr::sandbox
