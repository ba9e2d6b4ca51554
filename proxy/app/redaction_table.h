// The effective rules as people read them (`cvr redact --rules`), and why one stored value was replaced
// or kept (`cvr redact --explain`).  Values of a cassette never stand in it.  Pure.
#pragma once

#include <string>
#include <vector>

#include "app/redaction.h"
#include "cvr/interaction.h"

namespace cvr::app {

struct TableRow {
  std::string_view where;  // header query form cookie json xml pattern
  std::string name;        // "*" at its beginning or end: any ending or beginning
  std::string kind;        // "kept": stays
  std::string level;
  std::string from;  // profile, general, or FILE:LINE
};

std::vector<TableRow> redaction_table(const Redaction& redaction);
std::string table_text(const Redaction& redaction, const std::vector<TableRow>& rows);
std::string table_json(const Redaction& redaction, const std::vector<TableRow>& rows);

struct Explanation {
  std::string place;  // "request header X-Foo", "response body /data/token"
  bool redacted = false;
  std::string kind;
  std::string rule;
  std::string why;
};
std::vector<Explanation> explain(const RedactedParts& parts, const Redaction& redaction);
std::string explanation_text(const std::vector<Explanation>& all);
std::string explanation_json(const std::vector<Explanation>& all);

}  // namespace cvr::app
