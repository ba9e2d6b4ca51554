// Running text, logs, event streams: "name": "value", name=value and name: value where the name is
// sensitive.  Loose on purpose: JSON in text, curl lines and dotenv files are read by it.  In pages and
// scripts only quoted values count, because `token = next()` is code.
#include <algorithm>

#include "redact/authorization.h"
#include "redact/rules.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxName = 64;

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

bool is_quote(char c) { return c == '"' || c == '\''; }

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  return at;
}

// The end of a quoted value: the same quote, not after a backslash; or the end of the line.
std::size_t quoted_end(std::string_view text, std::size_t from, char quote) {
  std::size_t at = from;
  for (; at < text.size() && text[at] != quote && text[at] != '\n'; ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
  }
  return std::min(at, text.size());
}

bool is_code(std::string_view essence) {
  return essence.ends_with("html") || essence.ends_with("xml") || essence.ends_with("javascript") ||
         essence == "text/css";
}

bool is_no_value(std::string_view value) {
  return value == "null" || value == "true" || value == "false" || value == "undefined" || value == "None";
}

void collect_value(std::string_view text, std::size_t from, std::size_t end, std::string_view name, Kind kind,
                   Context& context, Edits& edits) {
  const std::string_view value = text.substr(from, end - from);
  const auto view = has_view(value, View::kJson) ? std::optional(View::kJson) : std::nullopt;
  if (is_authorization_name(name)) {
    collect_authorization(value, from, view, context, edits);
  } else {
    context.masker.add_credential(edits, from, value, view, kind, "text.name", Place::kText);
  }
}

}  // namespace

Result<void> collect_text(std::string_view text, const MediaType& type, Context& context, Edits& edits) {
  const bool code = is_code(type.essence);
  for (std::size_t at = text.find_first_of(":="); at != text.npos;) {
    // The name before the sign, possibly in quotes.
    std::size_t name_end = at;
    while (name_end > 0 && (text[name_end - 1] == ' ' || text[name_end - 1] == '\t') && at - name_end < 8) --name_end;
    const bool quoted = name_end > 0 && is_quote(text[name_end - 1]);
    if (quoted) --name_end;
    std::size_t name_begin = name_end;
    while (name_begin > 0 && name_end - name_begin < kMaxName && is_name(text[name_begin - 1])) --name_begin;
    const std::string_view name = text.substr(name_begin, name_end - name_begin);
    std::size_t next = at + 1;
    if (const auto kind = name.empty() ? std::nullopt : context.names.in_json(name, {})) {
      std::size_t from = skip_space(text, at + 1);
      std::size_t end = from;
      if (from < text.size() && is_quote(text[from])) {
        end = quoted_end(text, from + 1, text[from]);
        ++from;
      } else {
        // `authorization: Bearer x` has a space in it; other values end at one.
        const bool scheme = is_authorization_name(name);
        end = std::min(text.find_first_of(scheme ? "\r\n\"'<>" : " \t\r\n\"'<>,;&}])", from), text.size());
        if (code || is_no_value(text.substr(from, end - from))) end = from;
      }
      collect_value(text, from, end, name, *kind, context, edits);
      next = std::max(next, end);
    }
    at = text.find_first_of(":=", next);
  }
  return {};
}

}  // namespace cvr::redact
