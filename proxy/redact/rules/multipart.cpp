// multipart/* (RFC 2046, RFC 7578): fields of form-data by name, parts of JSON and forms by their
// own rules.  Without a usable boundary the body is not understood, and left out.
#include <algorithm>

#include "base/base64.h"
#include "cvr/http.h"
#include "redact/leaf.h"
#include "redact/rules.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxParts = 1000;
constexpr std::size_t kMaxBoundary = 70;
constexpr std::size_t kMaxPartHead = 8u << 10;
constexpr int kMaxNesting = 3;  // multipart in parts

struct PartHead {
  std::string name;
  bool has_file_name = false;
  bool base64 = false;  // Content-Transfer-Encoding, which RFC 7578 section 4.7 deprecates
  MediaType type;
};

std::string parameter(std::string_view value, std::string_view name) {
  // parse_media_type knows the quoting; the wanted parameter takes the place of "boundary".
  for (std::size_t at = value.find(';'); at != value.npos; at = value.find(';', at + 1)) {
    const std::size_t from = value.find_first_not_of(" \t", at + 1);
    if (from == value.npos || !http::equals_ignoring_case(value.substr(from, name.size()), name)) continue;
    if (value.substr(from + name.size(), 1) != "=") continue;
    return parse_media_type("x/x; boundary=" + std::string(value.substr(from + name.size() + 1))).boundary;
  }
  return {};
}

PartHead parse_head(std::string_view head) {
  PartHead out;
  for (std::size_t begin = 0; begin < head.size();) {
    const std::size_t end = std::min(head.find('\n', begin), head.size());
    std::string_view line = head.substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::size_t colon = std::min(line.find(':'), line.size());
    const std::string_view value = line.substr(std::min(colon + 1, line.size()));
    if (http::equals_ignoring_case(line.substr(0, colon), "content-disposition")) {
      out.name = parameter(value, "name");
      // RFC 8187: name*=utf-8''password
      const std::string extended = out.name.empty() ? parameter(value, "name*") : std::string();
      if (const std::size_t quote = extended.rfind('\''); quote != extended.npos) {
        out.name = decode(extended.substr(quote + 1), View::kPercent);
      }
      out.has_file_name = !parameter(value, "filename").empty();
    } else if (http::equals_ignoring_case(line.substr(0, colon), "content-type")) {
      out.type = parse_media_type(value);
    } else if (http::equals_ignoring_case(line.substr(0, colon), "content-transfer-encoding")) {
      out.base64 = http::to_lower(value).find("base64") != std::string::npos;
    }
    begin = end + 1;
  }
  return out;
}

Result<void> collect_parts(std::string_view text, const MediaType& type, int nesting, Context& context, Edits& edits);

Result<void> collect_part(std::string_view text, std::size_t begin, std::size_t end, int nesting, Context& context,
                          Edits& edits) {
  const std::string_view part = text.substr(begin, end - begin);
  std::size_t blank = part.find("\r\n\r\n");
  std::size_t skip = 4;
  if (part.starts_with("\r\n")) {
    blank = 0;
    skip = 2;
  } else if (blank == part.npos || part.find("\n\n") < blank) {
    blank = part.find("\n\n");
    skip = 2;
  }
  if (blank == part.npos || blank > kMaxPartHead)
    return fail(ErrorCode::kMalformed, "multipart: a part without a head");
  const PartHead head = parse_head(part.substr(0, blank));
  const std::size_t from = blank + skip;
  const std::string_view content = part.substr(from);
  const auto named = context.names.find_form(head.name);
  const auto plain = head.base64 && named ? base64_decode(content) : std::nullopt;
  if (named && !is_oauth(named->guard) && admits(*named, head.name, plain ? std::string_view(*plain) : content)) {
    if (plain) {
      Edits inner;
      collect_named(*named, head.name, *plain, 0, {}, "multipart.name", Place::kMultipart, context, inner);
      const std::string by = base64_encode(apply_plain(*plain, std::move(inner), context.masker.pseudonyms()));
      if (*plain != base64_decode(by)) {
        edits.push_back({begin + from, end, named->kind, "multipart.name", by, Edit::Action::kReplace});
      }
      return {};
    }
    collect_named(*named, head.name, content, begin + from, {}, "multipart.name", Place::kMultipart, context, edits);
    return {};
  }
  const BodyForm form = form_of_body(head.type, content);
  const std::size_t before = edits.size();
  auto done = form == BodyForm::kMultipart ? collect_parts(content, head.type, nesting + 1, context, edits)
                                           : rule_for(form).collect(content, head.type, context, edits);
  if (!done && form == BodyForm::kJson && head.type.essence.find("json") == std::string::npos) {
    edits.resize(before);
    done = collect_text(content, head.type, context, edits);
  }
  for (std::size_t i = before; i < edits.size(); ++i) {
    edits[i].begin += begin + from;
    edits[i].end += begin + from;
  }
  return done;
}

Result<void> collect_parts(std::string_view text, const MediaType& type, int nesting, Context& context, Edits& edits) {
  if (nesting > kMaxNesting) return fail(ErrorCode::kUnsupported, "multipart: nested too deep");
  if (type.boundary.empty() || type.boundary.size() > kMaxBoundary) {
    return fail(ErrorCode::kMalformed, "multipart: no usable boundary");
  }
  const std::string delimiter = "--" + type.boundary;
  std::size_t at = text.find(delimiter);
  if (at == text.npos) return fail(ErrorCode::kMalformed, "multipart: the boundary does not occur");
  for (std::size_t parts = 0; parts < kMaxParts; ++parts) {
    at += delimiter.size();
    if (text.substr(at, 2) == "--") return {};
    const std::size_t line = text.find('\n', at);
    if (line == text.npos) break;
    const std::size_t next = text.find("\n" + delimiter, line);
    if (next == text.npos) break;
    const std::size_t end = next > line + 1 && text[next - 1] == '\r' ? next - 1 : next;
    if (const auto done = collect_part(text, line + 1, std::max(end, line + 1), nesting, context, edits); !done)
      return done;
    at = next + 1;
  }
  return fail(ErrorCode::kMalformed, "multipart: no closing boundary");
}

}  // namespace

Result<void> collect_multipart(std::string_view text, const MediaType& type, Context& context, Edits& edits) {
  return collect_parts(text, type, 0, context, edits);
}

}  // namespace cvr::redact
