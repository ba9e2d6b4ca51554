#include "exporters/common.h"

#include "base/escape.h"

#include <fmt/format.h>

#include <ctime>

#include "base/utf8.h"

namespace cvr::exporters {

std::string url_of(const RedactedRequest& request) {
  std::string url = http::to_string(request.origin) + (request.path.text == "*" ? "/*" : request.path.text);
  if (request.has_query) url += '?' + request.query.text;
  return url;
}

std::string utc_text(std::int64_t utc_us) {
  const std::int64_t ms = utc_us / 1000;
  const std::time_t seconds = static_cast<std::time_t>(ms / 1000 - (ms % 1000 < 0 ? 1 : 0));
  std::tm t{};
  ::gmtime_r(&seconds, &t);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour,
                     t.tm_min, t.tm_sec, ms - static_cast<std::int64_t>(seconds) * 1000);
}

std::string_view value_of(const std::vector<RedactedField>& fields, std::string_view name) {
  for (const RedactedField& field : fields) {
    if (http::equals_ignoring_case(field.name.text, name)) return field.value.text;
  }
  return {};
}

std::string media_type(const std::vector<RedactedField>& fields) {
  const std::string_view value = value_of(fields, "content-type");
  std::string type = http::to_lower(value.substr(0, value.find(';')));
  while (type.ends_with(' ')) type.pop_back();
  return type;
}

bool is_text(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const auto c = static_cast<std::uint8_t>(bytes[i]);
    if (c < 0x80) {
      if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f) return false;
      ++i;
      continue;
    }
    const Utf8 decoded = decode_utf8(bytes.substr(i));
    if (!decoded.valid) return false;
    i += decoded.size;
  }
  return true;
}

std::string version_of(int minor) { return "HTTP/1." + std::to_string(minor); }

std::string flags_text(const RedactedParts& parts) {
  std::string out;
  for (const std::string& flag : parts.flags) out += (out.empty() ? "" : ", ") + printable(flag);
  return out;
}

double milliseconds(std::int64_t us) { return static_cast<double>(us) / 1000.0; }

}  // namespace cvr::exporters
