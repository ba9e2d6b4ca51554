// The redactor: owns what its passes share, and drives them.
#include "cvr/redactor.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "redact/again.h"
#include "redact/credential_notes.h"
#include "redact/guesses.h"
#include "redact/leaks.h"
#include "redact/message.h"
#include "redact/own_words.h"
#include "redact/rekey.h"
#include "redact/url.h"

namespace cvr {
namespace {

using namespace redact;  // the module's own names; this file is its only face

constexpr std::uint64_t kMaxBody = std::uint64_t{1} << 30;  // Span offsets have 32 bits

Pseudonyms::Options pseudonym_options(const profiles::Profile* profile) {
  Pseudonyms::Options options;
  options.prefixes = Patterns::prefixes(profile);
  if (profile != nullptr) options.kept_jwt_claims = profile->kept_jwt_claims;
  if (profile != nullptr) options.id_prefixes = profile->id_prefixes;
  return options;
}

// The ledger's hash seed: derived from the key, so that peers can not foresee it.
std::uint64_t seed_of(const PseudonymKey& key) {
  std::uint64_t seed;
  const Hmac::Digest digest = Hmac(key.bytes).of("seed", {});
  std::memcpy(&seed, digest.data(), sizeof seed);
  return seed;
}

}  // namespace

struct Redactor::State {
  explicit State(RedactorOptions given)
      : options(std::move(given)),
        names(options.profile, options.privacy),
        headers(options.profile, names),
        patterns(options.profile, options.privacy),
        expressions(options.profile, options.privacy),
        pointers(options.profile, options.privacy),
        ledger(seed_of(options.key), {options.ledger_values, Ledger::Limits{}.max_bytes}),
        partials(seed_of(options.key)),
        pseudonyms(options.key, [&] {
          auto o = pseudonym_options(options.profile);
          o.is_secret = [this](std::string_view text) { return ledger.find(text) != nullptr; };
          return o;
        }()) {
    options.body_limit_bytes = std::min(options.body_limit_bytes, kMaxBody);
    for (const std::string& secret : options.secrets) learn_given(ledger, pseudonyms, warnings, secret);
    options.secrets.clear();
  }

  Tools tools() const { return {headers, options.body_limit_bytes}; }
  Finder finder() const { return Finder(ledger, nullptr, patterns, pseudonyms).with(expressions); }
  Finder finder(const Masker& masker) const {
    return Finder(ledger, masker.own_ledger(), patterns, pseudonyms).with(expressions);
  }
  Masker masker() { return Masker(ledger, pseudonyms, warnings, &partials); }
  Context context(Masker& masker) const { return context(masker, names); }
  Context context(Masker& masker, const Names& by) const {
    return {.names = by,
            .masker = masker,
            .root = {},
            .pointers = pointers.empty() ? nullptr : &pointers,
            .headers = &headers};
  }

  RedactorOptions options;
  Names names;
  HeaderRules headers;
  Patterns patterns;
  Expressions expressions;
  Pointers pointers;
  Ledger ledger;
  Partials partials;
  Pseudonyms pseudonyms;
  Warnings warnings;
};

Redactor::Redactor(RedactorOptions options) : state_(std::make_unique<State>(std::move(options))) {}
Redactor::~Redactor() = default;

RedactedRequest Redactor::redact_request(const http::Request& raw) const {
  Masker masker = state_->masker();
  Context context = state_->context(masker);
  RequestDraft draft;
  collect(raw, std::nullopt, state_->tools(), context, draft);
  return finish(raw, draft, state_->finder(masker), context);
}

RedactedInteraction Redactor::redact(const Interaction& raw) const {
  Masker masker = state_->masker();
  Context context = state_->context(masker);
  RequestDraft request;
  ResponseDraft response;
  request.body.cut = response.body.cut = is_cut(raw);
  request.body.said_type = raw.request_type;
  response.body.said_type = raw.response_type;
  collect(raw.request, raw.request_over_limit, state_->tools(), context, request);
  if (raw.response) collect(*raw.response, raw.response_over_limit, state_->tools(), context, response);
  const Finder finder = state_->finder(masker);
  const Finder facts = finder.without_expressions();
  const auto plain = [&](std::string_view text) { return finish_text(text, {}, Kind::kText, facts, context).text; };
  prepare(raw.request.body, request.body, finder, context);
  if (raw.response) prepare(raw.response->body, response.body, finder, context);
  RedactedParts parts;
  parts.request = finish(raw.request, request, finder, context);
  add_notes("request", raw.request.fields, parts.request.body, parts.notes);
  add_credential_notes(raw.request, state_->options.profile, parts.notes);
  if (raw.response) {
    parts.response = finish(*raw.response, response, finder, context);
    add_notes("response", raw.response->fields, parts.response->body, parts.notes);
  }
  if (raw.failure) parts.failure = Failure{raw.failure->kind, plain(raw.failure->detail)};
  parts.response_framing = raw.response_framing;
  parts.arrival = raw.arrival;
  parts.pieces = raw.pieces;
  for (const std::string& note : raw.notes) {
    if (std::ranges::find(parts.notes, note) == parts.notes.end()) parts.notes.push_back(plain(note));
  }
  for (const std::string& flag : raw.flags) parts.flags.push_back(plain(flag));
  parts.step = plain(raw.step);
  parts.timing = raw.timing;
  finish_own_words(parts, facts, context);
  if (state_->ledger.overflowed()) {
    blank(parts.request, context);
    if (parts.response) blank(*parts.response, context);
    parts.notes.push_back("more secrets than the ledger holds: what could hold one was left out");
  }
  return RedactionPass::vouch(std::move(parts));
}

// What a dummy shows is learned by nobody else: it is no secret.
std::vector<RedactedRequest> Redactor::guesses(const http::Request& raw, const RedactedRequest& live) const {
  Ledger dummies(0, {});
  Warnings unheard;
  Masker masker(dummies, state_->pseudonyms, unheard);
  const Names names(state_->options.profile, state_->options.privacy, Guards::kOff);
  Context context = state_->context(masker, names);
  RequestDraft draft;
  collect(raw, std::nullopt, state_->tools(), context, draft);
  const Finder finder(state_->ledger, &dummies, state_->patterns, state_->pseudonyms);
  std::vector<RedactedRequest> out{finish(raw, draft, finder, context)};
  std::vector<RedactedRequest> bolder = redact::guesses(out.front(), state_->pseudonyms);
  for (RedactedRequest& guess : redact::guesses(live, state_->pseudonyms)) out.push_back(std::move(guess));
  std::ranges::move(bolder, std::back_inserter(out));
  return out;
}

RedactedInteraction Redactor::redact_again(const RedactedParts& parts) const {
  Masker masker = state_->masker();
  Context context = state_->context(masker);
  RedactedParts out =
      again(parts, state_->tools(), state_->finder(masker).with_rests(state_->partials.rests()), context);
  if (state_->ledger.overflowed()) {
    blank(out.request, context);
    if (out.response) blank(*out.response, context);
  }
  return RedactionPass::vouch(std::move(out));
}

std::string Redactor::redact_line(std::string_view text) const {
  Masker masker = state_->masker();
  Context context = state_->context(masker);
  Edits edits;
  // Values of queries go whatever their name; fragments too.
  const std::size_t query = text.find('?');
  for (std::size_t at = query; at != text.npos && at < text.size();) {
    const std::size_t stop = std::min(text.find_first_of("&; #\t\r\n\"'<>", at + 1), text.size());
    const std::size_t equals = std::min(text.find('=', at + 1), stop);
    if (equals + 1 < stop) {
      edits.push_back({equals + 1, stop, Kind::kOther, "line", "...", Edit::Action::kReplace});
    }
    if (stop < text.size() && text[stop] == '#') {
      const std::size_t end = std::min(text.find_first_of(" \t\r\n\"'<>", stop), text.size());
      edits.push_back({stop, end, Kind::kOther, "line", {}, Edit::Action::kRemove});
    }
    at = stop < text.size() && (text[stop] == '&' || text[stop] == ';') ? stop : text.find('?', stop);
  }
  return finish_text(text, std::move(edits), Kind::kText, state_->finder(masker), context).text;
}

std::vector<Leak> Redactor::leaks(const RedactedParts& parts) const {
  std::vector<Leak> found;
  find_leaks(parts, state_->finder(), state_->ledger, found);
  return found;
}

std::vector<Leak> Redactor::late_leaks(const RedactedParts& parts) const {
  std::vector<Leak> found;
  find_leaks(parts, state_->finder().with_rests(state_->partials.rests()), state_->ledger, found);
  // It passed when less was known: now something known may stand where it can not be replaced.
  for (Leak& leak : found) leak.known = leak.known || leak.what == kUnsearched;
  return found;
}

std::vector<Leak> Redactor::leaks(std::string_view bytes, std::string_view place) const {
  std::vector<Leak> found;
  find_leaks(bytes, {}, place, Finder(state_->ledger, nullptr, state_->patterns, state_->pseudonyms), state_->ledger,
             found);
  return found;
}

void Redactor::adopt(const RedactedParts& played) const {
  if (!played.response) return;
  Masker masker = state_->masker();
  const auto adopt = [&](const RedactedText& text) {
    state_->pseudonyms.adopted().add(text);
    for (const Span& span : text.spans) {
      const std::string_view value = std::string_view(text.text).substr(span.begin, span.size);
      masker.adopt(value, span.kind);
      for (const View view : {View::kPercent, View::kJson}) {
        if (has_view(value, view)) masker.adopt(decode(value, view), span.kind);
      }
    }
  };
  for (const RedactedField& field : played.response->fields) adopt(field.value);
  adopt(played.response->body.content);
}

std::size_t Redactor::known() const { return state_->ledger.size(); }

std::vector<std::string> Redactor::take_warnings() const { return state_->warnings.take(); }

struct Rekeyer::State {
  Pseudonyms pseudonyms;
};

Rekeyer::Rekeyer(const PseudonymKey& key, const profiles::Profile* profile)
    : state_(new State{Pseudonyms(key, [&] {
        auto options = pseudonym_options(profile);
        options.is_secret = [](std::string_view) { return false; };
        options.rekeys = true;
        return options;
      }())}) {}
Rekeyer::~Rekeyer() = default;

RedactedInteraction Rekeyer::operator()(const RedactedInteraction& interaction) const {
  return RedactionPass::vouch(rekey(*interaction, state_->pseudonyms));
}

PseudonymKey derived_key(const PseudonymKey& key, std::string_view purpose) {
  return {Hmac(key.bytes).of("derive", purpose)};
}

}  // namespace cvr
