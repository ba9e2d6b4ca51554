// The table of export formats: one file in formats/ and one line here.
#include "cvr/exporters.h"

#include "exporters/formats.h"

namespace cvr::exporters {

const std::vector<Format>& formats() {
  static const std::vector<Format> table = {
      {"har", "HTTP Archive 1.2, for browsers and viewers",
       "sizes on the wire, pieces of a body as they arrived, framing, which rule replaced what; bodies that were "
       "omitted; "
       "times finer than a millisecond",
       make_har},
      {"curl", "one curl command an interaction, credentials as ${PLACEHOLDERS}",
       "responses, trailers, times, the order of repeated headers that curl sets itself", make_curl},
      {"jsonl", "one JSON object a line", "match keys; bodies that were omitted; times finer than a millisecond",
       make_jsonl},
      {"md", "Markdown, for tickets and reviews",
       "bytes beyond the first 256 of a binary body, trailers, which rule replaced what", make_md},
      {"http", "a .http file for REST clients",
       "responses, trailers, times, binary bodies and bodies that hold ### or {{", make_http},
      {"vcrpy", "a cassette of vcrpy (YAML)",
       "failures without a response, trailers, times, flags but as comments, content codings, header bytes that are no "
       "UTF-8",
       make_vcrpy},
      {"wiremock", "WireMock stub mappings (JSON)",
       "the host (in metadata only), trailers, times, kinds of failures, content codings; the order of a query counts",
       make_wiremock},
      {"playwright", "HAR for Playwright's routeFromHAR",
       "content codings and lengths, kinds of failures, repeated answers to one request, which rule replaced what",
       make_playwright},
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
