// The table of export formats: one file in formats/ and one line here.
#include "cvr/exporters.h"

#include "exporters/formats.h"

namespace cvr::exporters {

const std::vector<Format>& formats() {
  static const std::vector<Format> table = {
      {"har", "HTTP Archive 1.2, for browsers and viewers", make_har},
      {"curl", "one curl command an interaction, credentials as ${PLACEHOLDERS}", make_curl},
      {"jsonl", "one JSON object a line", make_jsonl},
      {"md", "Markdown, for tickets and reviews", make_md},
      {"http", "a .http file for REST clients", make_http},
  };
  return table;
}

const Format* find_format(std::string_view name) {
  for (const Format& format : formats()) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

}  // namespace cvr::exporters
