// Markdown for tickets and reviews: a heading an interaction, request and response as code blocks.
// Recorded text stands in code blocks only, whose fence is longer than any run of backticks inside.
#include <algorithm>

#include "base/escape.h"
#include "exporters/common.h"
#include "exporters/formats.h"
#include "exporters/pretty.h"

namespace cvr::exporters {
namespace {

constexpr std::size_t kMostHex = 256;

std::size_t longest_run(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

std::string code_block(std::string_view language, std::string text) {
  const std::string fence(std::max<std::size_t>(3, longest_run(text) + 1), '`');
  if (!text.ends_with('\n')) text += '\n';
  return fence + std::string(language) + "\n" + text + fence + "\n\n";
}

// CommonMark section 6.1: a code span's backticks may not stand inside.
std::string code_span(std::string_view text) {
  const std::string ticks(longest_run(text) + 1, '`');
  return ticks + ' ' + printable(text) + ' ' + ticks;
}

std::string message(const std::string& first_line, const std::vector<RedactedField>& fields) {
  std::string out = first_line + "\n";
  for (const RedactedField& field : fields) {
    out += printable(field.name.text) + ": " + printable(field.value.text) + "\n";
  }
  return code_block("http", out);
}

std::string body_block(const RedactedBody& body, const std::vector<RedactedField>& fields) {
  if (body.omitted) return "Body " + code_span(*body.omitted) + ", " + std::to_string(body.wire_size) + " bytes.\n\n";
  const std::string& bytes = body.content.text;
  if (bytes.empty()) return {};
  if (!is_text(bytes)) return code_block("text", hex_dump(bytes, kMostHex));
  const bool json = media_type(fields).contains("json");
  return code_block(json ? "json" : "text", printable(json ? pretty_json(bytes) : bytes, true));
}

class Markdown : public Exporter {
 public:
  void add(std::uint64_t n, const RedactedInteraction& interaction, const TextSink& out) override {
    const RedactedParts& parts = *interaction;
    const RedactedRequest& request = parts.request;
    out("## " + std::to_string(n) + ". " + code_span(request.method + " " + request.path.text) + "\n\n" +
        utc_text(parts.timing.started_utc_us) + "\n\n");
    if (!parts.flags.empty()) out("Flags: " + code_span(flags_text(parts)) + "\n\n");
    out(message(printable(request.method) + " " + printable(url_of(request)) + " " + version_of(request.minor_version),
                request.fields) +
        body_block(request.body, request.fields));
    if (parts.response) {
      const RedactedResponse& response = *parts.response;
      out(message(version_of(response.minor_version) + " " + std::to_string(response.status) + " " +
                      printable(response.reason.text),
                  response.fields) +
          body_block(response.body, response.fields));
    }
    if (parts.failure) {
      out("Upstream failure: " + std::string(to_string(parts.failure->kind)) + ", " + code_span(parts.failure->detail) +
          "\n\n");
    }
  }
  void add_gap(std::int64_t at_utc_us, std::uint64_t lost, std::string_view reason, const TextSink& out) override {
    out("Gap at " + utc_text(at_utc_us) + ": " + std::to_string(lost) + " interactions not recorded, " +
        code_span(reason) + "\n\n");
  }
};

}  // namespace

std::unique_ptr<Exporter> make_md() { return std::make_unique<Markdown>(); }

}  // namespace cvr::exporters
