// A cassette of vcrpy (version 1, YAML).  Bodies stand decoded, so what speaks of codings and lengths is left
// out.  What vcrpy has no place for stands in `cvr` (own.h), which it passes over; for people flags, failures and what
// was omitted are comments too, and so are gaps and interactions without a response.
#include <map>

#include "base/escape.h"
#include "exporters/common.h"
#include "exporters/formats.h"
#include "exporters/own.h"
#include "exporters/yaml.h"
#include "http/head.h"

namespace cvr::exporters {
namespace {

bool is_of_the_wire(std::string_view name) {
  return http::is_hop_by_hop(name) || http::equals_ignoring_case(name, "content-length") ||
         http::equals_ignoring_case(name, "content-encoding");
}

// Name -> values, in the order of the first of each name.
std::string headers(const std::vector<RedactedField>& fields, const std::string& indent) {
  std::vector<std::pair<std::string, const RedactedField*>> order;
  std::map<std::string, std::string> values;
  for (const RedactedField& field : fields) {
    if (is_of_the_wire(field.name.text)) continue;
    const std::string name = http::to_lower(field.name.text);
    auto [place, is_new] = values.try_emplace(name);
    if (is_new) order.emplace_back(name, &field);
    place->second += indent + "  - " + yaml_quoted(field.value.text) + "\n";
  }
  if (order.empty()) return " {}\n";
  std::string out = "\n";
  for (const auto& [name, first] : order) {
    out += indent + "  " + yaml_quoted(first->name.text) + ":\n" + values[name];
  }
  return out;
}

std::string scalar(const std::string& bytes) { return is_text(bytes) ? yaml_quoted(bytes) : yaml_binary(bytes); }

class Vcrpy : public Exporter {
 public:
  void add(std::uint64_t n, const RedactedInteraction& interaction, const TextSink& out) override {
    const RedactedParts& parts = *interaction;
    const std::string comment = "# " + std::to_string(n) + ": ";
    std::string text;
    if (!parts.flags.empty()) text += comment + "flags: " + flags_text(parts) + "\n";
    if (parts.failure) {
      text += comment + "upstream failure: " + std::string(to_string(parts.failure->kind)) + ", " +
              printable(parts.failure->detail) + "\n";
    }
    if (!parts.response) {
      out(text + comment + "left out, there is no response: " + printable(parts.request.method) + " " +
          printable(url_of(parts.request)) + "\n");
      return;
    }
    if (parts.request.body.omitted) text += comment + "request body " + printable(*parts.request.body.omitted) + "\n";
    if (parts.response->body.omitted) {
      text += comment + "response body " + printable(*parts.response->body.omitted) + "\n";
    }
    out((any_ ? "" : "interactions:\n") + text + entry(n, parts));
    any_ = true;
  }
  void add_gap(std::int64_t at_utc_us, std::uint64_t lost, std::string_view reason, const TextSink& out) override {
    out("# gap at " + utc_text(at_utc_us) + ": " + std::to_string(lost) + " not recorded: " + printable(reason) + "\n");
  }
  void end(const TextSink& out) override { out(std::string(any_ ? "" : "interactions: []\n") + "version: 1\n"); }

 private:
  static std::string entry(std::uint64_t n, const RedactedParts& parts) {
    const RedactedRequest& request = parts.request;
    const RedactedResponse& response = *parts.response;
    const std::string& sent = request.body.content.text;
    std::string out = "- request:\n    body: " + (sent.empty() ? "null" : scalar(sent)) + "\n";
    out += "    headers:" + headers(request.fields, "    ");
    out += "    method: " + yaml_quoted(request.method) + "\n    uri: " + yaml_quoted(url_of(request)) + "\n";
    out += "  response:\n    body:\n      string: " + scalar(response.body.content.text) + "\n";
    out += "    headers:" + headers(response.fields, "    ");
    out += "    status:\n      code: " + std::to_string(response.status) +
           "\n      message: " + yaml_quoted(response.reason.text) + "\n";
    json::Writer own;
    write_own(own, n, parts, {.headers = true, .failure = true});
    return out + "  cvr: " + yaml_of_json(own.text()) + "\n";
  }

  bool any_ = false;
};

}  // namespace

std::unique_ptr<Exporter> make_vcrpy() { return std::make_unique<Vcrpy>(); }

}  // namespace cvr::exporters
