// multipart/* (RFC 2046, RFC 7578): fields of form-data by name, parts of JSON and forms by their
// own rules.  Without a usable boundary the body is not understood, and left out.
#include <algorithm>

#include "base/base64.h"
#include "redact/leaf.h"
#include "redact/rules.h"
#include "redact/rules/part_head.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxParts = 1000;
constexpr std::size_t kMaxBoundary = 70;
constexpr std::size_t kMaxPartHead = 8u << 10;
constexpr int kMaxNesting = 3;  // multipart in parts

Result<void> collect_parts(std::string_view text, const MediaType& type, int nesting, Context& context, Edits& edits);

// What stands in one part below its head.
Result<void> collect_content(std::string_view content, const PartHead& head, int nesting, Context& context,
                             Edits& edits) {
  const auto named = context.names.find_form(head.name);
  const auto plain = head.base64 && named ? base64_decode(content) : std::nullopt;
  if (named && !is_oauth(named->guard) && admits(*named, head.name, plain ? std::string_view(*plain) : content)) {
    if (plain) {
      Edits inner;
      collect_named(*named, head.name, *plain, 0, {}, "multipart.name", Place::kMultipart, context, inner);
      const std::string by = base64_encode(apply_plain(*plain, std::move(inner), context.masker.pseudonyms()));
      if (*plain != base64_decode(by)) {
        edits.push_back({0, content.size(), named->kind, "multipart.name", by, Edit::Action::kReplace});
      }
      return {};
    }
    collect_named(*named, head.name, content, 0, {}, "multipart.name", Place::kMultipart, context, edits);
    return {};
  }
  const BodyForm form = form_of_body(head.type, content);
  auto done = form == BodyForm::kMultipart ? collect_parts(content, head.type, nesting + 1, context, edits)
                                           : rule_for(form).collect(content, head.type, context, edits);
  if (!done && form == BodyForm::kJson && head.type.essence.find("json") == std::string::npos) {
    edits.clear();
    done = collect_text(content, head.type, context, edits);
  }
  return done;
}

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
  const std::string_view head = part.substr(0, blank);
  const std::size_t from = blank + skip;
  Edits found;
  if (auto done = collect_content(part.substr(from), parse_part_head(head), nesting, context, found); !done)
    return done;
  Edits of_head;
  collect_part_head(head, !found.empty(), context, of_head);
  append_moved(std::move(of_head), begin, edits);
  append_moved(std::move(found), begin + from, edits);
  return {};
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
