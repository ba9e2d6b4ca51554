#include "sandbox/errors.h"

namespace cvr::sandbox {
namespace {

struct Line {
  ErrorKind kind;
  std::string_view name;
  int status;
  std::string_view code;
  std::string_view title;
};

constexpr std::string_view kNoMessage = "??? No message available ???";
constexpr std::string_view kCritical =
    "Unfortunately the application has experienced an error. Please try again later or contact us.";

// "gap: X" = no public material shows X.  A gap's code is the reason phrase of its status, or the
// only code that was seen in that situation.
constexpr Line kLines[] = {
    {ErrorKind::kMissingHeader, "missing_header", 400, "ERR_INPUT_MISSING", "The header '{}' is required"},
    {ErrorKind::kMalformedRequest, "malformed_request", 400, "ERR_INPUT_MISSING", kNoMessage},
    {ErrorKind::kUnauthorized, "unauthorized", 401, "ERR_INPUT_GENERIC_INVALID",
     "Invalid value for header: Authorization"},
    // gap: all
    {ErrorKind::kTimestampMalformed, "timestamp_malformed", 400, "ERR_INPUT_GENERIC_INVALID",
     "Invalid value for header: X-Avinode-SentTimestamp"},
    // gap: all
    {ErrorKind::kTimestampWindow, "timestamp_window", 400, "ERR_INPUT_GENERIC_INVALID",
     "Invalid value for header: X-Avinode-SentTimestamp"},
    // gap: all (and whether it is checked: Gaps::enforce_content_type)
    {ErrorKind::kContentType, "content_type", 415, "ERR_INPUT_GENERIC_INVALID",
     "Invalid value for header: Content-Type"},
    // gap: status, title
    {ErrorKind::kCompanyAccess, "company_access", 403, "AUTHENTICATION_COMPANY_ACCESS", "No access to the company"},
    // gap: status, title
    {ErrorKind::kNotAuthorized, "not_authorized", 403, "NOT_AUTHORIZED", "Not authorized"},
    // gap: status, title
    {ErrorKind::kPermissions, "permissions", 403, "AUTHORIZATION_PERMISSIONS", "Permission required"},
    {ErrorKind::kNotFound, "not_found", 404, "NOT_FOUND", "Not found"},
    {ErrorKind::kTripListRefused, "trip_list_refused", 405, "ERR_INTERNAL_CRITICAL", kCritical},
    // gap: code, title (the code is the only one seen beside a 405)
    {ErrorKind::kMethodNotAllowed, "method_not_allowed", 405, "ERR_INTERNAL_CRITICAL", kCritical},
    // gap: code, title
    {ErrorKind::kConflict, "conflict", 409, "CONFLICT", "Conflict"},
    // gap: all (the limit is the stand-in's own)
    {ErrorKind::kTooLarge, "too_large", 413, "CONTENT_TOO_LARGE", "Content too large"},
    // gap: title
    {ErrorKind::kLiftInvalid, "lift_invalid", 422, "LIFT_INVALID", "Invalid lift"},
    // gap: code, title
    {ErrorKind::kLocked, "locked", 423, "LOCKED", "Locked"},
    // gap: code, title
    {ErrorKind::kRateLimited, "rate_limited", 429, "TOO_MANY_REQUESTS", "Too many requests"},
    // gap: status
    {ErrorKind::kWrongBody, "wrong_body", 500, "ERR_INTERNAL_CRITICAL", kCritical},
    // gap: status
    {ErrorKind::kUnsupportedFlag, "unsupported_flag", 500, "ERR_INTERNAL_CRITICAL", kCritical},
    // gap: status
    {ErrorKind::kInternal, "internal", 500, "ERR_INTERNAL_CRITICAL", kCritical},
    // gap: code, title
    {ErrorKind::kUnavailable, "unavailable", 503, "SERVICE_UNAVAILABLE", "Service unavailable"},
    // gap: title
    {ErrorKind::kStartAirportInvalid, "start_airport_invalid", 200, "START_AIRPORT_INVALID", "Invalid start airport"},
    {ErrorKind::kEndAirportInvalid, "end_airport_invalid", 200, "END_AIRPORT_INVALID", "Invalid end airport"},
};
static_assert(std::size(kLines) == kErrorKinds);
static_assert([] {
  for (std::size_t i = 0; i < kErrorKinds; ++i) {
    if (static_cast<std::size_t>(kLines[i].kind) != i) return false;
  }
  return true;
}());

}  // namespace

Catalogue default_catalogue() {
  Catalogue catalogue;
  for (const Line& line : kLines) {
    catalogue[static_cast<std::size_t>(line.kind)] = {line.status, std::string(line.code), std::string(line.title)};
  }
  return catalogue;
}

std::string_view name_of(ErrorKind kind) { return kLines[static_cast<std::size_t>(kind)].name; }

std::optional<ErrorKind> error_from(std::string_view name) {
  for (const Line& line : kLines) {
    if (line.name == name) return line.kind;
  }
  return std::nullopt;
}

std::string error_names() {
  std::string names;
  for (const Line& line : kLines) (names += names.empty() ? "" : ", ") += line.name;
  return names;
}

}  // namespace cvr::sandbox
