#include "redact/leaf.h"

#include <algorithm>

#include "base/base64.h"
#include "base/char_set.h"
#include "redact/authorization.h"
#include "redact/cookies.h"
#include "redact/media_type.h"
#include "redact/rules.h"
#include "redact/url.h"

namespace cvr::redact {
namespace {

constexpr int kMaxDepth = 4;
constexpr std::size_t kMinLeaf = 8;
constexpr std::size_t kMaxCoded = 64u << 10;

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_-.[]%$").contains(c);
}

void append_moved(Edits found, std::size_t by, Edits& edits) {
  for (Edit& edit : found) {
    edit.begin += by;
    edit.end += by;
    edits.push_back(std::move(edit));
  }
}

constexpr CharSet kSpace(" \t\r\n");
constexpr CharSet kNoUrl(" \t\r\n\"<>");
constexpr CharSet kNoForm(" \t\r\n\"<>{");
constexpr CharSet kQuery("?#");
constexpr CharSet kPair(":=");
constexpr CharSet kSigns(":={[<%&\\");  // without one of them nothing stands in a leaf but itself
constexpr CharSet kCoded("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=");

// "a=1&b=2", no spaces.
bool is_form(std::string_view text) {
  const std::size_t equals = text.find('=');
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

constexpr CharSet kJsonOrForm("{[\" \t\r\nABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.]%$");

// Base64 of a text whose first characters begin JSON or a name.
bool may_be_coded(std::string_view text) {
  if (text.size() < 16 || text.size() > kMaxCoded || kCoded.first_not_in(text) != text.npos) return false;
  const auto start = base64_decode(text.substr(0, 4));
  return start && start->size() == 3 && kJsonOrForm.has((*start)[0]) &&
         static_cast<std::uint8_t>((*start)[1]) >= 0x09 && static_cast<std::uint8_t>((*start)[2]) >= 0x09;
}

void collect_plain(std::string_view text, Context& context, Edits& edits);

// Base64 of a JSON text or of a form: written again with what was replaced in it.
bool collect_coded(std::string_view text, Context& context, Edits& edits) {
  if (!may_be_coded(text)) return false;
  const auto plain = base64_decode(text);
  if (!plain || plain->size() < kMinLeaf) return false;
  const bool readable = std::ranges::all_of(
      *plain, [](char c) { return static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\r' || c == '\t'; });
  if (!readable || (!looks_like_json(*plain) && !is_form(*plain))) return false;
  Edits found;
  collect_plain(*plain, context, found);
  const auto first = std::ranges::find_if(found, [](const Edit& e) { return e.action != Edit::Action::kKeep; });
  if (first == found.end()) return true;
  const Kind kind = first->kind;
  const std::string changed = apply_plain(*plain, std::move(found), context.masker.pseudonyms());
  const bool url = text.find_first_of("-_") != text.npos;
  std::string by = url ? base64url_encode(changed) : base64_encode(changed);
  if (!text.ends_with('=')) {
    while (by.ends_with('=')) by.pop_back();
  }
  edits.push_back({0, text.size(), kind, "leaf.base64", std::move(by)});
  return true;
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
  } else if (inner[0] == '<' && inner.find("</") != inner.npos) {
    Edits found;
    (void)collect_markup(inner, {.essence = "application/xml", .charset = {}, .boundary = {}}, context, found);
    return append_moved(std::move(found), first, edits);
  } else if (is_url(text)) {
    collect_userinfo(text, context, edits);
    return collect_query(text, context, edits);
  } else if (is_form(text)) {
    if (!collect_coded(text, context, edits)) collect_pairs(text, 0, text.size(), PairsOf::kForm, context, edits);
    return;
  } else if (collect_coded(text, context, edits)) {
    return;
  }
  if (!kPair.any_in(text)) return;
  collect_userinfo(text, context, edits);
  collect_curl(text, context, edits);
  collect_loose(text, context, edits);
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

void collect_leaf(std::string_view raw, std::size_t begin, std::optional<View> view, Context& context, Edits& edits) {
  if (raw.size() < kMinLeaf || context.depth >= kMaxDepth) return;
  if (raw[0] != '/' && !kSigns.any_in(raw) && !may_be_coded(raw)) return;
  Edits found;
  ++context.depth;
  if (view && has_view(raw, *view)) {
    const std::string plain = decode(raw, *view);
    collect_plain(plain, context, found);
    found = lift(raw, *view, std::move(found));
  } else {
    collect_plain(raw, context, found);
    if (view && *view != View::kPercentPlus) found = lift(raw, *view, std::move(found));
  }
  --context.depth;
  append_moved(std::move(found), begin, edits);
}

bool is_template(std::string_view value) {
  if (value.empty() || !std::string_view("{$<%*").contains(value[0])) return false;
  return std::ranges::all_of(value.substr(1), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || std::string_view("_{}<>*").contains(c);
  });
}

}  // namespace cvr::redact
