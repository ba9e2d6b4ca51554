#include "redact/rekey.h"

#include <optional>

#include "redact/basic.h"
#include "redact/shapes.h"
#include "redact/views.h"

namespace cvr::redact {
namespace {

bool is_numeric(std::string_view text) {
  return text.find_first_not_of("0123456789.,-+eE") == text.npos && text.find_first_of("0123456789") != text.npos;
}

// A word of JSON where a value was: it stands for nothing, and is none when spelled otherwise.
bool is_literal(std::string_view text) { return text == "true" || text == "false" || text == "null"; }

// How a body of that type writes what it can not hold as it is; nullopt: it holds everything.
std::optional<View> coding_of_body(const std::vector<RedactedField>& fields, std::string_view body) {
  std::string_view value;
  for (const RedactedField& field : fields) {
    if (http::equals_ignoring_case(field.name.text, "content-type")) value = field.value.text;
  }
  const std::string type = http::to_lower(value.substr(0, value.find(';')));
  const std::size_t first = body.find_first_not_of(" \t\r\n");
  const char begin = first == body.npos ? '\0' : body[first];
  if (begin == '{' || begin == '[' || begin == '"' || type.find("json") != type.npos) return View::kJson;
  if (type.starts_with("application/x-www-form-urlencoded")) return View::kPercentPlus;
  if (begin == '<' || type.find("xml") != type.npos || type.find("html") != type.npos) return View::kHtml;
  return std::nullopt;
}

class Rekey {
 public:
  explicit Rekey(const Pseudonyms& pseudonyms) : pseudonyms_(pseudonyms) {}

  // `coding`: of the place in which the text stands.  A pseudonym is made of what is meant, not of how it is written.
  void text(RedactedText& text, std::optional<View> coding = std::nullopt) const {
    if (text.spans.empty()) return;
    std::string out;
    std::size_t at = 0;
    for (Span& span : text.spans) {
      out.append(text.text, at, span.begin - at);
      at = std::size_t{span.begin} + span.size;
      const std::string made = written(std::string_view(text.text).substr(span.begin, span.size), span.kind, coding);
      span.begin = static_cast<std::uint32_t>(out.size());
      span.size = static_cast<std::uint32_t>(made.size());
      out += made;
    }
    text.text = out.append(text.text, at);
  }

  void fields(std::vector<RedactedField>& all) const {
    for (RedactedField& field : all) {
      text(field.name);
      text(field.value);
    }
  }

  void body(RedactedBody& body, const std::vector<RedactedField>& fields) const {
    text(body.content, coding_of_body(fields, body.content.text));
    if (!body.digest.empty()) body.digest = pseudonyms_.body_digest(body.digest);
  }

 private:
  std::string written(std::string_view old, Kind kind, std::optional<View> coding) const {
    if (!coding || !has_view(old, *coding)) return value(old, kind);
    const std::string meant = decode(old, *coding);
    if (meant == old) return value(old, kind);
    return encode(value(meant, kind), *coding);
  }

  std::string value(std::string_view old, Kind kind) const {
    if (old.empty() || is_literal(old)) return std::string(old);
    // Both halves of Basic credentials, so that a client stays one client in whatever place it is named.
    if (const auto basic = split_basic(old)) return join_basic(part(basic->user), part(basic->password));
    if (is_personal(kind)) {
      if (auto shaped = pseudonyms_.shaped(old, is_numeric(old) && kind != Kind::kDate ? Kind::kNumber : kind)) {
        return *std::move(shaped);
      }
    }
    if (is_numeric(old) && (is_personal(kind) || kind == Kind::kNumber)) return pseudonyms_.number(old);
    std::string made = part(old);
    if (made.size() < old.size() || kind == Kind::kJwt) return made;
    made.resize(old.size(), 'x');
    return made;
  }

  std::string part(std::string_view old) const { return old.empty() ? std::string() : pseudonyms_.of(old); }

  const Pseudonyms& pseudonyms_;
};

}  // namespace

RedactedParts rekey(const RedactedParts& parts, const Pseudonyms& pseudonyms) {
  const Rekey one(pseudonyms);
  RedactedParts out = parts;
  one.text(out.request.path, View::kPercent);
  one.text(out.request.query, View::kPercentPlus);
  one.fields(out.request.fields);
  one.body(out.request.body, parts.request.fields);
  one.fields(out.request.trailers);
  if (out.response) {
    one.text(out.response->reason);
    one.fields(out.response->fields);
    one.body(out.response->body, parts.response->fields);
    one.fields(out.response->trailers);
  }
  out.key = {};
  return out;
}

}  // namespace cvr::redact
