#include "sandbox/headers.h"

#include <algorithm>

#include "sandbox/timestamps.h"

namespace cvr::sandbox {
namespace {

constexpr std::string_view kApiToken = "X-Avinode-ApiToken";
constexpr std::string_view kTimestamp = "X-Avinode-SentTimestamp";
constexpr std::string_view kAuthorization = "Authorization";

bool stands_twice(const http::Fields& fields, std::string_view name) {
  return std::count_if(fields.begin(), fields.end(),
                       [&](const http::Field& field) { return http::equals_ignoring_case(field.name, name); }) > 1;
}

// The token behind "Bearer "; empty when there is none.  "Bearer Bearer x" has the token "Bearer x",
// which nobody issued.
std::string_view bearer_of(std::string_view authorization) {
  constexpr std::string_view kScheme = "Bearer ";
  if (!http::equals_ignoring_case(authorization.substr(0, kScheme.size()), kScheme)) return {};
  return authorization.substr(kScheme.size());
}

bool has_json_type(const http::Request& request) {
  return request.body.empty() ||
         http::to_lower(http::value_of(request.fields, "Content-Type")).starts_with("application/json");
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// "q=0", "q=0.0" and the like.
bool weight_is_zero(std::string_view parameters) {
  parameters = trimmed(parameters);
  if (!parameters.starts_with("q=") && !parameters.starts_with("Q=")) return false;
  return trimmed(parameters.substr(2)).find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

std::optional<HeaderError> check_headers(const http::Request& request, const Gaps& gaps, std::int64_t now_utc_us,
                                         const Authenticate& authenticate) {
  for (const std::string_view name : {kTimestamp, kApiToken, kAuthorization}) {
    if (stands_twice(request.fields, name)) return HeaderError{ErrorKind::kMalformedRequest, std::string(name)};
  }
  for (const std::string_view name : {kTimestamp, kApiToken}) {
    if (http::value_of(request.fields, name).empty()) return HeaderError{ErrorKind::kMissingHeader, std::string(name)};
  }
  const std::string_view bearer = bearer_of(http::value_of(request.fields, kAuthorization));
  if (bearer.empty() || !authenticate(http::value_of(request.fields, kApiToken), bearer)) {
    return HeaderError{ErrorKind::kUnauthorized, std::string(kAuthorization)};
  }
  const auto sent = parse_timestamp(http::value_of(request.fields, kTimestamp));
  if (!sent) return HeaderError{ErrorKind::kTimestampMalformed, std::string(kTimestamp)};
  const std::int64_t window_us = gaps.timestamp_window_s * 1'000'000;
  if (*sent > now_utc_us + window_us || *sent < now_utc_us - window_us) {
    return HeaderError{ErrorKind::kTimestampWindow, std::string(kTimestamp)};
  }
  if (gaps.enforce_content_type && !has_json_type(request)) return HeaderError{ErrorKind::kContentType, "Content-Type"};
  return std::nullopt;
}

bool accepts_gzip(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    const std::size_t comma = std::min(accept_encoding.find(','), accept_encoding.size());
    const std::string_view item = accept_encoding.substr(0, comma);
    accept_encoding.remove_prefix(std::min(comma + 1, accept_encoding.size()));
    const std::size_t semicolon = std::min(item.find(';'), item.size());
    const std::string_view name = trimmed(item.substr(0, semicolon));
    if (!http::equals_ignoring_case(name, "gzip") && !http::equals_ignoring_case(name, "x-gzip")) continue;
    return semicolon == item.size() || !weight_is_zero(item.substr(semicolon + 1));
  }
  return false;
}

}  // namespace cvr::sandbox
