// Why a stored value was replaced or kept: names are looked up in the table again, rules are put into
// words.  What the original was is not known any more, and not needed.
#include <algorithm>

#include "app/leaves.h"
#include "app/redaction_table.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "cvr/http.h"
#include "match/multipart.h"
#include "redact/general_names.h"

namespace cvr::app {
namespace {

constexpr std::pair<std::string_view, std::string_view> kWords[] = {
    {"header.unlisted", "a header on no list of kept ones"},
    {"header.digest", "a digest of a body that was changed"},
    {"authorization", "credentials of an authorization"},
    {"ledger", "a known secret: seen in a credential place, or given by --secrets"},
    {"ledger.base64", "a known secret, in base64"},
    {"ledger.hex", "a known secret, in hex"},
    {"ledger.percent", "a known secret, percent-encoded"},
    {"ledger.json", "a known secret, in JSON escapes"},
    {"ledger.html", "a known secret, in HTML entities"},
    {"ledger.full", "more secrets than can be remembered: everything goes"},
    {"pattern.jwt", "looks like a JWT"},
    {"pattern.pem", "a private key"},
    {"pattern.basic", "Basic credentials in a text"},
    {"pattern.bearer", "a bearer token in a text"},
    {"pattern.url", "a password in a URL"},
    {"pattern.uuid", "a UUID after a word that marks credentials"},
    {"pattern.token", "a token of a known format"},
    {"pattern.value", "a value beside a word that marks credentials"},
    {"pattern.email", "an e-mail address"},
    {"pattern.phone", "a phone number"},
    {"pattern.id", "an id of the vendor's"},
    {"path.id", "an id of the vendor's, or one for people, in a path"},
    {"entropy", "looks random"},
    {"ledger.quoted", "a known secret, quoted-printable"},
    {"ledger.encoded-word", "a known secret, in an encoded word"},
    {"ledger.compressed", "a known secret, in compressed data"},
    {"ledger.cut", "the beginning of a known secret, where the text was cut off"},
    {"pseudonym", "was a pseudonym when it came in"},
    {"search.limit", "encoded deeper or more often than is searched"},
};

std::string lower_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c + 32);
    const bool beyond_ascii = static_cast<unsigned char>(c) >= 0x80;
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || beyond_ascii) out += c;
  }
  return out;
}

// "14:35", "14:35:00".
bool is_time_of_day(std::string_view text) {
  if (text.size() != 5 && text.size() != 8) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % 3 == 2 ? text[i] != ':' : text[i] < '0' || text[i] > '9') return false;
  }
  return true;
}

// Whether the general list's name marks only what looks the part.
bool is_guarded(const TableRow& row) {
  const std::string name = lower_name(row.name);
  return std::ranges::any_of(redact::general_list(), [&](const redact::General& general) {
    return general.name == name && general.guard != redact::Guard::kNone;
  });
}

// Whether `rule` ("/a/*/b") leads to `pointer` or above it.
bool leads_to(std::string_view rule, std::string_view pointer) {
  while (!rule.empty()) {
    if (pointer.empty()) return false;
    const std::size_t a = std::min(rule.find('/', 1), rule.size());
    const std::size_t b = std::min(pointer.find('/', 1), pointer.size());
    if (rule.substr(0, a) != "/*" && rule.substr(0, a) != pointer.substr(0, b)) return false;
    rule.remove_prefix(a);
    pointer.remove_prefix(b);
  }
  return true;
}

class Explainer {
 public:
  Explainer(const RedactedParts& parts, const Redaction& redaction)
      : parts_(parts), redaction_(redaction), rows_(redaction_table(redaction)) {}

  std::vector<Explanation> run() {
    whole("path", parts_.request.path, "no known secret and no pattern in it");
    pairs("query", Where::kQuery, parts_.request.query);
    message("request", parts_.request);
    if (parts_.response) {
      whole("response reason", parts_.response->reason, "no known secret and no pattern in it");
      message("response", *parts_.response);
    }
    return std::move(out_);
  }

 private:
  // The row that decides about a place: a pointer before a name, and what counts at this level first.
  const TableRow* find(Where where, std::string_view name, bool kept, std::string_view pointer = {}) const {
    const std::string normal = lower_name(name);
    const TableRow* above = nullptr;
    for (const bool pointers : {true, false}) {
      for (const TableRow& row : rows_) {
        if (row.where != to_string(where) || (row.kind == "kept") != kept || row.name == "*") continue;
        if (row.name.starts_with('/') != pointers) continue;
        if (pointers ? !leads_to(row.name, pointer) : !is_named(row, where, normal, pointer)) continue;
        const auto level = profiles::privacy_from(row.level);
        if (!level || *level <= redaction_.privacy) return &row;
        if (above == nullptr) above = &row;
      }
    }
    return above;
  }

  bool counts_from_above(const TableRow& row) const {
    const auto level = profiles::privacy_from(row.level);
    return level && *level > redaction_.privacy;
  }

  static bool is_named(const TableRow& row, Where where, const std::string& normal, std::string_view pointer) {
    const std::size_t dot = where == Where::kJson ? row.name.rfind('.') + 1 : 0;
    const std::string known = lower_name(std::string_view(row.name).substr(dot));
    if (dot > 0) {  // "parent.key"; "$request.key" stands at the top
      const std::string_view parent = std::string_view(row.name).substr(0, dot - 1);
      const std::string above = name_of(pointer.substr(0, above_key(pointer)));
      if (parent.starts_with('$') ? !above.empty() : lower_name(parent) != lower_name(above)) return false;
    }
    if (row.name.starts_with('*')) return !normal.empty() && normal.ends_with(known);
    return row.name.ends_with('*') ? normal.starts_with(known) : normal == known && !normal.empty();
  }

  std::string words_for(const Span& span, Where where, std::string_view name, std::string_view pointer) const {
    if (span.rule == "pattern.user") {
      std::string out = "a pattern of kind " + std::string(to_string(span.kind)) + ":";
      for (const TableRow& row : rows_) {
        if (row.where == "pattern" && row.kind == to_string(span.kind) && row.from != "general") out += " " + row.from;
      }
      return out;
    }
    const auto* known = std::ranges::find(kWords, span.rule, &std::pair<std::string_view, std::string_view>::first);
    if (known != std::end(kWords)) return std::string(known->second);
    const TableRow* row = find(where, name, false, pointer);
    if (row != nullptr && counts_from_above(*row)) row = nullptr;  // something else took it
    const bool is_cookie = span.rule == "cookie" || span.rule == "set-cookie";
    if (is_cookie && row == nullptr) return "the value of a cookie, and no rule keeps that one";
    if (row == nullptr) return "below or beside a name that says so (" + span.rule + ")";
    return "the name " + row->name + " says so, from " + row->from;
  }

  std::string kept_because(Where where, std::string_view name, std::string_view value,
                           std::string_view pointer = {}) const {
    if (value.empty()) return "empty";
    if (const TableRow* row = find(where, name, true, pointer)) return "kept by " + row->name + ", from " + row->from;
    if (where == Where::kPattern) return "no known secret and no pattern in it";
    if (where == Where::kJson && (value == "true" || value == "false" || value == "null"))
      return "true, false and null tell nothing";
    const TableRow* row = find(where, name, false, pointer);
    if (row == nullptr) return "name on no list, no known secret and no pattern in it";
    if (counts_from_above(*row)) return "the name " + row->name + " counts from " + row->level + " on";
    if (row->from == "general" && is_guarded(*row))
      return "the name " + row->name + " counts for values that look the part";
    return "kept when it was recorded; by the rules of now " + row->name + " goes (cvr redact FILE -o OUT)";
  }

  // What stands in [begin, end) of `text`.
  void value(std::string place, const RedactedText& text, std::size_t begin, std::size_t end, Where where,
             std::string_view name, std::string_view pointer = {}) {
    bool any = false;
    for (const Span& span : text.spans) {
      if (span.begin >= end || begin >= span.begin + std::size_t{span.size}) continue;
      any = true;
      const std::string_view now = std::string_view(text.text).substr(span.begin, span.size);
      if (span.kind == Kind::kDate && is_time_of_day(now)) {
        out_.push_back({place, false, "", "", "a time of day, which names no day"});
        continue;
      }
      out_.push_back(
          {place, true, std::string(to_string(span.kind)), span.rule, words_for(span, where, name, pointer)});
    }
    if (any) return;
    const std::string_view kept = std::string_view(text.text).substr(begin, end - begin);
    out_.push_back({std::move(place), false, "", "", kept_because(where, name, kept, pointer)});
  }

  void whole(std::string place, const RedactedText& text, std::string why) {
    if (text.text.empty()) return;
    for (const Span& span : text.spans) {
      out_.push_back(
          {place, true, std::string(to_string(span.kind)), span.rule, words_for(span, Where::kPattern, {}, {})});
    }
    if (text.spans.empty()) out_.push_back({std::move(place), false, "", "", std::move(why)});
  }

  void pairs(const std::string& place, Where where, const RedactedText& text) {
    for (std::size_t begin = 0; begin < text.text.size();) {
      const std::size_t end = std::min(text.text.find('&', begin), text.text.size());
      const std::size_t equals = std::min(text.text.find('=', begin), end);
      const std::string name = percent_decode(std::string_view(text.text).substr(begin, equals - begin), true);
      value(place + " " + name, text, std::min(equals + 1, end), end, where, name);
      begin = end + 1;
    }
  }

  template <class Message>
  void message(const std::string& which, const Message& message) {
    for (const auto* fields : {&message.fields, &message.trailers}) {
      for (const RedactedField& field : *fields) {
        const std::string place = which + (fields == &message.fields ? " header " : " trailer ") + field.name.text;
        const bool set = http::equals_ignoring_case(field.name.text, "set-cookie");
        if (!set && !http::equals_ignoring_case(field.name.text, "cookie")) {
          value(place, field.value, 0, field.value.text.size(), Where::kHeader, field.name.text);
          continue;
        }
        for (const Leaf& leaf : cookie_leaves(field.value.text, set)) {
          value(place + " " + leaf.label, field.value, leaf.begin, leaf.end, Where::kCookie, leaf.name);
        }
      }
    }
    const RedactedBody& body = message.body;
    const std::string place = which + " body";
    if (body.omitted) {
      out_.push_back({place, true, "", "omitted", *body.omitted});
      return;
    }
    if (body.content.text.empty()) return;
    std::string type;
    for (const RedactedField& field : message.fields) {
      if (http::equals_ignoring_case(field.name.text, "content-type")) type = field.value.text;
    }
    if (http::to_lower(type).starts_with("application/x-www-form-urlencoded"))
      return pairs(place, Where::kForm, body.content);
    leaves(place, body.content, type);
  }

  void leaves(const std::string& place, const RedactedText& text, const std::string& content_type) {
    const std::string type = http::to_lower(content_type);
    const std::size_t first = text.text.find_first_not_of(" \t\r\n");
    Where where = Where::kJson;
    std::vector<Leaf> found = json_leaves(text.text);
    if (!found.empty()) {
      // a JSON text
    } else if (type.starts_with("multipart/")) {
      where = Where::kForm;
      found = multipart_leaves(text.text, match::boundary_of(content_type));
    } else if (type.find("xml") != type.npos || type.find("html") != type.npos ||
               (first != std::string::npos && text.text[first] == '<')) {
      where = Where::kXml;
      found = markup_leaves(text.text);
    } else if (std::ranges::none_of(text.text, [](char c) { return c == '\0'; })) {
      where = Where::kPattern;
      found = line_leaves(text.text);
    }
    if (found.empty()) return whole(place, text, "no known secret, no pattern and no name of a list in it");
    for (const Leaf& leaf : found) {
      value(place + " " + leaf.label, text, leaf.begin, leaf.end, leaf.is_json ? Where::kJson : where, leaf.name,
            leaf.pointer);
    }
  }

  // Where the nearest key begins, through indexes: "/a/b/0" -> 2.
  static std::size_t above_key(std::string_view pointer) {
    while (!pointer.empty()) {
      const std::size_t slash = pointer.rfind('/');
      if (pointer.substr(slash + 1).find_first_not_of("0123456789") != pointer.npos) return slash;
      pointer = pointer.substr(0, slash);
    }
    return 0;
  }
  static std::string name_of(std::string_view pointer) {
    const std::size_t slash = above_key(pointer);
    const std::string_view rest = pointer.substr(std::min(slash + 1, pointer.size()));
    return std::string(rest.substr(0, rest.find('/')));
  }

  const RedactedParts& parts_;
  const Redaction& redaction_;
  const std::vector<TableRow> rows_;
  std::vector<Explanation> out_;
};

}  // namespace

std::vector<Explanation> explain(const RedactedParts& parts, const Redaction& redaction) {
  return Explainer(parts, redaction).run();
}

std::string explanation_text(const std::vector<Explanation>& all) {
  std::size_t width = 0;
  for (const Explanation& one : all) width = std::max(width, std::min<std::size_t>(printable(one.place).size(), 60));
  std::string out;
  for (const Explanation& one : all) {
    std::string line = printable(one.place);
    line.resize(std::max(line.size(), width) + 2, ' ');
    line += one.redacted ? "redacted  " : "kept      ";
    if (one.redacted && !one.kind.empty()) line += one.kind + ", ";
    out += line + printable(one.why) + "\n";
  }
  return out;
}

std::string explanation_json(const std::vector<Explanation>& all) {
  json::Writer w;
  w.begin_array();
  for (const Explanation& one : all) {
    w.begin_object().member("place", one.place).member("redacted", one.redacted).member("kind", one.kind);
    w.member("rule", one.rule).member("why", one.why).end_object();
  }
  w.end_array();
  return w.take() + "\n";
}

}  // namespace cvr::app
