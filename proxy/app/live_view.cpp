#include "app/live_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/escape.h"
#include "exporters/common.h"

namespace cvr::app {
namespace {

using Counts = std::map<Kind, std::size_t>;

void count(const RedactedText& text, Counts& counts) {
  for (const Span& span : text.spans) ++counts[span.kind];
}

void count(const std::vector<RedactedField>& fields, Counts& counts) {
  for (const RedactedField& field : fields) {
    count(field.name, counts);
    count(field.value, counts);
  }
}

std::string redacted(const RedactedParts& parts) {
  Counts counts;
  count(parts.request.path, counts);
  count(parts.request.query, counts);
  count(parts.request.fields, counts);
  count(parts.request.body.content, counts);
  bool omitted = parts.request.body.omitted.has_value();
  if (parts.response) {
    count(parts.response->fields, counts);
    count(parts.response->body.content, counts);
    omitted = omitted || parts.response->body.omitted;
  }
  std::string out;
  for (const auto& [kind, n] : counts) {
    out += (out.empty() ? "" : ", ") + std::string(to_string(kind)) + " " + std::to_string(n);
  }
  if (omitted) out += std::string(out.empty() ? "" : ", ") + "body omitted";
  return out.empty() ? "nothing redacted" : out;
}

const char* colour_of(const RedactedParts& parts) {
  const int status = parts.response ? parts.response->status : 0;
  if (parts.failure || status == 0 || status >= 500) return "\x1b[31m";
  return status >= 400 ? "\x1b[33m" : "\x1b[32m";
}

}  // namespace

std::string live_line(const RedactedInteraction& interaction, std::size_t columns, bool colour) {
  constexpr std::size_t kBefore = 8 + 1 + 7 + 1 + 9 + 3 + 2, kBehind = 2 + 28, kLeast = 20;
  const RedactedParts& parts = *interaction;
  std::string outcome = "-";
  if (parts.response) outcome = std::to_string(parts.response->status);
  if (parts.failure) outcome = std::string(to_string(parts.failure->kind));
  const std::string path =
      printable(parts.request.path.text + (parts.request.has_query ? "?" + parts.request.query.text : ""));
  const std::size_t width = columns > kBefore + kBehind + kLeast ? columns - kBefore - kBehind : kLeast;
  const std::string status = fmt::format("{:<8}", outcome);
  return (colour ? colour_of(parts) + status + "\x1b[0m" : status) +
         fmt::format(" {:<7} {:>9.1f} ms  {:<{}}  {}\n", shortened(printable(parts.request.method), 7),
                     exporters::milliseconds(parts.timing.finished_us), shortened(path, width), width, redacted(parts));
}

}  // namespace cvr::app
