// What the formats and renderers share.  Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cvr/interaction.h"

namespace cvr::exporters {

std::string url_of(const RedactedRequest& request);
std::string utc_text(std::int64_t utc_us);  // 2026-03-16T08:00:00.123Z
std::string_view value_of(const std::vector<RedactedField>& fields, std::string_view name);
std::string media_type(const std::vector<RedactedField>& fields);  // lower case, no parameters
bool is_text(std::string_view bytes);  // valid UTF-8 without control characters but tab and line breaks
std::string version_of(int minor);     // HTTP/1.1
// "ambiguous-framing, insecure-upstream", harmless on a terminal; empty without flags.
std::string flags_text(const RedactedParts& parts);
double milliseconds(std::int64_t us);

}  // namespace cvr::exporters
