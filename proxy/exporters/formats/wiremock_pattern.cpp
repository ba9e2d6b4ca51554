#include "exporters/formats/wiremock_pattern.h"

#include <algorithm>

#include "base/base64.h"
#include "exporters/common.h"
#include "exporters/json_print.h"
#include "exporters/placeholders.h"

namespace cvr::exporters {
namespace {

bool has_credentials(const RedactedText& text) {
  for (const Span& span : text.spans) {
    if (is_credential(span.kind)) return true;
  }
  return false;
}

// Java's \Q...\E, in which nothing is special but \E itself.
std::string regex_quoted(std::string_view text) {
  if (text.empty()) return {};
  std::string out = "\\Q";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\\E")) {
      out += "\\E\\\\E\\Q";
      ++i;
    } else {
      out += text[i];
    }
  }
  return out + "\\E";
}

// Around each credential a text, which `plain` spells and `any` stands for.
template <class Plain>
std::string with_anything(const RedactedText& text, std::string_view any, Plain plain) {
  std::string out;
  std::size_t at = 0;
  for (const Span& span : text.spans) {
    if (!is_credential(span.kind)) continue;
    out += plain(std::string_view(text.text).substr(at, span.begin - at));
    out += any;
    at = std::size_t{span.begin} + span.size;
  }
  return out + plain(std::string_view(text.text).substr(at));
}

RedactedText slice(const RedactedText& text, std::size_t begin, std::size_t end) {
  RedactedText out{text.text.substr(begin, end - begin), {}};
  for (const Span& span : text.spans) {
    const std::size_t from = std::max<std::size_t>(span.begin, begin);
    const std::size_t to = std::min<std::size_t>(std::size_t{span.begin} + span.size, end);
    if (from >= to) continue;
    out.spans.push_back(
        {static_cast<std::uint32_t>(from - begin), static_cast<std::uint32_t>(to - from), span.kind, span.rule});
  }
  return out;
}

std::string boundary_of(const RedactedRequest& request) {
  const std::string_view type = value_of(request.fields, "content-type");
  constexpr std::string_view kName = "boundary=";
  const std::size_t at = http::to_lower(type).find(kName);
  if (at == std::string::npos) return {};
  const std::string_view rest = type.substr(at + kName.size());
  if (rest.starts_with('"')) return std::string(rest.substr(1, std::min(rest.find('"', 1), rest.size()) - 1));
  return std::string(rest.substr(0, rest.find_first_of("; \t")));
}

struct Part {
  RedactedText head, content;
};

// RFC 2046 section 5.1.1; empty: it is not readable as that.
std::vector<Part> parts_of(const RedactedText& body, const std::string& boundary) {
  std::vector<Part> out;
  const std::string line = "--" + boundary;
  const std::string& text = body.text;
  for (std::size_t at = text.starts_with(line) ? 0 : text.find("\n" + line); at != text.npos;) {
    at = text.find(line, at) + line.size();
    if (text.compare(at, 2, "--") == 0) return out;
    const std::size_t head = text.find('\n', at);
    const std::size_t blank = head == text.npos ? head : std::min(text.find("\r\n\r\n", head), text.find("\n\n", head));
    if (blank == text.npos) return {};
    const std::size_t content = blank + (text[blank] == '\r' ? 4 : 2);
    const std::size_t next = text.find("\n" + line, content - 1);
    if (next == text.npos) return {};
    const std::size_t end = next > content && text[next - 1] == '\r' ? next - 1 : std::max(next, content);
    out.push_back({slice(body, head + 1, blank), slice(body, content, end)});
    at = next;
  }
  return {};
}

void write_text_pattern(json::Writer& w, const RedactedText& text) {
  if (!is_text(text.text)) {
    w.member("binaryEqualTo", base64_encode(text.text));
  } else if (has_credentials(text)) {
    w.member("matches", "(?s)" + with_anything(text, ".+", regex_quoted));
  } else {
    w.member("equalTo", text.text);
  }
}

void write_parts(json::Writer& w, const std::vector<Part>& parts) {
  w.key("multipartPatterns").begin_array();
  for (const Part& part : parts) {
    w.begin_object().member("matchingType", "ANY").key("headers").begin_object();
    std::string_view rest = part.head.text;
    while (!rest.empty()) {
      std::string_view field = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(field.size() + 1, rest.size()));
      if (field.ends_with('\r')) field.remove_suffix(1);
      const std::size_t colon = field.find(':');
      const bool disposes = http::equals_ignoring_case(field.substr(0, colon), "content-disposition");
      if (!disposes || colon == field.npos || has_credentials(part.head)) continue;
      const std::size_t value = field.find_first_not_of(" \t", colon + 1);
      if (value == field.npos) continue;
      w.key("Content-Disposition").begin_object().member("equalTo", field.substr(value)).end_object();
      break;
    }
    w.end_object();
    if (!part.content.text.empty() && (is_text(part.content.text) || !has_credentials(part.content))) {
      w.key("bodyPatterns").begin_array().begin_object();
      write_text_pattern(w, part.content);
      w.end_object().end_array();
    }
    w.end_object();
  }
  w.end_array();
}

}  // namespace

void write_body_pattern(json::Writer& w, const RedactedRequest& request) {
  const RedactedText& body = request.body.content;
  if (body.text.empty()) return;
  const std::string type = media_type(request.fields);
  if (type.starts_with("multipart/")) {
    // Without parts nothing but the boundary would tell one body from another.
    if (const auto parts = parts_of(body, boundary_of(request)); !parts.empty()) write_parts(w, parts);
    return;
  }
  w.key("bodyPatterns").begin_array().begin_object();
  // json-unit: a string of its own that matches any.  Within a longer one it is plain text; a credential
  // that is no string leaves no JSON.
  const bool json = is_text(body.text) && type.contains("json") && print_json(body, {});
  const RedactedText loose = {
      with_anything(body, "${json-unit.any-string}", [](std::string_view s) { return std::string(s); }), {}};
  if (json && print_json(loose, {})) {
    w.member("equalToJson", loose.text);
  } else {
    write_text_pattern(w, body);
  }
  w.end_object().end_array();
}

}  // namespace cvr::exporters
