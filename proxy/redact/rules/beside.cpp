#include "redact/rules/beside.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/base64.h"
#include "redact/general_names.h"
#include "redact/innocent.h"
#include "redact/people.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxKey = 20;
constexpr std::size_t kMostWaiting = 4096;  // of one object: keys of a map of secrets are fewer

struct Known {
  std::string_view key;  // lower case, without signs
  Part part;
};

constexpr Known kKnown[] = {
    {"kty", Part::kKeyType},
    {"d", Part::kKeyMember},
    {"p", Part::kKeyMember},
    {"q", Part::kKeyMember},
    {"dp", Part::kKeyMember},
    {"dq", Part::kKeyMember},
    {"qi", Part::kKeyMember},
    {"k", Part::kKeyMember},
    {"user", Part::kUser},
    {"username", Part::kUser},
    {"login", Part::kUser},
    {"email", Part::kMail},
    {"emailaddress", Part::kMail},
    {"phone", Part::kContact},
    {"phonenumber", Part::kContact},
    {"firstname", Part::kMail},
    {"name", Part::kName},
    {"pass", Part::kPass},
    {"number", Part::kCardNumber},
    {"cvc", Part::kCardDate},
    {"cvv", Part::kCardDate},
    {"cvv2", Part::kCardDate},
    {"securitycode", Part::kCardDate},
    {"exp", Part::kCardDate},
    {"expmonth", Part::kCardDate},
    {"expyear", Part::kCardDate},
    {"expiry", Part::kCardDate},
    {"expirydate", Part::kCardDate},
    {"expirymonth", Part::kCardDate},
    {"expiration", Part::kCardDate},
    {"expirationdate", Part::kCardDate},
    {"expirationmonth", Part::kCardDate},
    {"expdate", Part::kCardDate},
    {"validthru", Part::kCardDate},
    {"kind", Part::kManifest},
    {"data", Part::kData},
    {"stringdata", Part::kData},
    {"redirecturi", Part::kOAuth},
    {"granttype", Part::kOAuth},
    {"codeverifier", Part::kOAuth},
    {"sessionstate", Part::kOAuth},
    {"state", Part::kState},
    {"code", Part::kCode},
};

Kind kind_of(Part part) { return part == Part::kPass || part == Part::kData ? Kind::kPassword : Kind::kToken; }

}  // namespace

Part part_of(std::string_view key) {
  if (key.size() > kMaxKey) return Part::kNone;
  std::string plain;
  for (const char c : key) {
    if (c != '_' && c != '-') plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  const auto* found = std::ranges::find(kKnown, std::string_view(plain), &Known::key);
  return found == std::end(kKnown) ? Part::kNone : found->part;
}

void Beside::wait(Part part, std::string_view raw, std::size_t begin, bool number) {
  if (!raw.empty() && waiting_.size() < kMostWaiting) waiting_.push_back({raw, begin, part, number});
}

void Beside::note(Part part, std::string_view raw, std::size_t begin, bool number) {
  switch (part) {
    case Part::kKeyType:
      met_ |= bit(part);
      return;
    case Part::kManifest:
      met_ |= bit(part);
      if (raw == "Secret") set_secret();
      lists_secrets_ = raw == "SecretList";
      return;
    case Part::kState:  // no place: it looks drawn
      if (admits({.guard = Guard::kMixed}, "state", raw)) met_ |= bit(Part::kOAuth);
      return;
    case Part::kCode:
    case Part::kKeyMember:
      if (!number) wait(part, raw, begin, false);
      return;
    case Part::kName:
      if (!number) name_ = {raw, begin, part, false};
      return;
    case Part::kPass:
    case Part::kCardNumber:
      return wait(part, raw, begin, number);
    default:
      return;
  }
}

bool Beside::is_meant(const Waiting& value, const Context& context) const {
  switch (value.part) {
    case Part::kKeyMember:
      return has(Part::kKeyType);
    case Part::kPass:
      return (has(Part::kUser) || has(Part::kMail) || has(Part::kContact)) && can_be_password(value.raw);
    case Part::kCardNumber:
      return has(Part::kCardDate) && is_card_number(value.raw);
    case Part::kData:
      return is_secret();
    case Part::kCode:
      return has(Part::kOAuth) && (!context.names.has_guards() || admits({.guard = Guard::kOAuth}, "code", value.raw));
    default:
      return false;
  }
}

bool Beside::is_person(std::string_view object, const Context& context) const {
  const bool beside = has(Part::kMail) || (mailbox_ && has(Part::kContact));
  return beside && can_be_person(name_.raw) && !is_name_of_thing(object) && context.names.knows_people();
}

void Beside::finish(std::string_view object, Context& context, Edits& edits) {
  if (!name_.raw.empty() && is_person(object, context)) {
    context.masker.add_credential(edits, name_.begin, name_.raw, View::kJson, Kind::kName, "json.name", Place::kJson);
  }
  for (const Waiting& value : std::exchange(waiting_, {})) {
    if (!is_meant(value, context)) continue;
    const Kind kind = kind_of(value.part);
    if (value.number) {
      auto mask = context.masker.number(value.raw, kind);
      edits.push_back({value.begin, value.begin + value.raw.size(), kind, "json.name", std::move(mask.text),
                       mask.already ? Edit::Action::kKeep : Edit::Action::kReplace});
      continue;
    }
    if (value.part == Part::kData) {  // in base64
      if (const auto plain = base64_decode(value.raw)) context.masker.learn(*plain, kind, Place::kJson);
    }
    context.masker.add_credential(edits, value.begin, value.raw, View::kJson, kind, "json.name", Place::kJson);
  }
}

}  // namespace cvr::redact
