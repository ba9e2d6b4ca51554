// The error catalogue (FACTS section 7) as a table: what goes wrong -> HTTP status, code, title.
// Rows whose status, code or title no public material shows are marked "gap" in errors.cpp; a
// scenario file can set every cell of every row ([errors.NAME]).  Values; pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cvr::sandbox {

enum class ErrorKind : std::uint8_t {
  kMissingHeader,     // its name stands for {} in the title
  kMalformedRequest,  // the body is not JSON, a header stands twice
  kUnauthorized,      // credentials missing, wrong, expired, of another connection
  kTimestampMalformed,
  kTimestampWindow,  // further than the window from the server's clock
  kContentType,
  kCompanyAccess,  // the token's company is not that of the data
  kNotAuthorized,  // the connection may not do this
  kPermissions,    // business-to-business connection on an end-client operation
  kNotFound,
  kTripListRefused,  // GET /trips as a plain list
  kMethodNotAllowed,
  kConflict,  // simultaneous update
  kTooLarge,
  kLiftInvalid,
  kLocked,
  kRateLimited,
  kWrongBody,        // JSON, but not of the shape that the operation takes
  kUnsupportedFlag,  // postToTripBoard in the sandbox
  kInternal,
  kUnavailable,
  kStartAirportInvalid,  // soft: the answer is a success that carries it
  kEndAirportInvalid,
};
inline constexpr std::size_t kErrorKinds = 23;

struct ErrorRow {
  int status = 500;
  std::string code;
  std::string title;
};
using Catalogue = std::array<ErrorRow, kErrorKinds>;

Catalogue default_catalogue();

std::string_view name_of(ErrorKind kind);  // "missing_header", as scenario files write it
std::optional<ErrorKind> error_from(std::string_view name);
std::string error_names();  // all, comma-separated

inline const ErrorRow& row(const Catalogue& catalogue, ErrorKind kind) {
  return catalogue[static_cast<std::size_t>(kind)];
}

}  // namespace cvr::sandbox
