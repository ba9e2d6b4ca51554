#include "redact/credential_notes.h"

#include <algorithm>

#include "base/base64.h"
#include "base/char_set.h"
#include "base/escape.h"
#include "model/credential_notes.h"

namespace cvr::redact {
namespace {

constexpr std::string_view kFormCredentials[] = {"client_secret", "client_id", "client_assertion", "password"};
constexpr std::string_view kSchemes[] = {"bearer", "token", "jwt", "oauth"};
constexpr std::size_t kLongestForm = 64u << 10;
constexpr std::size_t kUuidSize = 36;
constexpr CharSet kBlank(" \t");
constexpr CharSet kJwtChars("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.");

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_base64url(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

// Of a value as the vendor reads it.
std::string_view problem_of_secret(std::string_view value) {
  constexpr std::string_view kQuotes = "\"'`", kSpaces = " \t\r\n";
  constexpr std::string_view kWords[] = {"undefined", "null", "none", "nan", "true", "false", "[object Object]"};
  if (value.empty()) return "empty";
  if (kSpaces.contains(value.front()) || kSpaces.contains(value.back())) return "a space or line break around it";
  if (kQuotes.contains(value.front()) || kQuotes.contains(value.back())) return "quotes around it";
  const auto is_value = [&](std::string_view word) { return http::equals_ignoring_case(word, value); };
  return std::ranges::any_of(kWords, is_value) ? "a word that stands for no value" : "";
}

bool is_coded_twice(std::string_view value) {
  for (std::size_t at = value.find("%25"); at != value.npos; at = value.find("%25", at + 1)) {
    if (at + 4 < value.size() && is_hex(value[at + 3]) && is_hex(value[at + 4])) return true;
  }
  return false;
}

// RFC 6749 appendix B: what is sent in a form is percent-coded; these say that it was not.
void note_form_value(std::string_view name, std::string_view value, std::vector<std::string>& notes) {
  const auto note = [&](std::string_view what) {
    notes.push_back(std::string(kFormCredentialNote) + std::string(name) + ": " + std::string(what));
  };
  if (const std::string_view what = problem_of_secret(percent_decode(value)); !what.empty()) note(what);
  if (is_coded_twice(value)) note(kCodedTwice);
  if (value.find('+') != value.npos) note("a raw '+', which is read as a space");
  if (value.find('=') != value.npos) note("a raw '='");
  if (std::ranges::any_of(value, [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) note("raw non-ASCII");
  for (std::size_t at = value.find('%'); at != value.npos; at = value.find('%', at + 1)) {
    if (at + 2 < value.size() && is_hex(value[at + 1]) && is_hex(value[at + 2])) continue;
    return note("a raw '%'");
  }
}

// What follows a raw '&' in a value looks like a field, but has no name that a field could have.
bool is_rest_of_value(std::string_view pair) {
  const std::string_view name = pair.substr(0, pair.find('='));
  return name.size() == pair.size() || name.empty() || std::ranges::any_of(name, [](char c) {
           return !is_base64url(c) && c != '.' && c != '[' && c != ']' && c != '%';
         });
}

void note_form(std::string_view body, std::vector<std::string>& notes) {
  std::string_view last;  // the credential field that stands before
  while (!body.empty()) {
    const std::string_view pair = body.substr(0, body.find('&'));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view name = pair.substr(0, equals);
    const auto* known = std::ranges::find(kFormCredentials, name);
    if (!last.empty() && !pair.empty() && is_rest_of_value(pair)) {
      notes.push_back(std::string(kFormCredentialNote) + std::string(last) + ": a raw '&'");
    }
    last = known == std::end(kFormCredentials) ? std::string_view() : *known;
    if (!last.empty()) note_form_value(last, pair.substr(std::min(equals + 1, pair.size())), notes);
    if (pair.size() == body.size()) return;
    body.remove_prefix(pair.size() + 1);
  }
}

// RFC 6749 section 2.3.1: id and secret as in a form, then base64.
void note_basic(std::string_view value, std::vector<std::string>& notes) {
  if (!http::equals_ignoring_case(value.substr(0, 6), "basic ")) return;
  const std::string plain = base64_decode(value.substr(6)).value_or("");
  const std::size_t colon = plain.find(':');
  if (colon == std::string::npos) return;
  for (const auto& [name, part] :
       {std::pair("client_id", plain.substr(0, colon)), std::pair("client_secret", plain.substr(colon + 1))}) {
    const std::string_view what = problem_of_secret(percent_decode(part));
    if (!what.empty()) notes.push_back(std::string(kFormCredentialNote) + name + ": " + std::string(what));
  }
}

bool take_scheme(std::string_view& value) {
  const std::size_t space = kBlank.first_in(value);
  if (space == value.npos) return false;
  const auto is_word = [&](std::string_view word) { return http::equals_ignoring_case(word, value.substr(0, space)); };
  if (std::ranges::none_of(kSchemes, is_word)) return false;
  value.remove_prefix(std::min(kBlank.first_not_in(value, space), value.size()));
  return true;
}

void note_token(std::string_view value, std::vector<std::string>& notes) {
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
  while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
  int schemes = 0;
  while (take_scheme(value)) ++schemes;
  const auto note = [&](const std::string& what) { notes.push_back(std::string(kTokenShapeNote) + what); };
  if (schemes > 1) note(std::string(kSchemeTwice));
  const auto quote = [](char c) { return c == '"' || c == '\'' || c == '`'; };
  if (!value.empty() && (quote(value.front()) || quote(value.back()))) {
    note("quotes around it");
    while (!value.empty() && quote(value.front())) value.remove_prefix(1);
    while (!value.empty() && quote(value.back())) value.remove_suffix(1);
  }
  if (schemes > 0 && kBlank.any_in(value)) note("a space inside it");
  if (!value.starts_with("eyJ")) return;
  const auto dots = std::ranges::count(value, '.');
  // Five parts: an encrypted one (RFC 7516).
  if (dots != 2 && dots != 4) return note(std::to_string(dots + 1) + " parts instead of 3");
  if (value.ends_with('.') || value.find("..") != value.npos) return note("an empty part");
  if (kJwtChars.first_not_in(value) != value.npos) note("a character that base64url does not have");
}

bool is_uuid(std::string_view text, bool& capitals) {
  if (text.size() != kUuidSize) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !is_hex(text[i])) return false;
    capitals |= text[i] >= 'A' && text[i] <= 'F';
  }
  return true;
}

// The profile says behind which names a UUID stands.
bool has_uuid_shape(std::string_view name, const profiles::Profile& profile) {
  const std::string lower = http::to_lower(name);
  return std::ranges::any_of(profile.uuid_markers,
                             [&](const std::string& marker) { return lower.ends_with(http::to_lower(marker)); });
}

// The first thing that is wrong with the form of a credential in a header of its own; empty: nothing.
std::string problem_of_pair(std::string_view value, bool uuid) {
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
  while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
  constexpr std::string_view kQuotes = "\"'`", kBraces = "{}<>[]()$";
  constexpr std::string_view kWords[] = {"undefined", "null", "none", "nan", "true", "false"};
  if (value.empty()) return "empty";
  if (kQuotes.contains(value.front()) || kQuotes.contains(value.back())) return "quotes around it";
  std::string_view rest = value;
  if (take_scheme(rest)) return "a scheme in front of it";
  if (kBlank.any_in(value)) return "a space inside it";
  if (kBraces.contains(value.front()) || kBraces.contains(value.back())) return "braces around it";
  if (std::ranges::any_of(kWords, [&](std::string_view w) { return http::equals_ignoring_case(w, value); })) {
    return "a word that stands for no value";
  }
  if (!uuid) return {};
  bool capitals = false;
  if (!is_uuid(value, capitals)) return "no UUID: " + std::to_string(value.size()) + " characters instead of 36";
  return capitals ? std::string(kPairCapitals) : std::string();
}

void note_pairs(const http::Request& raw, const profiles::Profile& profile, std::vector<std::string>& notes) {
  for (const std::string& name : profile.diagnosis.pair_headers) {
    const http::Field* field = http::find(raw.fields, name);
    if (field == nullptr) continue;
    const std::string problem = problem_of_pair(field->value, has_uuid_shape(name, profile));
    if (!problem.empty()) notes.push_back(std::string(kPairShapeNote) + name + ": " + problem);
  }
}

}  // namespace

void add_credential_notes(const http::Request& raw, const profiles::Profile* profile, std::vector<std::string>& notes) {
  if (profile != nullptr) note_pairs(raw, *profile, notes);
  if (const http::Field* field = http::find(raw.fields, "authorization")) note_token(field->value, notes);
  const std::string type = http::to_lower(http::value_of(raw.fields, "content-type"));
  if (type.starts_with("application/x-www-form-urlencoded") && raw.body.size() <= kLongestForm) {
    note_form(raw.body, notes);
    note_basic(http::value_of(raw.fields, "authorization"), notes);
  }
}

}  // namespace cvr::redact
