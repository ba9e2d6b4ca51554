// What the fuzz targets of importers share.  Invariant: whatever a file holds, it is refused with one line or gives
// interactions that could have been recorded, and every loss has a name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "cvr/importers.h"
#include "http/characters.h"
#include "http/target.h"

namespace cvr::fuzz {

inline void check(bool holds) {
  if (!holds) std::abort();
}

inline void check(const http::Fields& fields) {
  for (const http::Field& field : fields) {
    check(http::is_token(field.name));
    check(http::end_of_value(field.value, 0) == field.value.size());
  }
}

inline void check(const Interaction& one) {
  check(http::is_token(one.request.method) && http::is_valid_host(one.request.origin.host));
  for (const char c : http::target_of(one.request)) check(http::is_target_character(c));
  check(one.request.path == "*" || one.request.path.starts_with('/'));
  check(one.request.fields);
  check(one.request.trailers);
  check(!one.request_over_limit || one.request.body.empty());
  check(one.response.has_value() || one.failure.has_value());
  check(one.timing.request_us >= 0 && one.timing.first_byte_us >= 0 && one.timing.finished_us >= 0);
  if (!one.response) return;
  check(one.response->status >= 200 && one.response->status <= 599);
  check(http::end_of_value(one.response->reason, 0) == one.response->reason.size());
  check(one.response->fields);
  check(one.response->trailers);
  check(!one.response_over_limit || one.response->body.empty());
}

inline void import(std::string_view format, std::string_view text) {
  importers::Losses losses;
  importers::Source source;
  source.text = text;
  source.origin = http::Origin{};
  source.origin->host = "api.example";
  source.file = [](std::string_view) { return fail(ErrorCode::kNotFound, "no"); };
  const auto take = [](const Interaction& one) -> Result<void> {
    check(one);
    return {};
  };
  const auto done = importers::find_format(format)->read(source, take, losses);
  check(done || (!done.error().text.empty() && done.error().text.find('\n') == std::string::npos));
  for (const auto& loss : losses.all()) check(!loss.what.empty() && loss.count > 0);
}

// What stands in a fuzzer's bytes as a text; told by its content too.
inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto told = importers::format_of(text);
  check(told || !told.error().text.empty());
  return text;
}

}  // namespace cvr::fuzz
