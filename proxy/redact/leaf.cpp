#include "redact/leaf.h"

#include <algorithm>

#include "base/char_set.h"
#include "redact/authorization.h"
#include "redact/coded_leaf.h"
#include "redact/cookies.h"
#include "redact/media_type.h"
#include "redact/rules.h"
#include "redact/rules/command_line.h"
#include "redact/rules/graphql.h"
#include "redact/url.h"
#include "redact/userinfo.h"

namespace cvr::redact {
namespace {

constexpr int kMaxDepth = 8;
constexpr std::size_t kMinLeaf = 8;

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_-.[]%$").contains(c);
}

constexpr CharSet kSpace(" \t\r\n");
constexpr CharSet kNoUrl(" \t\r\n\"<>");
constexpr CharSet kNoForm(" \t\r\n\"<>{");
constexpr CharSet kQuery("?#");
constexpr CharSet kOpen("{#");
constexpr CharSet kPair(":=");
constexpr CharSet kCoded("%&+;");
constexpr CharSet kSigns(":={[<%&\\");  // without one of them nothing stands in a leaf but itself

// "a=1&b=2", no spaces.
bool is_form(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (text.starts_with("%7B") || text.starts_with("%22") || text.starts_with("%3C")) return false;  // a structure
  return equals != text.npos && equals > 0 && std::ranges::all_of(text.substr(0, equals), is_name) &&
         !kNoForm.any_in(text);
}

bool is_url(std::string_view text) {
  // By name, so that no pseudonym before a URL is taken for its scheme.
  constexpr std::string_view kSchemes[] = {"http",  "https", "ws",   "wss",   "ftp",     "postgres", "postgresql",
                                           "mysql", "redis", "amqp", "amqps", "mongodb", "smtp",     "smtps"};
  const std::size_t query = std::min(kQuery.first_in(text), text.size());
  if (kNoUrl.first_in(text) < query) return false;
  const std::size_t scheme = text.find("://");
  return text[0] == '/' ||
         (scheme < query && std::ranges::find(kSchemes, text.substr(0, scheme)) != std::end(kSchemes));
}

void collect_query(std::string_view text, Context& context, Edits& edits) {
  const std::size_t query = std::min(kQuery.first_in(text), text.size());
  const std::size_t slashes = text.find("://");
  collect_path(text, slashes < query ? std::min(text.find('/', slashes + 3), query) : 0, query, context, edits);
  if (query == text.size()) return;
  const std::size_t stop = std::min(kNoUrl.first_in(text, query), text.size());
  const std::size_t fragment = std::min(text.find('#', query), stop);
  const bool oauth = std::exchange(context.oauth, is_oauth_path(text.substr(0, query)));
  if (text[query] == '?') collect_pairs(text, query + 1, fragment, PairsOf::kQuery, context, edits);
  if (fragment < stop) collect_pairs(text, fragment + 1, stop, PairsOf::kQuery, context, edits);
  context.oauth = oauth;
}

// "scheme://user:p/ss@host": a password with a slash in it, which ends the pattern of URLs.
void collect_userinfo(std::string_view text, Context& context, Edits& edits) {
  const std::size_t slashes = text.find("://");
  if (slashes == text.npos) return;
  const std::size_t begin = slashes + 3;
  const std::size_t end = std::min(text.find_first_of(" \t\r\n\"'<>?", begin), text.size());
  const std::size_t at = text.substr(0, end).rfind('@');
  const std::size_t slash = text.find('/', begin);
  const std::size_t colon = text.find(':', begin);
  if (at == text.npos || at < begin || slash > at || colon > slash) return;
  const std::string_view port = text.substr(colon + 1, slash - colon - 1);
  if (port.find_first_not_of("0123456789") == port.npos) return;
  context.masker.add_credential(edits, colon + 1, text.substr(colon + 1, at - colon - 1), {}, Kind::kPassword,
                                "url.userinfo", Place::kText);
}

// "curl -u user:password".
void collect_curl(std::string_view text, Context& context, Edits& edits) {
  const std::size_t curl = text.find("curl");
  if (curl == text.npos) return;
  for (const std::string_view option : {" -u ", " --user ", " -u'", " -u\""}) {
    const std::size_t at = text.find(option);
    if (at == text.npos || curl > at) continue;
    std::size_t begin = at + option.size();
    if (begin < text.size() && (text[begin] == '\'' || text[begin] == '"')) ++begin;
    const std::size_t end = std::min(text.find_first_of(" \t\r\n\"'", begin), text.size());
    const std::size_t colon = text.substr(0, end).find(':', begin);
    if (colon == text.npos) continue;
    context.masker.add_credential(edits, colon + 1, text.substr(colon + 1, end - colon - 1), {}, Kind::kPassword,
                                  "text.name", Place::kText);
  }
}

// Pairs in running text.
void collect_flat(std::string_view text, Context& context, Edits& edits) {
  collect_command_line(text, context, edits);
  if (!kPair.any_in(text)) return;
  collect_userinfo(text, context, edits);
  collect_curl(text, context, edits);
  collect_loose(text, context, edits);
}

// A string of JSON that holds escapes: a structure may stand in it.
bool is_json_string(std::string_view text) {
  return text[0] == '"' && text.find_last_not_of(" \t\r\n") > 0 && text.find('\\') != text.npos;
}

void collect_plain(std::string_view text, Context& context, Edits& edits) {
  const std::size_t first = std::min(kSpace.first_not_in(text), text.size());
  std::string_view inner = text.substr(first);
  if (inner.size() < kMinLeaf) return;
  if (inner[0] == '{' || inner[0] == '[') {
    while (inner.ends_with(';') || inner.ends_with(',')) inner.remove_suffix(1);
    Edits found;
    if (looks_like_json(inner) && collect_json(inner, {}, context, found)) {
      return append_moved(std::move(found), first, edits);
    }
    // Text in brackets that is no JSON is text.
  } else if (is_json_string(inner)) {
    Edits found;
    if (collect_json(inner, {}, context, found)) return append_moved(std::move(found), first, edits);
  } else if (inner[0] == '<' && inner.find("</") != inner.npos) {
    Edits found;
    (void)collect_markup(inner, {.essence = "application/xml", .charset = {}, .boundary = {}}, context, found);
    return append_moved(std::move(found), first, edits);
  } else if (is_url(text)) {
    collect_userinfo(text, context, edits);
    return collect_query(text, context, edits);
  } else if (is_form(text)) {
    if (!collect_packed(text, context, edits)) collect_pairs(text, 0, text.size(), PairsOf::kForm, context, edits);
    return;
  }
  if (collect_coded(text, context, edits)) return;
  const bool graphql = collect_graphql(text, context, edits);
  // Without its keyword it may be a literal of some language too.
  if (!graphql || kOpen.has(inner[0])) collect_flat(text, context, edits);
}

// "a=b=c": pairs in pairs without a coding between them, which running text shows as well.
bool is_chain(std::string_view text) {
  if (!is_form(text) || kCoded.any_in(text)) return false;
  while (!text.empty()) {
    const std::size_t equals = std::min(text.find('='), text.size());
    const std::size_t end = std::min(text.find_first_not_of('=', equals), text.size());
    if (may_be_packed(text.substr(0, end))) return false;
    text.remove_prefix(end);
  }
  return true;
}

// A structure that may hold names, in whatever coding.
bool is_structured(std::string_view text) {
  std::string_view inner = text.substr(std::min(kSpace.first_not_in(text), text.size()));
  if (inner.size() < kMinLeaf) return false;
  const bool markup = inner[0] == '<' && inner.find("</") != inner.npos;
  if (markup || is_json_string(inner) || is_form(text) || (is_url(text) && kQuery.any_in(text))) return true;
  if (looks_packed(text) || inner.starts_with("data:") || opens_escaped(inner)) return true;
  while (inner.ends_with(';') || inner.ends_with(',')) inner.remove_suffix(1);
  return looks_like_json(inner);
}

bool is_cookie_name(std::string_view name, bool set) {
  std::string plain;
  for (const char c : name.substr(0, 32)) {
    if (c != '-' && c != '_') plain += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  return set ? plain == "setcookie" : plain == "cookie" || plain == "cookies";
}

}  // namespace

void collect_named(const Named& named, std::string_view name, std::string_view raw, std::size_t begin,
                   std::optional<View> view, std::string_view rule, Place place, Context& context, Edits& edits) {
  if (raw.empty()) return;
  if (is_authorization_name(name) && named.general) return collect_authorization(raw, begin, view, context, edits);
  const bool set = is_cookie_name(name, true);
  if (named.general && (set || is_cookie_name(name, false)) && raw.find('=') != raw.npos) {
    const bool coded = view && has_view(raw, *view);
    const std::string plain = coded ? decode(raw, *view) : std::string(raw);
    Edits found;
    set ? collect_set_cookie(plain, context, found) : collect_cookie(plain, context, found);
    return append_moved(coded ? lift(raw, *view, std::move(found)) : std::move(found), begin, edits);
  }
  context.masker.add_credential(edits, begin, raw, view, named.kind, rule, place);
}

void collect_inside(std::string_view text, Context& context, Edits& edits) {
  learn_userinfo(text, context);
  if (context.depth < kMaxDepth) {
    ++context.depth;
    collect_plain(text, context, edits);
    --context.depth;
  } else if (is_structured(text) && !is_chain(text)) {
    edits.push_back({0, text.size(), Kind::kOther, "leaf.depth", context.masker.pseudonyms().of(text)});
  } else {
    collect_flat(text, context, edits);
  }
}

void collect_leaf(std::string_view raw, std::size_t begin, std::optional<View> view, Context& context, Edits& edits) {
  if (raw.size() < kMinLeaf) return;
  if (raw[0] != '/' && !kSigns.any_in(raw) && !may_be_packed(raw) && !may_be_command_line(raw)) return;
  Edits found;
  if (view && has_view(raw, *view)) {
    collect_inside(decode(raw, *view), context, found);
    found = lift(raw, *view, std::move(found));
  } else {
    collect_inside(raw, context, found);
    if (view && *view != View::kPercentPlus) found = lift(raw, *view, std::move(found));
  }
  append_moved(std::move(found), begin, edits);
}

bool is_template(std::string_view value) {
  if (value.empty() || !std::string_view("{$<%*").contains(value[0])) return false;
  return std::ranges::all_of(value.substr(1), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || std::string_view("_{}<>*").contains(c);
  });
}

}  // namespace cvr::redact
