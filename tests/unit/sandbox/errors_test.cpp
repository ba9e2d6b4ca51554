#include "sandbox/errors.h"

#include <set>

namespace cvr::sandbox {
namespace {

TEST(Errors, DocumentedRows) {  // FACTS section 7
  const Catalogue catalogue = default_catalogue();
  const auto expect = [&](ErrorKind kind, int status, const char* code, const char* title) {
    EXPECT_EQ(row(catalogue, kind).status, status);
    EXPECT_EQ(row(catalogue, kind).code, code);
    if (*title != '\0') {
      EXPECT_EQ(row(catalogue, kind).title, title);
    }
  };
  const char* critical =
      "Unfortunately the application has experienced an error. Please try again later or contact us.";
  expect(ErrorKind::kMissingHeader, 400, "ERR_INPUT_MISSING", "The header '{}' is required");
  expect(ErrorKind::kMalformedRequest, 400, "ERR_INPUT_MISSING", "??? No message available ???");
  expect(ErrorKind::kUnauthorized, 401, "ERR_INPUT_GENERIC_INVALID", "Invalid value for header: Authorization");
  expect(ErrorKind::kCompanyAccess, 403, "AUTHENTICATION_COMPANY_ACCESS", "");
  expect(ErrorKind::kNotAuthorized, 403, "NOT_AUTHORIZED", "");
  expect(ErrorKind::kPermissions, 403, "AUTHORIZATION_PERMISSIONS", "");
  expect(ErrorKind::kNotFound, 404, "NOT_FOUND", "Not found");
  expect(ErrorKind::kTripListRefused, 405, "ERR_INTERNAL_CRITICAL", critical);
  expect(ErrorKind::kConflict, 409, "CONFLICT", "");
  expect(ErrorKind::kLocked, 423, "LOCKED", "");
  expect(ErrorKind::kLiftInvalid, 422, "LIFT_INVALID", "");
  expect(ErrorKind::kRateLimited, 429, "TOO_MANY_REQUESTS", "");
  expect(ErrorKind::kInternal, 500, "ERR_INTERNAL_CRITICAL", critical);
  expect(ErrorKind::kWrongBody, 500, "ERR_INTERNAL_CRITICAL", critical);
  expect(ErrorKind::kUnavailable, 503, "SERVICE_UNAVAILABLE", "");
  expect(ErrorKind::kStartAirportInvalid, 200, "START_AIRPORT_INVALID", "");
  expect(ErrorKind::kEndAirportInvalid, 200, "END_AIRPORT_INVALID", "");
}

TEST(Errors, NamesGoBothWays) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kErrorKinds; ++i) {
    const auto kind = static_cast<ErrorKind>(i);
    EXPECT_EQ(error_from(name_of(kind)), kind);
    names.insert(name_of(kind));
    EXPECT_NE(error_names().find(name_of(kind)), std::string::npos);
  }
  EXPECT_EQ(names.size(), kErrorKinds);
  EXPECT_FALSE(error_from("nonsense"));
}

}  // namespace
}  // namespace cvr::sandbox
