// The table of export formats: one file in formats/ and one line here.
#include "cvr/exporters.h"

#include "exporters/formats.h"
#include "exporters/losses.h"

namespace cvr::exporters {

using namespace losses;

const std::vector<Format>& formats() {
  static const std::vector<Format> table = {
      {"har",
       "HTTP Archive 1.2, for browsers and viewers",
       {kWireSizes, kRules, kShort, kWhyOmitted, kNoUtf8, kGaps},
       make_har},
      {"curl",
       "one curl command an interaction, credentials as ${PLACEHOLDERS}",
       {kResponses, kFailures, kTrailers, kTimes, kPieces, kFraming, kNotes, kOmitted,
        "the order of repeated headers that curl sets itself"},
       make_curl},
      {"jsonl",
       "one JSON object a line",
       {kWireSizes, kShort, kWhyOmitted, kNoUtf8, kFineTimes, "match keys"},
       make_jsonl},
      {"md",
       "Markdown, for tickets and reviews",
       {"bytes beyond the first 256 of a binary body", kTrailers, kPieces, kFraming, kRules, kOmitted, kFineTimes},
       make_md},
      {"http",
       "a .http file for REST clients",
       {kResponses, kFailures, kTrailers, kTimes, kPieces, kFraming, kNotes, kOmitted, kBinary,
        "bodies that hold ### or {{"},
       make_http},
      {"vcrpy",
       "a cassette of vcrpy (YAML)",
       {kFailureAlone, kWireSizes, kRules, kShort, kWhyOmitted, kNoUtf8, kGaps,
        "what lies beside the interactions in its `cvr`, when vcrpy writes the file anew"},
       make_vcrpy},
      {"wiremock",
       "WireMock stub mappings (JSON)",
       {kWireSizes, kRules, kShort, kWhyOmitted, kNoUtf8, kGaps,
        "parallel answers: the order of a query counts, headers do not"},
       make_wiremock},
      {"playwright",
       "HAR for Playwright's routeFromHAR",
       {kWireSizes, kRules, kShort, kWhyOmitted, kNoUtf8, kGaps,
        "for Playwright: kinds of failures, repeated answers to one request"},
       make_playwright},
  };
  return table;
}

std::vector<std::string_view> losses_in(const Format& format, const RedactedInteraction& interaction) {
  std::vector<std::string_view> out;
  for (const std::string_view name : format.can_not_hold) {
    if (holds(name, *interaction)) out.push_back(name);
  }
  return out;
}

const Format* find_format(std::string_view name) {
  for (const Format& format : formats()) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

}  // namespace cvr::exporters
