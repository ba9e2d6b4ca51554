#include "diagnose/credentials.h"

#include <algorithm>
#include <charconv>

#include "base/base64.h"
#include "base/escape.h"
#include "diagnose/fields.h"
#include "diagnose/json_leaves.h"
#include "diagnose/times.h"
#include "model/credential_notes.h"

namespace cvr::diagnose {
namespace {

constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kSchemes[] = {"basic", "bearer", "digest", "negotiate", "ntlm", "token", "apikey", "oauth"};
constexpr std::size_t kLongestToken = 64u << 10;

bool is_space(char c) { return c == ' ' || c == '\t'; }

bool is_scheme(std::string_view word) {
  return std::ranges::any_of(kSchemes, [&](std::string_view known) { return http::equals_ignoring_case(known, word); });
}

std::optional<std::int64_t> seconds_of(const std::map<std::string, std::string>& claims, const std::string& name) {
  const auto found = claims.find(name);
  if (found == claims.end()) return std::nullopt;
  std::int64_t seconds = 0;
  const char* end = found->second.data() + found->second.size();
  const auto [at, error] = std::from_chars(found->second.data(), end, seconds);
  // "1.7e9" and fractions are legal; the whole seconds in front of a point are enough.
  if (error != std::errc() || (at != end && *at != '.')) return std::nullopt;
  if (seconds < 0 || seconds > 100'000'000'000) return std::nullopt;
  return seconds * kSecond;
}

void read_claims(std::string_view token, Credential& out) {
  if (token.size() > kLongestToken) return;
  const std::size_t first = token.find('.');
  const std::size_t second = first == token.npos ? token.npos : token.find('.', first + 1);
  if (second == token.npos || token.find('.', second + 1) != token.npos) return;
  out.signature_size = token.size() - second - 1;
  for (const JsonLeaf& leaf : read_json(base64_decode(token.substr(0, first)).value_or("")).leaves) {
    if (leaf.pointer == "/alg") out.algorithm = leaf.text;
  }
  const auto payload = base64_decode(token.substr(first + 1, second - first - 1));
  if (!payload) return;
  const JsonLeaves read = read_json(*payload);
  if (read.read != JsonRead::kGood) return;
  for (const JsonLeaf& leaf : read.leaves) {
    if (leaf.pointer.rfind('/') == 0) out.claims[leaf.pointer.substr(1)] = leaf.text;
  }
  const bool parts = first > 0 && second > first + 1 && second + 1 < token.size() &&
                     token.find_first_not_of(std::string(kBase64Url) + ".") == token.npos;
  out.is_jwt = parts && payload->find('{') != std::string::npos;
  out.expires_us = seconds_of(out.claims, "exp");
  out.issued_us = seconds_of(out.claims, "iat");
  out.not_before_us = seconds_of(out.claims, "nbf");
}

// "Bearer TOKEN" as it stands in the record, taken apart.
void read_authorization(std::string_view value, Credential& out) {
  const auto complain = [&](std::string_view what) {
    if (out.problem.empty()) out.problem = what;
  };
  if (!value.empty() && (is_space(value.front()) || is_space(value.back()))) complain("a space around the value");
  while (!value.empty() && is_space(value.front())) value.remove_prefix(1);
  while (!value.empty() && is_space(value.back())) value.remove_suffix(1);
  std::string_view rest = value;
  for (std::size_t words = 0;; ++words) {
    const std::size_t space = rest.find_first_of(" \t");
    const std::string_view word = rest.substr(0, space);
    const bool scheme = (words == 0 && space != rest.npos) || is_scheme(word);
    if (!scheme || words > 8) break;
    if (words == 0) {
      out.scheme = http::to_lower(word);
    } else {
      complain("the scheme stands twice");
    }
    rest.remove_prefix(std::min(space, rest.size()));
    if (rest.starts_with('\t')) complain("a tab behind the scheme");
    if (rest.size() > 1 && is_space(rest[1])) complain("more than one space behind the scheme");
    while (!rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
    if (rest.empty()) break;
  }
  if (out.scheme.empty()) complain("no scheme before the token");
  if (rest.empty()) complain("no token behind the scheme");
  if (rest.starts_with('"') || rest.ends_with('"') || rest.starts_with('\'') || rest.ends_with('\'')) {
    complain("quotes around the token");
    while (!rest.empty() && (rest.front() == '"' || rest.front() == '\'')) rest.remove_prefix(1);
    while (!rest.empty() && (rest.back() == '"' || rest.back() == '\'')) rest.remove_suffix(1);
  }
  if (out.scheme == "bearer" && rest.find_first_of(" \t") != rest.npos) complain("a space inside the token");
  out.token = rest;
}

void add_method(TokenRequest& out, const char* method) {
  if (std::ranges::find(out.methods, method) == out.methods.end()) out.methods.emplace_back(method);
}

}  // namespace

std::string Credential::identity() const {
  std::string out = token;
  for (const std::string& one : pair) out += "\n" + one;
  return out.find_first_not_of('\n') == out.npos ? std::string() : out;
}

Credential read_credential(const RedactedParts& parts, const profiles::Diagnosis& vendor) {
  Credential out;
  const RedactedRequest& request = parts.request;
  for (const std::string& note : parts.notes) {
    if (note.starts_with(kTokenShapeNote)) out.shape_notes.push_back(note.substr(kTokenShapeNote.size()));
  }
  if (const RedactedField* field = find_field(request.fields, "authorization")) {
    out.present = true;
    read_authorization(field->value.text, out);
    out.looks_like_jwt = out.token.starts_with("eyJ");
    if (out.scheme != "basic") read_claims(out.token, out);
  }
  for (const std::string& name : vendor.pair_headers) {
    const RedactedField* field = find_field(request.fields, name);
    out.pair.push_back(field == nullptr ? std::string() : field->value.text);
  }
  return out;
}

TokenRequest read_token_request(const RedactedParts& parts) {
  TokenRequest out;
  const RedactedRequest& request = parts.request;
  if (const RedactedField* field = find_field(request.fields, "authorization")) {
    std::string_view value = field->value.text;
    if (value.size() > 6 && http::equals_ignoring_case(value.substr(0, 6), "basic ")) {
      add_method(out, "client_secret_basic");
      const std::string plain = base64_decode(value.substr(6)).value_or("");
      const std::size_t colon = plain.find(':');
      out.client = percent_decode(plain.substr(0, colon));
      if (colon != std::string::npos) out.secret = percent_decode(plain.substr(colon + 1));
    }
  }
  for (const auto& [name, value] : form_pairs(request.body.content.text)) {
    if (name == "client_secret") {
      add_method(out, "client_secret_post");
      out.secret = value;
    }
    if (name == "client_assertion") add_method(out, "client_secret_jwt");
    if (name == "client_id") out.client = value;
    if (name == "grant_type") out.grant = value;
  }
  for (const std::string& note : parts.notes) {
    if (note.starts_with(kFormCredentialNote)) out.coding.push_back(note.substr(kFormCredentialNote.size()));
  }
  return out;
}

std::optional<IssuedToken> read_issued_token(const RedactedParts& parts) {
  if (!parts.response || parts.response->status != 200) return std::nullopt;
  const JsonLeaves read = read_json(parts.response->body.content.text);
  IssuedToken out;
  for (const JsonLeaf& leaf : read.leaves) {
    if (leaf.pointer == "/access_token") out.token = leaf.text;
    if (leaf.pointer == "/expires_in") {
      std::int64_t seconds = 0;
      const char* end = leaf.text.data() + leaf.text.size();
      if (std::from_chars(leaf.text.data(), end, seconds).ptr == end && seconds > 0 && seconds < 1'000'000'000) {
        out.lifetime_us = seconds * kSecond;
      }
    }
  }
  return out.token.empty() ? std::nullopt : std::optional(out);
}

}  // namespace cvr::diagnose
