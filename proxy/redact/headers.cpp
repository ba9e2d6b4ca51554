#include "redact/headers.h"

#include <algorithm>
#include <array>

#include "base/base64.h"
#include "base/char_set.h"
#include "redact/authorization.h"
#include "redact/cookies.h"
#include "redact/leaf.h"
#include "redact/meaning.h"
#include "redact/url.h"

namespace cvr::redact {
namespace {

// CONTRACT "Fidelity" and the fields that steer the exchange itself.
constexpr std::string_view kKeptNames[] = {
    // RFC 9110 and its neighbours.
    "age", "allow", "cache-control", "connection", "date", "dnt", "etag", "expect", "expires", "host", "keep-alive",
    "last-modified", "max-forwards", "pragma", "prefer", "preference-applied", "priority", "proxy-connection", "range",
    "retry-after", "server", "strict-transport-security", "te", "traceparent", "trailer", "transfer-encoding",
    "upgrade", "upgrade-insecure-requests", "user-agent", "vary", "x-content-type-options", "x-frame-options",
    "x-requested-with", "x-http-method-override", "alt-svc",
    // A word of the protocol ("true"), whatever its name sounds like (Fetch standard, "CORS protocol").
    "access-control-allow-credentials",
    // What clients page, wait and go on uploading by: RFC 8594, RFC 9745, GitLab's and Azure's pages, tus.
    "sunset", "deprecation", "x-page", "x-per-page", "x-next-page", "x-prev-page", "x-total", "x-total-count",
    "x-total-pages", "retry-after-ms", "x-ms-retry-after-ms", "upload-offset", "upload-length", "tus-resumable",
    "tus-version", "depth",
    // Words and counts of vendors' protocols.
    "warning", "odata-version", "odata-maxversion", "sforce-limit-info", "x-shopify-shop-api-call-limit",
    "stripe-should-retry"};

constexpr std::string_view kKeptFamilies[] = {
    "anthropic-ratelimit-", "x-amz-checksum-", "accept",       "access-control-", "content-", "if-", "ratelimit",
    "rate-limit",           "x-ratelimit",     "x-rate-limit", "sec-fetch-",      "sec-ch-"};
constexpr std::string_view kKeptEndings[] = {"request-id", "requestid", "correlation-id", "trace-id"};

constexpr std::string_view kUrlNames[] = {
    "referer", "origin", "location", "content-location", "operation-location", "azure-asyncoperation", "destination"};
constexpr std::string_view kDigestNames[] = {"digest",      "content-digest", "repr-digest",
                                             "content-md5", "x-amz-crc32",    "x-goog-hash"};
constexpr std::string_view kDigestFamily = "x-amz-checksum-";
constexpr std::string_view kDigestWords[] = {"x-amz-checksum-type", "x-amz-checksum-algorithm", "x-amz-checksum-mode"};

constexpr std::string_view kChallengeNames[] = {"www-authenticate", "proxy-authenticate"};

constexpr std::size_t kMaxName = 128;

bool in_family(std::string_view name) {
  for (const std::string_view family : kKeptFamilies) {
    if (name.starts_with(family)) return true;
  }
  for (const std::string_view ending : kKeptEndings) {
    if (name.ends_with(ending)) return true;
  }
  return false;
}

// "x-ratelimit-remaining-tokens": a count, unlike "x-ratelimit-token".
bool is_rate(std::string_view name, const Named& named) {
  return named.guard == Guard::kMixed && (name.find("ratelimit") != name.npos || name.find("rate-limit") != name.npos);
}

// Of "SHA-256=VALUE", "sha-256=:VALUE:" (RFC 9530) and lists of them each value; the algorithms stay.
void collect_digests(std::string_view value, Context& context, Edits& edits) {
  for (std::size_t begin = 0; begin < value.size();) {
    const std::size_t comma = std::min(value.find(',', begin), value.size());
    std::size_t from = std::min(value.find_first_not_of(' ', begin), comma);
    std::size_t to = comma;
    begin = comma + 1;
    const std::size_t equals = value.substr(0, to).find('=', from);
    if (equals != value.npos && value.substr(0, to).find_first_not_of('=', equals) != value.npos) from = equals + 1;
    if (to - from > 2 && value[from] == ':' && value[to - 1] == ':') ++from, --to;
    const std::string_view digest = value.substr(from, to - from);
    if (digest.empty()) continue;
    auto mask = context.masker.unlisted(digest);
    edits.push_back({from, to, Kind::kSignature, "header.digest", std::move(mask.text),
                     mask.already ? Edit::Action::kKeep : Edit::Action::kReplace});
  }
}

// '*' at the beginning, at the end or at both.
bool fits(std::string_view wild, std::string_view name) {
  const bool front = wild.starts_with('*');
  const bool back = wild.ends_with('*');
  wild.remove_prefix(front ? 1 : 0);
  wild.remove_suffix(back && !wild.empty() ? 1 : 0);
  if (wild.empty()) return false;
  if (front && back) return name.find(wild) != name.npos;
  return front ? name.ends_with(wild) : name.starts_with(wild);
}

// "NTLM TOKEN", "Negotiate TOKEN": half of a handshake (RFC 4559 section 4).
void collect_challenges(std::string_view value, Context& context, Edits& edits) {
  constexpr std::string_view kSchemes[] = {"ntlm", "negotiate", "kerberos"};
  constexpr CharSet kToken("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/");
  for (std::size_t begin = 0; begin < value.size();) {
    const std::size_t end = std::min(value.find(',', begin), value.size());
    const std::size_t scheme = std::min(value.find_first_not_of(' ', begin), end);
    const std::size_t space = std::min(value.find(' ', scheme), end);
    const std::size_t from = std::min(value.find_first_not_of(' ', space), end);
    const std::size_t to = std::min(kToken.first_not_in(value, from), end);
    begin = end + 1;
    const std::string_view word = value.substr(scheme, space - scheme);
    const auto is_word = [&](std::string_view s) { return http::equals_ignoring_case(s, word); };
    if (std::ranges::none_of(kSchemes, is_word) || value.substr(to, end - to).find_first_not_of("= ") != value.npos)
      continue;
    context.masker.add_credential(edits, from, value.substr(from, end - from), {}, Kind::kToken, "header.challenge",
                                  Place::kHeader);
  }
}

}  // namespace

HeaderRules::HeaderRules(const profiles::Profile* profile, const Names& names) : names_(names) {
  const auto set = [this](std::string_view name, HeaderClass what, Kind kind = Kind::kHeader) {
    table_[http::to_lower(name)] = {what, kind, true};
  };
  for (const auto name : kKeptNames) set(name, HeaderClass::kKept);
  for (const auto name : kUrlNames) set(name, HeaderClass::kUrl);
  for (const auto name : kDigestNames) set(name, HeaderClass::kDigest);
  for (const auto name : kChallengeNames) set(name, HeaderClass::kChallenge);
  set("link", HeaderClass::kLink);
  if (profile != nullptr) {
    for (const std::string& name : profile->kept_headers) {
      const bool wild = name.starts_with('*') || name.ends_with('*');
      wild ? kept_wild_.push_back(http::to_lower(name)) : set(name, HeaderClass::kKept);
    }
    for (const auto& name : profile->secret_headers) {
      if (names.in_header(name.name)) set(name.name, HeaderClass::kCredential, name.kind);
    }
  }
  // No profile may open these.
  set("authorization", HeaderClass::kAuthorization, Kind::kToken);
  set("proxy-authorization", HeaderClass::kAuthorization, Kind::kToken);
  set("cookie", HeaderClass::kCookie, Kind::kCookie);
  set("set-cookie", HeaderClass::kSetCookie, Kind::kCookie);
}

HeaderRules::Decision HeaderRules::decide(std::string_view name) const {
  if (name.size() > kMaxName) return {};
  std::array<char, kMaxName> buffer;
  for (std::size_t i = 0; i < name.size(); ++i) {
    buffer[i] = name[i] >= 'A' && name[i] <= 'Z' ? static_cast<char>(name[i] + 32) : name[i];
  }
  const std::string_view lower(buffer.data(), name.size());
  if (const auto found = table_.find(lower); found != table_.end()) return found->second;
  if (std::ranges::any_of(kept_wild_, [&](const std::string& wild) { return fits(wild, lower); })) {
    return {HeaderClass::kKept, Kind::kHeader, false};
  }
  if (is_digest_header(lower)) return {HeaderClass::kDigest, Kind::kHeader, true};
  if (const auto named = names_.find_header(lower); named && !is_rate(lower, *named)) {
    return {is_authorization_name(lower) ? HeaderClass::kAuthorization : HeaderClass::kCredential, named->kind, false};
  }
  return {in_family(lower) ? HeaderClass::kKept : HeaderClass::kUnlisted, Kind::kHeader, false};
}

bool is_digest_header(std::string_view name) {
  if (std::ranges::find(kDigestNames, name) != std::end(kDigestNames)) return true;
  return name.starts_with(kDigestFamily) && std::ranges::find(kDigestWords, name) == std::end(kDigestWords);
}

std::vector<std::string> general_kept_headers() {
  std::vector<std::string> out;
  for (const auto name : kKeptNames) out.emplace_back(name);
  for (const auto name : kUrlNames) out.emplace_back(name);
  for (const auto name : kDigestNames) out.emplace_back(name);
  out.push_back(std::string(kDigestFamily) + "*");
  for (const auto name : kChallengeNames) out.emplace_back(name);
  out.emplace_back("link");
  for (const auto family : kKeptFamilies) out.push_back(std::string(family) + "*");
  for (const auto ending : kKeptEndings) out.push_back("*" + std::string(ending));
  return out;
}

bool is_searched_by_patterns(std::string_view name) {
  constexpr std::string_view kCredentials[] = {"authorization", "proxy-authorization", "cookie", "set-cookie"};
  return std::ranges::none_of(kCredentials, [&](auto known) { return http::equals_ignoring_case(known, name); });
}

void learn_protocols(std::string_view value, Context& context) {
  for (std::size_t begin = 0; begin < value.size();) {
    const std::size_t end = std::min(value.find(',', begin), value.size());
    const std::string_view item = value.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t dot = item.rfind('.');
    const std::string_view token = item.substr(dot == item.npos ? 0 : dot + 1);
    const bool named = http::to_lower(item).find("bearer") != std::string::npos || item.find("token") != item.npos;
    if (!named || !is_token_shaped(token)) continue;
    context.masker.learn(token, Kind::kToken, Place::kHeader);
    const auto plain = base64_decode(token);
    const auto is_visible = [](char c) { return c > 0x20 && c < 0x7f; };
    if (plain && is_token_shaped(*plain) && std::ranges::all_of(*plain, is_visible)) {
      context.masker.learn(*plain, Kind::kToken, Place::kHeader);
    }
  }
}

void collect_header(const HeaderRules::Decision& decision, std::string_view value, bool body_changed, Context& context,
                    Edits& edits) {
  const auto replace_unlisted = [&] {
    if (value.empty()) return;
    auto mask = context.masker.unlisted(value);
    edits.push_back({0, value.size(), Kind::kHeader, "header.unlisted", std::move(mask.text),
                     mask.already ? Edit::Action::kKeep : Edit::Action::kReplace});
  };
  switch (decision.what) {
    case HeaderClass::kChallenge:
      collect_challenges(value, context, edits);
      [[fallthrough]];
    case HeaderClass::kKept:
      // Parameters by name: WWW-Authenticate, Content-Disposition, what a client puts into User-Agent.
      if (value.find('=') != value.npos) collect_loose(value, context, edits);
      return;
    case HeaderClass::kAuthorization:
      return collect_authorization(value, 0, {}, context, edits);
    case HeaderClass::kCookie:
      return collect_cookie(value, context, edits);
    case HeaderClass::kSetCookie:
      return collect_set_cookie(value, context, edits);
    case HeaderClass::kUrl:
      return collect_url(value, 0, value.size(), context, edits);
    case HeaderClass::kLink:
      return collect_link(value, context, edits);
    case HeaderClass::kDigest:
      if (body_changed) collect_digests(value, context, edits);
      return;
    case HeaderClass::kCredential:
      if (is_personal(decision.kind)) context.masker.learn_personal(value, decision.kind);
      return context.masker.add_credential(edits, 0, value, {}, decision.kind, "header.secret", Place::kHeader);
    case HeaderClass::kUnlisted:
      return replace_unlisted();
  }
}

}  // namespace cvr::redact
