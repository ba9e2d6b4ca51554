#include "exporters/edit_form.h"

#include <algorithm>
#include <charconv>
#include <deque>
#include <map>

#include "base/base64.h"
#include "base/escape.h"
#include "exporters/carry.h"
#include "exporters/common.h"
#include "exporters/json_print.h"
#include "http/characters.h"
#include "http/target.h"

namespace cvr::exporters {
namespace {

constexpr std::string_view kMark = "===";
constexpr std::size_t kBase64Line = 76;

std::unexpected<Error> wrong(std::size_t line, const std::string& what) {
  return fail(ErrorCode::kMalformed, "line " + std::to_string(line) + ": " + what);
}

// ---- writing

std::string field_line(const RedactedField& field) {
  return printable(field.name.text) + ": " + printable(field.value.text);
}
std::string request_line(const RedactedRequest& request) {
  return printable(request.method) + " " + printable(url_of(request));
}
std::string status_line(const RedactedResponse& response) {
  return std::to_string(response.status) + " " + printable(response.reason.text);
}

std::string_view form_of(const RedactedBody& body, const std::vector<RedactedField>& fields) {
  if (body.omitted) return "omitted";
  const std::string& text = body.content.text;
  if (text.empty()) return "text";
  if (!is_text(text) || text.contains('\r')) return "base64";
  return media_type(fields).contains("json") && print_json(body.content, {true, false}) ? "json" : "text";
}

// As it is shown, before lines are escaped.
RedactedText shown(const RedactedBody& body, std::string_view form) {
  if (form == "omitted") return {*body.omitted, {}};
  if (form == "json") return *print_json(body.content, {true, false});
  if (form == "text") return body.content;
  RedactedText out;
  const std::string all = base64_encode(body.content.text);
  for (std::size_t at = 0; at < all.size(); at += kBase64Line) {
    out.text += (at == 0 ? "" : "\n") + all.substr(at, kBase64Line);
  }
  return out;
}

std::string escaped_lines(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (line.starts_with(kMark) || line.starts_with('\\')) out += '\\';
    out += line;
    out += '\n';
    at = end + 1;
  }
  return out;
}

template <class Message>
void write(std::string& out, std::string_view side, const std::string& first, const Message& message) {
  out += "=== " + std::string(side) + "\n" + first + "\n";
  for (const RedactedField& field : message.fields) out += field_line(field) + "\n";
  const std::string_view form = form_of(message.body, message.fields);
  out += "\n=== " + std::string(side) + " body (" + std::string(form) + ")\n";
  out += escaped_lines(shown(message.body, form).text);
}

// ---- reading

struct Section {
  std::string form;  // of a body
  std::size_t line = 0;
  std::string text;
};
using Sections = std::map<std::string, Section, std::less<>>;

Result<Sections> sections_of(std::string_view text) {
  Sections out;
  Section* open = nullptr;
  std::size_t number = 0;
  bool ended = false;
  for (std::size_t at = 0; at < text.size() && !ended;) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    ++number;
    if (!line.starts_with(kMark)) {
      if (line.starts_with('\\')) line.remove_prefix(1);
      if (open != nullptr) open->text += std::string(line) + "\n";
      continue;
    }
    std::string name(line.substr(kMark.size()));
    while (name.ends_with(' ') || name.ends_with('\r')) name.pop_back();
    name.erase(0, name.find_first_not_of(' '));
    ended = name == "end";
    std::string form;
    if (const std::size_t bracket = name.find(" ("); bracket != name.npos && name.ends_with(')')) {
      form = name.substr(bracket + 2, name.size() - bracket - 3);
      name.resize(bracket);
    }
    const auto [place, is_new] = out.try_emplace(name, Section{form, number, {}});
    if (!is_new) return wrong(number, "a second section of this name");
    open = &place->second;
  }
  if (!ended) return wrong(number, "the line \"=== end\" is missing");
  for (auto& [name, section] : out) {
    if (section.text.ends_with('\n')) section.text.pop_back();
  }
  return out;
}

// Where a section of text gives its lines, with their numbers.
class Lines {
 public:
  explicit Lines(const Section& section) : rest_(section.text), number_(section.line) {}
  bool next(std::string& line) {
    if (done_) return false;
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    line = rest_.substr(0, end);
    if (line.ends_with('\r')) line.pop_back();
    done_ = end == rest_.size();
    rest_.remove_prefix(done_ ? end : end + 1);
    ++number_;
    return true;
  }
  std::size_t number() const { return number_; }

 private:
  std::string_view rest_;
  std::size_t number_;
  bool done_ = false;
};

// All values of one name, so that a pseudonym may move from one to another.
RedactedText values_of(const std::vector<RedactedField>& fields, std::string_view name) {
  RedactedText out;
  for (const RedactedField& field : fields) {
    if (!http::equals_ignoring_case(field.name.text, name)) continue;
    for (Span span : field.value.spans) {
      span.begin += static_cast<std::uint32_t>(out.text.size());
      out.spans.push_back(std::move(span));
    }
    out.text += field.value.text + "\n";
  }
  return out;
}

Result<std::vector<RedactedField>> read_fields(Lines& lines, const std::vector<RedactedField>& old) {
  std::map<std::string, std::deque<const RedactedField*>> as_shown;
  for (const RedactedField& field : old) as_shown[field_line(field)].push_back(&field);
  std::vector<RedactedField> out;
  for (std::string line; lines.next(line);) {
    if (line.empty()) continue;
    if (const auto found = as_shown.find(line); found != as_shown.end() && !found->second.empty()) {
      out.push_back(*found->second.front());
      found->second.pop_front();
      continue;
    }
    const std::size_t colon = line.find(':');
    const std::string name = line.substr(0, colon);
    if (colon == line.npos || !http::is_token(name)) return wrong(lines.number(), "a header is needed: NAME: VALUE");
    std::size_t begin = line.find_first_not_of(" \t", colon + 1);
    if (begin == line.npos) begin = line.size();
    const std::string value = line.substr(begin, line.find_last_not_of(" \t") + 1 - begin);
    if (http::end_of_value(value, 0) != value.size()) return wrong(lines.number(), "a header with a control character");
    out.push_back({{name, {}}, carry_spans(values_of(old, name), value)});
  }
  return out;
}

Result<RedactedBody> read_body(const Section& section, const RedactedBody& old, const std::vector<RedactedField>& was) {
  const std::string_view form = form_of(old, was);
  const RedactedText before = shown(old, form);
  if (section.form == form && section.text == before.text) return old;
  if (old.omitted) return wrong(section.line, "a body that was omitted can not be edited");
  RedactedBody out = old;
  if (section.form == "base64") {
    std::string packed = section.text;
    std::erase_if(packed, [](char c) { return c == '\n' || c == '\r' || c == ' '; });
    auto bytes = base64_decode(packed);
    if (!bytes) return wrong(section.line, "the body is no base64");
    out.content = carry_spans(old.content, std::move(*bytes));
  } else if (section.form == "json") {
    const auto compact = print_json(carry_spans(before, section.text), {});
    if (!compact && !section.text.empty()) return wrong(section.line, "the body is no JSON; (text) takes it as it is");
    const bool was_compact = !old.content.text.contains('\n');
    out.content = was_compact ? compact.value_or(RedactedText{}) : carry_spans(before, section.text);
  } else if (section.form == "text") {
    out.content = carry_spans(form == "json" ? before : old.content, section.text);
  } else {
    return wrong(section.line, "(json), (text) or (base64) is needed");
  }
  out.wire_size = out.content.text.size();
  return out;
}

// METHOD URL
Result<void> read_request_line(const std::string& line, std::size_t number, RedactedRequest& request) {
  if (line == request_line(request)) return {};
  const std::size_t space = line.find(' ');
  const std::string method = line.substr(0, space);
  if (space == line.npos || !http::is_token(method)) return wrong(number, "METHOD URL is needed");
  const std::string url = line.substr(space + 1);
  const bool sound = std::ranges::all_of(url, http::is_target_character);
  const auto target = http::parse_target(url, false);
  if (!sound || !target || !target->origin) return wrong(number, "a URL is needed, as in https://host/path?query");
  request.method = method;
  request.origin = *target->origin;
  request.path = carry_spans(request.path, std::string(target->path));
  request.query = carry_spans(request.query, std::string(target->query));
  request.has_query = target->has_query;
  return {};
}

// STATUS REASON
Result<void> read_status_line(const std::string& line, std::size_t number, RedactedResponse& response) {
  if (line == status_line(response)) return {};
  int status = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), status);
  const auto digits = static_cast<std::size_t>(end - line.data());
  const bool sound =
      error == std::errc() && digits == 3 && status >= 100 && (digits == line.size() || line[digits] == ' ');
  if (!sound) return wrong(number, "a status is needed, as in 200 OK");
  const std::string reason = line.substr(std::min(digits + 1, line.size()));
  if (http::end_of_value(reason, 0) != reason.size()) return wrong(number, "a reason with a control character");
  response.status = status;
  response.reason = carry_spans(response.reason, reason);
  return {};
}

template <class Message, class ReadFirst>
Result<void> read(Sections& sections, const std::string& side, Message& message, ReadFirst read_first) {
  const auto head = sections.find(side);
  const auto body = sections.find(side + " body");
  if (head == sections.end() || body == sections.end()) {
    return wrong(1, "the section \"=== " + side + (head == sections.end() ? "" : " body (...)") + "\" is missing");
  }
  Lines lines(head->second);
  std::string first;
  lines.next(first);
  if (auto done = read_first(first, lines.number(), message); !done) return done;
  auto fields = read_fields(lines, message.fields);
  if (!fields) return std::unexpected(fields.error());
  auto content = read_body(body->second, message.body, message.fields);
  if (!content) return std::unexpected(content.error());
  message.fields = std::move(*fields);
  message.body = std::move(*content);
  sections.erase(head);
  sections.erase(body);
  return {};
}

}  // namespace

std::string edit_form(const RedactedParts& parts, std::string_view title) {
  std::string out =
      "# " + printable(title) +
      "\n# What stands behind a colon, in the first lines and in bodies may be changed; what is written\n"
      "# here is redacted before it is kept.  A line of a body that begins with === needs a \\ in front.\n";
  write(out, "request", request_line(parts.request), parts.request);
  if (parts.response) write(out, "response", status_line(*parts.response), *parts.response);
  return out + "=== end\n";
}

Result<RedactedParts> apply_edit(const RedactedParts& old, std::string_view text) {
  auto sections = sections_of(text);
  if (!sections) return std::unexpected(sections.error());
  RedactedParts out = old;
  if (auto done = read(*sections, "request", out.request, read_request_line); !done)
    return std::unexpected(done.error());
  if (out.response) {
    if (auto done = read(*sections, "response", *out.response, read_status_line); !done) {
      return std::unexpected(done.error());
    }
    // How the old bytes arrived says nothing about new ones.
    if (!(out.response->body == old.response->body)) out.pieces.clear();
  }
  sections->erase("end");
  if (!sections->empty()) return wrong(sections->begin()->second.line, "a section that is not known here");
  const bool is_new = !(out == old);
  const bool was_noted = std::ranges::find(out.notes, kEditedNote) != out.notes.end();
  if (is_new && !was_noted) out.notes.emplace_back(kEditedNote);
  return out;
}

}  // namespace cvr::exporters
