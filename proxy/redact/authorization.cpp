#include "redact/authorization.h"

#include <algorithm>

#include "base/char_set.h"
#include "base/escape.h"
#include "cvr/http.h"
#include "redact/basic.h"

namespace cvr::redact {
namespace {

constexpr std::string_view kRule = "authorization";
constexpr std::size_t kMaxScheme = 24;
constexpr CharSet kBlank(" \t");
constexpr CharSet kBreaks(" \t,");
constexpr CharSet kWordEnds(" \t,=");

// The IANA registry of authentication schemes, and what APIs use beside it.
constexpr std::string_view kSchemes[] = {"basic",
                                         "bearer",
                                         "digest",
                                         "negotiate",
                                         "ntlm",
                                         "token",
                                         "apikey",
                                         "api-key",
                                         "oauth",
                                         "hawk",
                                         "signature",
                                         "aws",
                                         "aws4-hmac-sha256",
                                         "dpop",
                                         "gnap",
                                         "hoba",
                                         "mutual",
                                         "privatetoken",
                                         "vapid",
                                         "scram-sha-1",
                                         "scram-sha-256",
                                         "concealed",
                                         "key",
                                         "jwt",
                                         "mac",
                                         "goog4-rsa-sha256",
                                         "sharedkey",
                                         "sharedkeylite",
                                         "ssws"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_known_scheme(std::string_view word) {
  return std::ranges::any_of(kSchemes, [&](std::string_view s) { return http::equals_ignoring_case(s, word); });
}

// A foreign scheme stays too when it can hardly be a part of a secret: letters and '-' only.
bool is_scheme(std::string_view word) {
  return is_known_scheme(word) || (word.size() <= kMaxScheme && !word.empty() &&
                                   std::ranges::all_of(word, [](char c) { return is_letter(c) || c == '-'; }));
}

bool is_space(char c) { return c == ' ' || c == '\t'; }

// Where another "SCHEME CREDENTIALS" begins after a comma (RFC 9110 section 11.3 allows a list in other
// fields, and clients send one here too); text.size() when none does.
std::size_t next_challenge(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && quoted) {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (text[i] == ',' && !quoted) {
      const std::size_t word = std::min(kBreaks.first_not_in(text, i), text.size());
      const std::size_t end = kWordEnds.first_in(text, word);
      if (end != text.npos && is_space(text[end]) && is_known_scheme(text.substr(word, end - word))) return word;
    }
  }
  return text.size();
}

bool has_parameters(std::string_view rest) {
  const std::size_t equals = rest.find('=');
  if (equals == rest.npos || equals == 0 || equals + 1 == rest.size()) return false;
  const std::string_view name = rest.substr(0, equals);
  const bool is_name = std::ranges::all_of(name, [](char c) { return is_letter(c) || c == '-' || c == '_'; });
  return is_name && (rest[equals + 1] == '"' || rest.find(',') != rest.npos);
}

// The end of a quoted-string (RFC 9110 section 5.6.4): a quote that no backslash stands before.
std::size_t quoted_end(std::string_view text, std::size_t from) {
  while (from < text.size() && text[from] != '"') from += text[from] == '\\' ? 2 : 1;
  return std::min(from, text.size());
}

// name=value, name="value", ...
void collect_parameters(std::string_view rest, std::size_t begin, Context& context, Edits& edits) {
  for (std::size_t at = 0; at < rest.size();) {
    const std::size_t equals = rest.find('=', at);
    const std::size_t comma = rest.find(',', at);
    if (equals == rest.npos || comma < equals) {  // no name: all of it goes
      const std::size_t end = std::min(comma, rest.size());
      context.masker.add_credential(edits, begin + at, rest.substr(at, end - at), {}, Kind::kToken, kRule,
                                    Place::kAuthorization);
      at = end + 1;
      continue;
    }
    std::size_t from = equals + 1;
    std::size_t end = 0;
    if (from < rest.size() && rest[from] == '"') {
      end = quoted_end(rest, ++from);
      at = std::min(rest.find(',', end), rest.size() - 1) + 1;
    } else {
      end = std::min(rest.find(',', from), rest.size());
      at = end + 1;
    }
    const std::string_view raw = rest.substr(from, end - from);
    const auto view = has_view(raw, View::kJson) ? std::optional(View::kJson) : std::nullopt;  // \" and \\ alike
    context.masker.add_credential(edits, begin + from, raw, view, Kind::kToken, kRule, Place::kAuthorization);
  }
}

bool collect_basic(std::string_view rest, std::size_t begin, Context& context, Edits& edits) {
  const auto parts = split_basic(rest);
  if (!parts) return false;
  // RFC 6749 section 2.3.1: OAuth clients percent-encode both halves first.
  const auto half = [&](const std::string& text, Kind kind, Place place) {
    if (!has_view(text, View::kPercent)) return context.masker.credential(text, kind, place);
    auto mask = context.masker.credential(decode(text, View::kPercent), kind, place);
    mask.text = encode(mask.text, View::kPercent);
    return mask;
  };
  const auto user = half(parts->user, Kind::kUser, Place::kBasicUser);
  const auto password = half(parts->password, Kind::kPassword, Place::kBasicPassword);
  const bool keep = user.already && password.already;
  edits.push_back({begin, begin + rest.size(), Kind::kPassword, kRule,
                   keep ? std::string() : join_basic(user.text, password.text),
                   keep ? Edit::Action::kKeep : Edit::Action::kReplace});
  return true;
}

// One "SCHEME CREDENTIALS".
void collect_one(std::string_view value, std::size_t begin, std::optional<View> view, Context& context, Edits& edits) {
  std::string_view rest = value;
  std::string_view scheme;
  for (std::size_t space = kBlank.first_in(rest); space != rest.npos; space = kBlank.first_in(rest)) {
    const std::string_view word = rest.substr(0, space);
    if (scheme.empty() ? !is_scheme(word) : !is_known_scheme(word)) break;
    scheme = word;
    const std::size_t next = std::min(kBlank.first_not_in(rest, space), rest.size());
    rest.remove_prefix(next);
  }
  while (!rest.empty() && is_space(rest.back())) rest.remove_suffix(1);
  if (rest.empty()) return;
  std::size_t at = begin + static_cast<std::size_t>(rest.data() - value.data());
  const bool plain = !view || !has_view(rest, *view);
  if (plain) {
    if (rest.size() > 2 && rest.front() == '"' && rest.back() == '"' && rest.find('"', 1) == rest.size() - 1) {
      rest = rest.substr(1, rest.size() - 2);
      ++at;
    }
    if (http::equals_ignoring_case(scheme, "basic") && collect_basic(rest, at, context, edits)) return;
    if (!scheme.empty() && has_parameters(rest)) return collect_parameters(rest, at, context, edits);
  }
  // A passphrase has words too: when the first word is no known scheme, all of it is the secret.
  if (!scheme.empty() && !is_known_scheme(value.substr(0, kBlank.first_in(value)))) {
    context.masker.learn(value, Kind::kToken, Place::kAuthorization);
  }
  context.masker.add_credential(edits, at, rest, view, Kind::kToken, kRule, Place::kAuthorization);
}

}  // namespace

void collect_authorization(std::string_view value, std::size_t begin, std::optional<View> view, Context& context,
                           Edits& edits) {
  if (view && has_view(value, *view)) return collect_one(value, begin, view, context, edits);
  for (;;) {
    const std::size_t next = next_challenge(value);
    std::string_view one = value.substr(0, next);
    while (next < value.size() && (one.ends_with(',') || one.ends_with(' ') || one.ends_with('\t'))) {
      one.remove_suffix(1);
    }
    collect_one(one, begin, view, context, edits);
    if (next == value.size()) return;
    value.remove_prefix(next);
    begin += next;
  }
}

}  // namespace cvr::redact
