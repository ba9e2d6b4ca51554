#include <fmt/format.h>

#include "base/escape.h"
#include "base/json_writer.h"
#include "exporters/common.h"
#include "exporters/readable.h"

namespace cvr::exporters {
namespace {

std::string outcome(const RedactedParts& parts) {
  if (parts.failure) return std::string(to_string(parts.failure->kind));
  return parts.response ? std::to_string(parts.response->status) : "-";
}

bool is_omitted(const RedactedParts& parts) {
  return parts.request.body.omitted || (parts.response && parts.response->body.omitted);
}

std::string marks(const RedactedParts& parts) {
  std::string out;
  for (const std::string& flag : parts.flags) out += " [" + printable(flag) + "]";
  if (is_omitted(parts)) out += " [omitted]";
  return out;
}

std::uint64_t bytes_of(const RedactedParts& parts) { return parts.response ? parts.response->body.wire_size : 0; }

}  // namespace

std::string listing_head() {
  return fmt::format("{:>5}  {:<24}  {:<7} {:<8} {:>9} {:>9}  {}\n", "#", "time (UTC)", "method", "status", "bytes",
                     "ms", "url");
}

std::string listing_row(std::uint64_t n, const RedactedInteraction& interaction, bool loosened) {
  const RedactedParts& parts = *interaction;
  return fmt::format("{:>5}  {:<24}  {:<7} {:<8} {:>9} {:>9.1f}  {}{}\n", n, utc_text(parts.timing.started_utc_us),
                     printable(parts.request.method), outcome(parts), bytes_of(parts),
                     milliseconds(parts.timing.finished_us), printable(url_of(parts.request)),
                     marks(parts) + (loosened ? "  ~" : ""));
}

std::string listing_json(std::uint64_t n, const RedactedInteraction& interaction, bool loosened) {
  const RedactedParts& parts = *interaction;
  json::Writer w;
  w.begin_object()
      .member("n", n)
      .member("time", utc_text(parts.timing.started_utc_us))
      .member("method", parts.request.method);
  w.member("url", url_of(parts.request));
  if (parts.response) w.member("status", parts.response->status);
  if (parts.failure) w.member("failure", to_string(parts.failure->kind));
  w.member("bytes", bytes_of(parts)).member("ms", milliseconds(parts.timing.finished_us));
  w.key("flags").begin_array();
  for (const std::string& flag : parts.flags) w.value(flag);
  w.end_array();
  if (is_omitted(parts)) w.member("omitted", true);
  if (loosened) w.member("loosened", true);
  w.end_object();
  return w.take() + "\n";
}

}  // namespace cvr::exporters
