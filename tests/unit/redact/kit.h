// What the tests of this folder share: one set of the redactor's parts, and one whole redactor.
#pragma once

#include <string>
#include <string_view>

#include "cvr/redactor.h"
#include "profiles/profile.h"
#include "redact/context.h"
#include "redact/edits.h"
#include "redact/finder.h"
#include "redact/masker.h"
#include "redact/names.h"
#include "redact/patterns.h"
#include "redact/rules.h"
#include "support/random.h"

namespace cvr::redact {

inline PseudonymKey test_key(std::uint8_t first = 1) {
  PseudonymKey key;
  for (std::size_t i = 0; i < key.bytes.size(); ++i) key.bytes[i] = static_cast<std::uint8_t>(first + i);
  return key;
}

struct Kit {
  Ledger ledger{42, {}};
  Pseudonyms pseudonyms{test_key(),
                        {Patterns::prefixes(&profiles::avinode()), profiles::avinode().kept_jwt_claims,
                         [this](std::string_view text) { return ledger.find(text) != nullptr; }}};
  Warnings warnings;
  Names names{&profiles::avinode()};
  Patterns patterns{&profiles::avinode()};
  Masker masker{ledger, pseudonyms, warnings};
  Context context{names, masker};
  Finder finder{ledger, nullptr, patterns, pseudonyms};

  void know(std::string_view secret, Kind kind = Kind::kToken) {
    ledger.learn({std::string(secret), pseudonyms.of(secret), kind, false, false});
  }
  RedactedText apply_to(std::string_view text, Edits edits) { return apply(text, std::move(edits), pseudonyms); }
  // What the finder makes of a text.
  RedactedText found(std::string_view text) {
    Edits edits;
    if (!finder.find(text, edits)) return {"gave up", {}};
    return apply_to(text, std::move(edits));
  }
  // What a body rule makes of a text; "error" when it can not read it.
  RedactedText ruled(CollectBody rule, std::string_view text, std::string_view type = {}) {
    Edits edits;
    if (!rule(text, parse_media_type(type), context, edits)) return {"error", {}};
    return apply_to(text, std::move(edits));
  }
};

inline std::string_view span_text(const RedactedText& text, std::size_t i) {
  return std::string_view(text.text).substr(text.spans[i].begin, text.spans[i].size);
}

// Random hex that nobody takes for a number or a word: letters and digits by turns.
inline std::string mixed_hex(std::size_t size) {
  std::string out;
  while (out.size() < size) out += test::random_text(1, "abcdef") + test::random_text(1, "0123456789");
  out.resize(size);
  return out;
}

inline std::unique_ptr<Redactor> make_redactor(std::vector<std::string> secrets = {}, std::uint8_t key = 1) {
  RedactorOptions options;
  options.profile = &profiles::avinode();
  options.key = test_key(key);
  options.secrets = std::move(secrets);
  return std::make_unique<Redactor>(std::move(options));
}

inline http::Request get_request(std::string path = "/api/trips") {
  http::Request request;
  request.method = "GET";
  request.origin = {http::Scheme::kHttps, "sandbox.avinode.com", 443};
  request.path = std::move(path);
  return request;
}

inline Interaction exchange(http::Request request, std::string type, std::string body) {
  Interaction raw;
  raw.request = std::move(request);
  raw.response.emplace();
  raw.response->fields = {{"Content-Type", std::move(type)}};
  raw.response->body = std::move(body);
  return raw;
}

}  // namespace cvr::redact
