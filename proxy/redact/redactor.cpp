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

Ledger::Limits limits_of(const RedactorOptions& options) {
  constexpr std::size_t kOfAValue = 336;  // bytes: 100,000 of them come to the ledger's own limit
  return {options.ledger_values, std::max(Ledger::Limits{}.max_bytes, options.ledger_values * kOfAValue)};
}

}  // namespace

// What all redactors of a process share that are beside one another.
struct Redactor::Shared {
  explicit Shared(RedactorOptions given)
      : options(std::move(given)),
        names(options.profile, options.privacy),
        headers(options.profile, names),
        patterns(options.profile, options.privacy),
        expressions(options.profile, options.privacy),
        pointers(options.profile, options.privacy),
        ledger(seed_of(options.key), limits_of(options)),
        partials(seed_of(options.key)) {
    options.body_limit_bytes = std::min(options.body_limit_bytes, kMaxBody);
  }

  RedactorOptions options;
  Names names;
  HeaderRules headers;
  Patterns patterns;
  Expressions expressions;
  Pointers pointers;
  Ledger ledger;
  Partials partials;
};

struct Redactor::State {
  // What one of several has of its own: the values that its own traffic has shown, and the pseudonyms that came back.
  struct Own {
    explicit Own(const Shared& shared)
        : learned(seed_of(shared.options.key), limits_of(shared.options)), adopted(seed_of(shared.options.key), {}) {
      shared.ledger.copy_given(learned);
    }
    Ledger learned;
    Ledger adopted;
  };

  explicit State(std::shared_ptr<Shared> with)
      : shared(std::move(with)), pseudonyms(shared->options.key, [&] {
          auto o = pseudonym_options(shared->options.profile);
          o.is_secret = [ledger = &shared->ledger](std::string_view text) { return ledger->find(text) != nullptr; };
          return o;
        }()) {}

  Tools tools() const { return {shared->headers, shared->options.body_limit_bytes}; }
  const Ledger& ledger(Known known = Known::kAll) const {
    return own != nullptr && known == Known::kOwn ? own->learned : shared->ledger;
  }
  Finder finder(const Ledger* of_pass = nullptr, Known known = Known::kAll) const {
    return plain_finder(of_pass, known).with(shared->expressions);
  }
  Finder plain_finder(const Ledger* of_pass = nullptr, Known known = Known::kAll) const {
    const Finder finder(ledger(known), of_pass, shared->patterns, pseudonyms);
    return own == nullptr ? finder : finder.with_adopted(own->adopted);
  }
  Finder finder(const Masker& masker, Known known = Known::kAll) const { return finder(masker.own_ledger(), known); }
  Masker masker(Known known = Known::kAll) { return masker(known, warnings); }
  Masker masker(Known known, Warnings& told) {
    if (own == nullptr) return Masker(shared->ledger, pseudonyms, told, &shared->partials);
    const bool alone = known == Known::kOwn;
    Masker masker(alone ? own->learned : shared->ledger, pseudonyms, told, &shared->partials);
    masker.share(alone ? shared->ledger : own->learned, own->adopted);
    return masker;
  }
  Context context(Masker& masker) const { return context(masker, shared->names); }
  Context context(Masker& masker, const Names& by) const {
    const Pointers& pointers = shared->pointers;
    return {.names = by,
            .masker = masker,
            .root = {},
            .pointers = pointers.empty() ? nullptr : &pointers,
            .headers = &shared->headers};
  }

  const std::shared_ptr<Shared> shared;
  std::unique_ptr<Own> own;  // null: of the only one, or of the first
  Pseudonyms pseudonyms;
  Warnings warnings;
};

Redactor::Redactor(RedactorOptions options)
    : state_(std::make_unique<State>(std::make_shared<Shared>(std::move(options)))) {
  std::vector<std::string>& secrets = state_->shared->options.secrets;
  for (const std::string& secret : secrets) {
    learn_given(state_->shared->ledger, state_->pseudonyms, state_->warnings, secret);
  }
  secrets.clear();
}
Redactor::Redactor(std::unique_ptr<State> state) : state_(std::move(state)) {}
Redactor::~Redactor() = default;

std::unique_ptr<Redactor> Redactor::beside() const {
  auto state = std::make_unique<State>(state_->shared);
  state->own = std::make_unique<State::Own>(*state_->shared);
  return std::unique_ptr<Redactor>(new Redactor(std::move(state)));
}

bool Redactor::is_beside() const { return state_->own != nullptr; }

RedactedRequest Redactor::redact_request(const http::Request& raw, Known known) const {
  Masker masker = state_->masker(known);
  Context context = state_->context(masker);
  RequestDraft draft;
  collect(raw, std::nullopt, state_->tools(), context, draft);
  return finish(raw, draft, state_->finder(masker, known), context);
}

// The warnings are for what is on record: nobody is told of what stands in no file.
template <class Draft, class Message>
void Redactor::learn_from(const Message& raw) const {
  // Those who are not heard must not fill the ledger for those who are.
  if (!state_->shared->ledger.has_room_for_personal()) return;
  Warnings unheard;
  Masker masker = state_->masker(Known::kAll, unheard);
  Context context = state_->context(masker);
  Draft draft;
  draft.body.cut = true;
  collect(raw, std::nullopt, state_->tools(), context, draft);
}

void Redactor::learn(const http::Request& raw) const { learn_from<RequestDraft>(raw); }
void Redactor::learn(const http::Response& raw) const { learn_from<ResponseDraft>(raw); }

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
  add_credential_notes(raw.request, state_->shared->options.profile, parts.notes);
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
  if (state_->ledger().overflowed()) {
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
  const Names names(state_->shared->options.profile, state_->shared->options.privacy, Guards::kOff);
  Context context = state_->context(masker, names);
  RequestDraft draft;
  collect(raw, std::nullopt, state_->tools(), context, draft);
  const Finder finder = state_->plain_finder(&dummies, Known::kOwn);
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
      again(parts, state_->tools(), state_->finder(masker).with_rests(state_->shared->partials.rests()), context);
  if (state_->ledger().overflowed()) {
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
  find_leaks(parts, state_->finder(), state_->ledger(), found);
  return found;
}

std::vector<Leak> Redactor::late_leaks(const RedactedParts& parts) const {
  std::vector<Leak> found;
  find_leaks(parts, state_->finder().with_rests(state_->shared->partials.rests()), state_->ledger(), found);
  // It passed when less was known: now something known may stand where it can not be replaced.
  for (Leak& leak : found) leak.known = leak.known || leak.what == kUnsearched;
  return found;
}

std::vector<Leak> Redactor::leaks(std::string_view bytes, std::string_view place) const {
  std::vector<Leak> found;
  find_leaks(bytes, {}, place, state_->plain_finder(), state_->ledger(), found);
  return found;
}

void Redactor::adopt(const RedactedParts& played) const {
  if (!played.response) return;
  Masker masker = state_->masker(Known::kOwn);
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

std::size_t Redactor::known() const { return state_->ledger().size(); }

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
