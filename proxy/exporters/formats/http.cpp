// The .http files of REST clients (VS Code, JetBrains): requests separated by "###", credentials as
// {{PLACEHOLDERS}}.  A body that such a file can not hold is left out and said so.
#include <algorithm>

#include "base/escape.h"
#include "exporters/common.h"
#include "exporters/formats.h"
#include "exporters/placeholders.h"
#include "http/head.h"

namespace cvr::exporters {
namespace {

using From = Placeholders::From;

// A line of the body that begins so would end it.
bool fits(std::string_view body) {
  return is_text(body) && !body.starts_with("###") && !body.contains("\n###") && !body.contains("{{");
}

class Http : public Exporter {
 public:
  void add(std::uint64_t n, const RedactedInteraction& interaction, const TextSink& out) override {
    const RedactedRequest& request = interaction->request;
    std::string text = "### " + std::to_string(n) + "\n";
    if (!interaction->flags.empty()) text += "# flags: " + flags_text(*interaction) + "\n";
    text += printable(request.method) + " " + http::to_string(request.origin) +
            words(request.path, From::kUrl, "PATH_SECRET");
    if (request.has_query) text += "?" + words(request.query, From::kUrl, "QUERY_SECRET");
    text += " " + version_of(request.minor_version) + "\n";
    for (const RedactedField& field : request.fields) {
      const std::string& name = field.name.text;
      if (http::is_hop_by_hop(name) || http::equals_ignoring_case(name, "content-length") ||
          http::equals_ignoring_case(name, "content-encoding") || http::equals_ignoring_case(name, "host")) {
        continue;
      }
      text += printable(name) + ": " + words(field.value, From::kHeader, name) + "\n";
    }
    out(text + body(request.body) + "\n");
  }
  void add_gap(std::int64_t at_utc_us, std::uint64_t lost, std::string_view reason, const TextSink& out) override {
    out("# gap at " + utc_text(at_utc_us) + ": " + std::to_string(lost) + " not recorded: " + printable(reason) +
        "\n\n");
  }

 private:
  std::string words(const RedactedText& text, From from, std::string_view source, bool keep_lines = false) {
    std::string out;
    for (const auto& part : placeholders_.split(text, from, source)) {
      out += part.plain.empty() ? "{{" + part.name + "}}" : printable(part.plain, keep_lines);
    }
    return out;
  }

  std::string body(const RedactedBody& body) {
    if (body.omitted) return "# the request body is not here (" + printable(*body.omitted) + ")\n";
    if (body.content.text.empty()) return {};
    if (!fits(body.content.text)) {
      return "# the request body is not here (" + std::to_string(body.content.text.size()) +
             " bytes that this format can not hold)\n";
    }
    return "\n" + words(body.content, From::kBody, "BODY_SECRET", true) + "\n";
  }

  Placeholders placeholders_;
};

}  // namespace

std::unique_ptr<Exporter> make_http() { return std::make_unique<Http>(); }

}  // namespace cvr::exporters
