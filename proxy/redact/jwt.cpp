#include "redact/jwt.h"

#include <algorithm>
#include <vector>

#include "base/base64.h"
#include "base/char_set.h"
#include "base/json_scan.h"
#include "redact/check.h"
#include "redact/pseudonym.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMinHeader = 12;  // {"alg":"x"} in base64url has 15
constexpr std::size_t kMaxKeptValue = 128;
constexpr std::size_t kSignature = 22;   // of a token that had none: room for the check
constexpr std::size_t kMaxSegments = 5;  // JWE (RFC 7516)

bool is_base64url(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

std::size_t segment_size(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_base64url) - text.begin());
}

bool is_kept_name(std::string_view name, bool header, const Pseudonyms& pseudonyms) {
  constexpr std::string_view kHeader[] = {"alg", "typ", "kid", "cty", "enc"};
  constexpr std::string_view kClaims[] = {"iss", "exp", "iat", "nbf"};
  if (header) return std::ranges::find(kHeader, name) != std::end(kHeader);
  const auto& more = pseudonyms.options().kept_jwt_claims;
  return std::ranges::find(kClaims, name) != std::end(kClaims) || std::ranges::find(more, name) != more.end();
}

bool may_keep(std::string_view value, const Pseudonyms& pseudonyms) {
  return value.size() <= kMaxKeptValue && value.find('@') == value.npos && !pseudonyms.options().is_secret(value);
}

// The JSON text with every value masked that is not kept; nullopt when it is no JSON object.
// `keeps`: false keeps nothing.
std::optional<std::string> mask_json(std::string_view text, bool header, bool keeps, const Pseudonyms& pseudonyms) {
  json::Scanner scanner(text);
  std::string out;
  std::size_t copied = 0;
  bool kept = false;
  bool is_object = false;
  const auto replace = [&](const std::string& by) {
    out += text.substr(copied, scanner.begin() - copied);
    out += by;
    copied = scanner.end();
  };
  for (;;) {
    const auto token = scanner.next();
    if (!token) return std::nullopt;
    switch (*token) {
      case json::Token::kBeginObject:
        is_object |= scanner.depth() == 1;
        break;
      case json::Token::kKey:
        kept = keeps && scanner.depth() == 1 && is_kept_name(scanner.raw(), header, pseudonyms);
        break;
      case json::Token::kString: {
        const std::string value = json::unescape(scanner.raw());
        if (value.empty() || (kept && may_keep(value, pseudonyms))) break;
        std::string escaped;
        json::append_escaped(escaped,
                             !pseudonyms.options().rekeys && is_pseudonym(value) ? value : pseudonyms.of(value));
        replace(escaped);
        break;
      }
      case json::Token::kNumber:
        if (!kept || !may_keep(scanner.raw(), pseudonyms)) replace(pseudonyms.number(scanner.raw()));
        break;
      case json::Token::kEnd:
        out += text.substr(copied);
        return is_object ? std::optional(out) : std::nullopt;
      default:
        break;
    }
  }
}

std::vector<std::string_view> split(std::string_view token) {
  std::vector<std::string_view> segments;
  for (std::size_t begin = 0;;) {
    const std::size_t dot = token.find('.', begin);
    segments.push_back(token.substr(begin, dot - begin));
    if (dot == token.npos || segments.size() > kMaxSegments) return segments;
    begin = dot + 1;
  }
}

// Header or payload, masked and spelled again.  What is kept whole would still be the segment, so where that
// is known as a secret by itself nothing is kept.
std::optional<std::string> mask_segment(std::string_view segment, bool header, bool may_keep,
                                        const Pseudonyms& pseudonyms) {
  const auto decoded = base64_decode(segment);
  for (const bool keeps : {may_keep, false}) {
    const auto masked = decoded ? mask_json(*decoded, header, keeps, pseudonyms) : std::nullopt;
    if (!masked) return std::nullopt;
    std::string out = base64url_encode(*masked);
    if (!keeps || out != segment || !pseudonyms.options().is_secret(segment)) return out;
  }
  return std::nullopt;
}

}  // namespace

std::size_t jwt_size(std::string_view text, std::size_t* dead) {
  const auto none = [&](std::size_t bytes) {
    if (dead != nullptr) *dead = bytes;
    return std::size_t{0};
  };
  if (!text.starts_with("eyJ")) return none(0);
  std::size_t size = segment_size(text);
  if (size == text.size() || text[size] != '.') return none(size);
  if (size < kMinHeader) return none(0);
  const std::size_t second = segment_size(text.substr(size + 1));
  if (second < 4) return none(size);
  size += 1 + second;
  const bool encrypted = [&] {
    const auto header = base64_decode(text.substr(0, std::min(text.find('.'), std::size_t{1024})));
    return header && header->find("\"enc\"") != std::string::npos;
  }();
  for (std::size_t segments = 2; segments < (encrypted ? kMaxSegments : 3); ++segments) {
    if (size == text.size() || text[size] != '.') break;
    size += 1 + segment_size(text.substr(size + 1));
  }
  return size;
}

namespace {

// How much of a token stays: kept claims; the names of all; the sizes of its segments.
enum class Stays : std::uint8_t { kClaims, kNames, kSizes };

std::optional<std::string> mask_segments(const std::vector<std::string_view>& segments, Stays stays, Stream& stream,
                                         const Pseudonyms& pseudonyms) {
  std::string out;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (i > 0) out += '.';
    const bool is_json = i == 0 || (i == 1 && stays != Stays::kSizes);
    const auto masked = is_json ? mask_segment(segments[i], i == 0, stays == Stays::kClaims, pseudonyms) : std::nullopt;
    if (masked) {
      out += *masked;
    } else if (i == 0) {
      return std::nullopt;
    } else {
      std::string segment(segments[i]);
      fill_classes(segment, 0, false, false, stream);
      out += segment;
    }
  }
  return out;
}

}  // namespace

std::optional<std::string> jwt_pseudonym(std::string_view value, const Pseudonyms& pseudonyms) {
  if (jwt_size(value) != value.size() || value.empty()) return std::nullopt;
  const auto segments = split(value);
  Stream stream(pseudonyms.hmac().of("jwt", value));
  std::string out;
  // An unsigned token may hold nothing but what stays, and would then be its own pseudonym.
  for (const Stays stays : {Stays::kClaims, Stays::kNames, Stays::kSizes}) {
    auto masked = mask_segments(segments, stays, stream, pseudonyms);
    if (!masked) return std::nullopt;
    out = *std::move(masked);
    if (out.find(value) == out.npos) break;
  }
  // The check stands at the end of the signature and nowhere else.
  const std::size_t letters = segments.size() < 3 ? 0
                                                  : static_cast<std::size_t>(std::ranges::count_if(
                                                        segments.back(), [](char c) { return c != '-' && c != '_'; }));
  if (letters < 12) {
    if (segments.size() < 3) out += '.';
    std::string signature(kSignature, 'x');
    fill_classes(signature, 0, false, false, stream);
    out.resize(out.rfind('.') + 1);
    out += signature;
  }
  put_check(out, Form::kClasses);
  return out;
}

std::vector<std::string> jwt_identities(std::string_view value, const Pseudonyms& pseudonyms) {
  constexpr std::string_view kClaims[] = {"sub",       "uid",       "oid",      "user_id", "userId",    "account_id",
                                          "accountId", "account",   "org",      "org_id",  "orgId",     "tid",
                                          "tenant",    "tenant_id", "tenantId", "sid",     "client_id", "azp"};
  constexpr std::size_t kMostBytes = 64u << 10;
  constexpr CharSet kId("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_|:");
  constexpr CharSet kDigits("0123456789");
  std::vector<std::string> out;
  if (value.size() > kMostBytes || jwt_size(value) != value.size() || value.empty()) return out;
  const auto segments = split(value);
  const auto payload = segments.size() == 3 ? base64_decode(segments[1]) : std::nullopt;
  if (!payload) return out;
  json::Scanner scanner(*payload);
  bool named = false;
  for (auto token = scanner.next(); token && *token != json::Token::kEnd; token = scanner.next()) {
    if (*token == json::Token::kKey) {
      named = scanner.depth() == 1 && std::ranges::find(kClaims, scanner.raw()) != std::end(kClaims) &&
              !is_kept_name(scanner.raw(), false, pseudonyms);
    } else if (named && (*token == json::Token::kString || *token == json::Token::kNumber)) {
      const std::string_view id = scanner.raw();
      if (kDigits.any_in(id) && kId.first_not_in(id) == id.npos) out.emplace_back(id);
    }
  }
  return out;
}

}  // namespace cvr::redact
