#include "redact/cookies.h"

#include <algorithm>

#include "base/base64.h"
#include "cvr/http.h"
#include "redact/charset.h"
#include "redact/leaf.h"
#include "redact/media_type.h"
#include "redact/url.h"
#include "redact/words.h"

namespace cvr::redact {
namespace {

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

// RFC 6265 section 4.1.1, RFC 2109, and what browsers add.
bool is_plain_attribute(std::string_view name) {
  constexpr std::string_view kPlain[] = {"expires",  "max-age", "domain",   "secure",     "httponly",
                                         "samesite", "version", "priority", "partitioned"};
  return std::ranges::any_of(kPlain, [&](std::string_view known) { return http::equals_ignoring_case(known, name); });
}

// Where ", name=" begins another cookie of a field that was joined; `end` when none does.
std::size_t next_cookie(std::string_view text, std::size_t begin, std::size_t end) {
  for (std::size_t comma = text.find(',', begin); comma < end; comma = text.find(',', comma + 1)) {
    const std::size_t name = text.find_first_not_of(" \t", comma + 1);
    std::size_t stop = name;
    while (stop < end && is_name(text[stop])) ++stop;
    if (stop > name && stop < end && text[stop] == '=') return comma;
  }
  return end;
}

bool is_text(std::string_view plain) {
  return is_utf8(plain) && std::ranges::all_of(plain, [](char c) { return static_cast<unsigned char>(c) >= 0x20; });
}

// A structure says by its names what in it is secret.
bool is_structure(std::string_view text) {
  const std::size_t equals = text.find('=');
  return looks_like_json(text) ||
         (equals != text.npos && equals > 0 && std::ranges::all_of(text.substr(0, equals), is_name));
}

// Names in a cookie that is a JSON text, a form or one of these behind a coding, and what a coded one stands for: an
// application echoes the inner value alone.  "s:VALUE.SIGNATURE" and "j:{...}" are Express'.
void learn_inside(std::string_view plain, Kind kind, Context& context) {
  if (plain.starts_with("s:") && plain.rfind('.') > 2) plain = plain.substr(2, plain.rfind('.') - 2);
  if (plain.starts_with("j:")) plain.remove_prefix(2);
  Edits ignored;
  collect_leaf(plain, 0, {}, context, ignored);
  const auto inner = base64_decode(plain);
  if (!inner || inner->size() < kMinLedgerSize || !is_text(*inner) || is_structure(*inner)) return;
  if (is_setting(*inner) || is_ordinary(*inner)) return;
  context.masker.learn(*inner, kind, Place::kCookie);
}

// One "name=value", or a bare value, in [begin, end) of `text`.
void collect_pair(std::string_view text, std::size_t begin, std::size_t end, std::string_view rule, Context& context,
                  Edits& edits) {
  while (begin < end && (text[begin] == ' ' || text[begin] == '\t')) ++begin;
  while (end > begin && (text[end - 1] == ' ' || text[end - 1] == '\t')) --end;
  const std::size_t equals = text.substr(0, end).find('=', begin);
  std::size_t from = equals == text.npos ? begin : equals + 1;
  const std::string_view name = text.substr(begin, equals == text.npos ? 0 : equals - begin);
  const auto kind = context.names.in_cookie(name);
  if (!kind) return;
  if (end - from >= 2 && text[from] == '"' && text[end - 1] == '"') {
    ++from;
    --end;
  }
  const std::string_view raw = text.substr(from, end - from);
  const auto view = has_view(raw, View::kPercent) ? std::optional(View::kPercent) : std::nullopt;
  // A preference goes in its own place only.
  const std::string plain = view ? decode(raw, *view) : std::string(raw);
  if (*kind == Kind::kCookie && is_setting(plain) && !context.names.find_json(name, {})) {
    auto mask = context.masker.unlisted(plain);
    edits.push_back({from, end, *kind, rule, view ? encode(mask.text, *view) : std::move(mask.text),
                     mask.already ? Edit::Action::kKeep : Edit::Action::kReplace});
    return;
  }
  context.masker.add_credential(edits, from, raw, view, *kind, rule, Place::kCookie);
  learn_inside(plain, *kind, context);
}

// Where the value of a cookie ends.  Entities in it ("&#56;&#48;...") hold ';' themselves: what follows directly, and
// is neither an attribute nor a pair, is of the value.
std::size_t value_end(std::string_view text) {
  std::size_t end = std::min(text.find(';'), text.size());
  while (end < text.size()) {
    const std::size_t next = std::min(text.find(';', end + 1), text.size());
    const std::string_view piece = text.substr(end + 1, next - end - 1);
    if (piece.empty() || piece[0] == ' ' || piece[0] == '\t' || piece.find('=') != piece.npos) break;
    if (is_plain_attribute(piece) || http::equals_ignoring_case(piece, "path")) break;
    end = next;
  }
  return end;
}

}  // namespace

void collect_cookie(std::string_view value, Context& context, Edits& edits) {
  for (std::size_t begin = 0; begin < value.size();) {
    const std::size_t end = std::min(value.find(';', begin), value.size());
    collect_pair(value, begin, end, "cookie", context, edits);
    begin = end + 1;
  }
}

// Attributes that a browser knows keep their values; another one is as good a place for a token as the
// cookie itself.
void collect_set_cookie(std::string_view value, Context& context, Edits& edits) {
  std::size_t end = value_end(value);
  collect_pair(value, 0, end, "set-cookie", context, edits);
  while (end < value.size()) {
    std::size_t begin = std::min(value.find_first_not_of(" \t;", end), value.size());
    end = std::min(value.find(';', begin), value.size());
    const std::size_t equals = std::min(value.find('=', begin), end);
    const std::size_t joined = next_cookie(value, begin, end);
    const std::string_view name = value.substr(begin, equals - begin);
    if (http::equals_ignoring_case(name, "path")) {
      if (equals < joined) collect_path(value, equals + 1, joined, context, edits);
    } else if (!is_plain_attribute(name) && equals < end) {
      collect_pair(value, begin, joined, "set-cookie", context, edits);
    }
    if (joined < end) collect_pair(value, joined + 1, end, "set-cookie", context, edits);
  }
}

}  // namespace cvr::redact
