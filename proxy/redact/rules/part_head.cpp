#include "redact/rules/part_head.h"

#include <algorithm>

#include "cvr/http.h"
#include "redact/headers.h"
#include "redact/views.h"

namespace cvr::redact {
namespace {

constexpr std::string_view kSpace = " \t";
constexpr std::string_view kLineEnds = "\r\n";

struct PartField {
  std::string_view name;
  std::string_view value;
  std::size_t begin = 0;  // of the value, in the head
};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kAround = " \t\r\n";
  while (!text.empty() && kAround.contains(text.back())) text.remove_suffix(1);
  text.remove_prefix(std::min(text.find_first_not_of(kAround), text.size()));
  return text;
}

// Where the field that begins at `begin` ends: its folded lines (RFC 822 section 3.1.1) are of it.
std::size_t field_end(std::string_view head, std::size_t begin) {
  for (;;) {
    const std::size_t end = std::min(head.find_first_of(kLineEnds, begin), head.size());
    const std::size_t next = std::min(head.find_first_not_of(kLineEnds, end), head.size());
    if (next == head.size() || !kSpace.contains(head[next])) return end;
    begin = next;
  }
}

template <class Visit>
void for_each_field(std::string_view head, const Visit& visit) {
  for (std::size_t begin = 0; begin < head.size();) {
    const std::size_t end = field_end(head, begin);
    const std::string_view line = head.substr(begin, end - begin);
    const std::size_t colon = line.find(':');
    if (colon != line.npos) {
      const std::string_view value = trimmed(line.substr(colon + 1));
      visit(PartField{trimmed(line.substr(0, colon)), value, static_cast<std::size_t>(value.data() - head.data())});
    }
    begin = std::min(head.find_first_not_of(kLineEnds, end), head.size());
  }
}

std::string parameter(std::string_view value, std::string_view name) {
  // parse_media_type knows the quoting; the wanted parameter takes the place of "boundary".
  for (std::size_t at = value.find(';'); at != value.npos; at = value.find(';', at + 1)) {
    const std::size_t from = value.find_first_not_of(" \t\r\n", at + 1);
    if (from == value.npos || !http::equals_ignoring_case(value.substr(from, name.size()), name)) continue;
    if (value.substr(from + name.size(), 1) != "=") continue;
    return parse_media_type("x/x; boundary=" + std::string(value.substr(from + name.size() + 1))).boundary;
  }
  return {};
}

// Of a message on its own; those of a redactor know the profile's names as well.
const HeaderRules& rules_of(const Context& context) {
  if (context.headers != nullptr) return *context.headers;
  static const Names names(nullptr);
  static const HeaderRules rules(nullptr, names);
  return rules;
}

// A folded value means the one without the folds; written anew it has none, so it goes as a whole.
void collect_folded(const HeaderRules::Decision& decision, const PartField& field, bool changed, Context& context,
                    Edits& edits) {
  std::string plain;
  for (const char c : field.value) {
    if (!kLineEnds.contains(c)) plain += c;
  }
  Edits found;
  collect_header(decision, plain, changed, context, found);
  if (found.empty()) return;
  auto mask = context.masker.unlisted(field.value);
  edits.push_back({field.begin, field.begin + field.value.size(), decision.kind, "multipart.folded",
                   std::move(mask.text), Edit::Action::kReplace});
}

}  // namespace

PartHead parse_part_head(std::string_view head) {
  PartHead out;
  for_each_field(head, [&](const PartField& field) {
    if (http::equals_ignoring_case(field.name, "content-disposition")) {
      out.name = parameter(field.value, "name");
      // RFC 8187: name*=utf-8''password
      const std::string extended = out.name.empty() ? parameter(field.value, "name*") : std::string();
      if (const std::size_t quote = extended.rfind('\''); quote != extended.npos) {
        out.name = decode(extended.substr(quote + 1), View::kPercent);
      }
    } else if (http::equals_ignoring_case(field.name, "content-type")) {
      out.type = parse_media_type(field.value);
    } else if (http::equals_ignoring_case(field.name, "content-transfer-encoding")) {
      out.base64 = http::to_lower(field.value).find("base64") != std::string::npos;
    }
  });
  return out;
}

void collect_part_head(std::string_view head, bool changed, Context& context, Edits& edits) {
  const HeaderRules& rules = rules_of(context);
  for_each_field(head, [&](const PartField& field) {
    if (http::equals_ignoring_case(field.name, "mime-version")) return;  // of the syntax; HTTP heads have none
    const HeaderRules::Decision decision = rules.decide(field.name);
    const bool folded = field.value.find_first_of(kLineEnds) != field.value.npos;
    if (folded && decision.what != HeaderClass::kKept) return collect_folded(decision, field, changed, context, edits);
    Edits found;
    collect_header(decision, field.value, changed, context, found);
    append_moved(std::move(found), field.begin, edits);
  });
}

}  // namespace cvr::redact
