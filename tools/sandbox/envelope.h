// The envelope of every body but the token endpoint's (FACTS section 6.1): meta{errors, warnings,
// infos, pagination?} and data.  Error bodies have no data.  Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/http.h"
#include "sandbox/errors.h"

namespace cvr::sandbox {

// What an endpoint answers, before the service adds the general headers.
struct Answer {
  int status = 200;
  std::string body;
  http::Fields extra;  // further header fields
  std::string content_type = "application/json";
};

// An error beside data: HTTP says success, the body does not (FACTS section 1, 8).
struct SoftError {
  ErrorKind kind = ErrorKind::kStartAirportInvalid;
  std::string path;  // "segments[0].startAirport"
};

struct Pagination {
  std::int64_t page_number = 0;
  std::int64_t batch_size = 0;
  std::int64_t total_count = 0;
};

// `data` is JSON text, trusted.
std::string success_body(const Catalogue& catalogue, std::string_view data, const std::vector<SoftError>& errors = {},
                         const std::optional<Pagination>& pagination = {});

std::string error_body(std::string_view title, std::string_view code);

// `argument` stands for {} in the title.
Answer error_answer(const Catalogue& catalogue, ErrorKind kind, std::string_view argument = {});

}  // namespace cvr::sandbox
