#include "redact/masker.h"

#include <algorithm>

#include "redact/charset.h"
#include "redact/check.h"
#include "redact/jwt.h"
#include "redact/meaning.h"
#include "redact/names.h"
#include "redact/parts.h"
#include "redact/words.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxPersonal = 256;
constexpr std::size_t kMostAdopted = 8192;  // beyond, the table of the ledger grows too large for the caches
constexpr std::uint64_t kOwnSeed = 0x2545f4914f6cdd1d;

bool fits_ledger(std::string_view value) {
  return value.size() >= kMinLedgerSize && value.size() <= kMaxLedgerValue && !is_ordinary(value);
}

// A word of the API's own where a text could stand: "daily", "OTHER", "AIRCRAFT_NOT_AVAILABLE".
bool names_no_one(std::string_view value, Kind kind) {
  if (kind != Kind::kText && kind != Kind::kEmail) return false;
  const bool constant = value.find('_') != value.npos && value.size() <= 64 &&
                        value.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == value.npos;
  return constant || is_vocabulary(value);
}

// A single name is a word like others ("Mountain"); two are a person or a company.
bool is_found_elsewhere(std::string_view value, Kind kind) {
  if (value.size() > kMaxPersonal) return false;
  const bool full_name = kind == Kind::kName && value.find(' ') != value.npos && value.find("://") == value.npos;
  return full_name || is_email(value) || kind == Kind::kPhone;
}

// Cookies and headers hold hosts, paths and time zones beside secrets, and what is learned is replaced everywhere.
bool is_secret_part(const Meaning& part, Place place) {
  static const Names names(nullptr);
  constexpr std::string_view kPublic[] = {"realm", "algorithm", "signature_method", "oauth_signature_method",
                                          "uri",   "headers",   "charset"};  // RFC 7616, RFC 5849, RFC 9421
  if (part.whole || is_drawn(part.text)) return true;
  if (place == Place::kAuthorization) return std::ranges::find(kPublic, part.name) == std::end(kPublic);
  const auto named = part.name.empty() ? std::nullopt : names.find_json(part.name, {});
  return named && admits(*named, part.name, part.text);
}

}  // namespace

void Masker::vouch_for(std::string_view pseudonym) {
  if (pseudonym.size() < kMinLedgerSize || pseudonym.size() > kMaxLedgerValue) return;
  if (vouched_ == nullptr) vouched_ = std::make_unique<Ledger>(kOwnSeed, Ledger::Limits{});
  vouched_->learn({std::string(pseudonym), std::string(pseudonym), Kind::kOther, false, true});
}

bool Masker::holds_vouched(std::string_view value) const {
  Budget budget(value.size());
  std::vector<LedgerHit> hits;
  vouched_->scan(value, budget, hits);
  return budget.exhausted() || !hits.empty();
}

const LedgerEntry* Masker::find(std::string_view value) const {
  if (value.size() < kMinLedgerSize) return nullptr;
  const LedgerEntry* entry = ledger_.find(value);
  if (entry == nullptr && own_ != nullptr) entry = own_->find(value);
  return entry == nullptr && adopted_ != nullptr ? adopted_->find(value) : entry;
}

// The same for a value that would be learned if nobody knew it.
const LedgerEntry* Masker::recall(std::string_view value) {
  const LedgerEntry* entry = find(value);
  if (entry != nullptr && also_ != nullptr && !entry->foreign && also_->find(value) == nullptr) also_->learn(*entry);
  return entry;
}

void Masker::remember(std::string_view value, std::string pseudonym, Kind kind, bool foreign) {
  LedgerEntry entry{std::string(value), std::move(pseudonym), kind, false, foreign};
  if (foreign && adopted_ != nullptr) {
    adopted_->learn(std::move(entry));
    return;
  }
  if (also_ != nullptr && !also_->learn(entry)) warnings_.note_full();
  if (ledger_.learn(entry)) {
    if (!foreign && partials_ != nullptr) partials_->learn(value, kind, pseudonyms_);
    return;
  }
  // Full.  What this exchange shows is still kept out of the rest of it.
  warnings_.note_full();
  if (own_ == nullptr) own_ = std::make_unique<Ledger>(kOwnSeed, Ledger::Limits{});
  own_->learn(std::move(entry));
}

void Masker::remember_parts(std::string_view value, const std::string& pseudonym, Kind kind, Place place) {
  for_each_part(value, pseudonym, pseudonyms_, [&](std::string_view part, std::string by) {
    if (part.size() >= kMinLedgerSize && part.size() <= kMaxLedgerValue && recall(part) == nullptr) {
      remember(part, std::move(by), kind, false);
    }
  });
  for (const std::string& id : jwt_identities(value, pseudonyms_)) {
    if (fits_ledger(id) && find(id) == nullptr && !is_pseudonym(id)) remember(id, pseudonyms_.of(id), kind, false);
  }
  // A password or a token in a named field is what it is; headers and cookies have a grammar of their own.
  if (place != Place::kAuthorization && place != Place::kCookie && place != Place::kHeader) return;
  for_each_meaning(value, [&](const Meaning& part) {
    if (!is_secret_part(part, place) || !fits_ledger(part.text) || is_pseudonym(part.text)) return;
    if (recall(part.text) == nullptr) remember(part.text, pseudonyms_.of(part.text), kind, false);
  });
}

Masker::Mask Masker::credential(std::string_view value, Kind kind, Place place) {
  // Texts and people are replaced where their name says so; they are no credentials.
  if (is_personal(kind)) return personal(value, kind);
  if (value.empty()) return {std::string(), true};
  if (const LedgerEntry* entry = recall(value)) return {entry->pseudonym, entry->foreign};
  if (is_pseudonym(value)) {
    if (value.size() <= kMaxLedgerValue) remember(value, std::string(value), kind, true);
    return {std::string(value), true};
  }
  // One value has one pseudonym, in whatever charset it came.
  std::string pseudonym = is_utf8(value) ? pseudonyms_.of(value) : pseudonyms_.of(eight_bit_spellings(value).front());
  if (vouched_ != nullptr && holds_vouched(value)) return {std::move(pseudonym), false};
  if (!fits_ledger(value)) {
    warnings_.note(place, value.size());
    return {std::move(pseudonym), false};
  }
  remember(value, pseudonym, kind, false);
  remember_parts(value, pseudonym, kind, place);
  return {std::move(pseudonym), false};
}

Masker::Mask Masker::personal(std::string_view value, Kind kind) {
  if (value.empty()) return {std::string(), true};
  if (const LedgerEntry* entry = recall(value)) return {entry->pseudonym, entry->foreign};
  auto pseudonym = pseudonyms_.shaped(value, kind);
  if (!pseudonym) return {std::string(value), true};
  if (vouched_ == nullptr || !holds_vouched(value)) remember_personal(value, *pseudonym, kind);
  return {*std::move(pseudonym), false};
}

void Masker::learn_personal(std::string_view value, Kind kind) {
  if (!fits_ledger(value) || recall(value) != nullptr || !ledger_.has_room_for_personal()) return;
  const auto pseudonym = pseudonyms_.shaped(value, kind);
  if (pseudonym && *pseudonym != value) remember(value, *pseudonym, kind, false);
}

void Masker::learn_seen(std::string_view value, Kind kind) {
  if (!fits_ledger(value) || recall(value) != nullptr || is_pseudonym(value) || !ledger_.has_room_for_personal())
    return;
  if (vouched_ != nullptr && holds_vouched(value)) return;
  remember(value, pseudonyms_.of(value), kind, false);
}

void Masker::adopt(std::string_view pseudonym, Kind kind) {
  if (!fits_ledger(pseudonym) || (is_personal(kind) && !is_found_elsewhere(pseudonym, kind))) return;
  const Ledger& all = adopted_ != nullptr ? *adopted_ : ledger_;
  if (find(pseudonym) == nullptr && all.size() < kMostAdopted) {
    remember(pseudonym, std::string(pseudonym), kind, true);
  }
}

Kind Masker::kind_behind(std::string_view pseudonym) const {
  if (const LedgerEntry* entry = find(pseudonym)) return entry->kind;
  return is_email(pseudonym) ? Kind::kEmail : Kind::kToken;
}

void Masker::remember_personal(std::string_view value, const std::string& pseudonym, Kind kind) {
  if (!fits_ledger(value) || !is_found_elsewhere(value, kind) || !ledger_.has_room_for_personal()) return;
  if (kind != Kind::kPhone || pseudonym != value) remember(value, pseudonym, kind, false);
}

Masker::Mask Masker::number(std::string_view raw, Kind kind) {
  if (is_personal(kind)) {
    auto shaped = pseudonyms_.shaped(raw, kind == Kind::kDate ? Kind::kDate : Kind::kNumber);
    return shaped ? Mask{*std::move(shaped), false} : Mask{std::string(raw), true};
  }
  const bool integer = raw.find_first_not_of("0123456789") == raw.npos;
  std::string pseudonym = pseudonyms_.number(raw);
  const bool vouched = vouched_ != nullptr && holds_vouched(raw);
  // Wherever the number stands it keeps the number of its digits.
  if (integer && !vouched && fits_ledger(raw) && recall(raw) == nullptr) remember(raw, pseudonym, kind, false);
  return {std::move(pseudonym), false};
}

Masker::Mask Masker::unlisted(std::string_view value) {
  if (value.empty()) return {std::string(), true};
  if (const LedgerEntry* entry = find(value)) return {entry->pseudonym, entry->foreign};
  if (is_pseudonym(value)) return {std::string(value), true};
  if (std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return {pseudonyms_.number(value), false};
  }
  return {pseudonyms_.of(value), false};
}

void Masker::learn(std::string_view value, Kind kind, Place place) { (void)credential(value, kind, place); }

void Masker::add_credential(Edits& edits, std::size_t begin, std::string_view raw, std::optional<View> view, Kind kind,
                            std::string_view rule, Place place) {
  if (raw.empty()) return;
  if (is_personal(kind)) return add_personal(edits, begin, raw, view, kind, rule);
  Mask mask;
  if (view && has_view(raw, *view)) {
    mask = credential(decode(raw, *view), kind, place);
    mask.text = encode(mask.text, *view);
    // A client that forgot to encode '+' means the value with '+', and sends it so elsewhere.
    if (*view == View::kPercentPlus && raw.find('+') != raw.npos) learn(decode(raw, View::kPercent), kind, place);
  } else {
    mask = credential(raw, kind, place);
    if (view && *view != View::kJson) mask.text = encode(mask.text, *view);
  }
  edits.push_back({begin, begin + raw.size(), kind, rule, std::move(mask.text),
                   mask.already ? Edit::Action::kKeep : Edit::Action::kReplace});
}

void Masker::add_personal(Edits& edits, std::size_t begin, std::string_view raw, std::optional<View> view, Kind kind,
                          std::string_view rule) {
  const bool coded = view && has_view(raw, *view);
  const std::string meant = coded ? decode(raw, *view) : std::string(raw);
  if (names_no_one(meant, kind)) return;
  Mask mask = personal(meant, kind);
  if (view && (coded || *view != View::kJson)) mask.text = encode(mask.text, *view);
  edits.push_back({begin, begin + raw.size(), kind, rule, std::move(mask.text),
                   mask.already ? Edit::Action::kKeep : Edit::Action::kReplace});
}

bool learn_given(Ledger& ledger, const Pseudonyms& pseudonyms, Warnings& warnings, std::string_view value) {
  if (!fits_ledger(value)) {
    warnings.note(Place::kGiven, value.size());
    return false;
  }
  const auto enter = [&](std::string_view text, std::string by) {
    if (text.size() < kMinLedgerSize || text.size() > kMaxLedgerValue) return;
    if (!ledger.learn({std::string(text), std::move(by), Kind::kToken, true, false})) warnings.note_full();
  };
  const std::string pseudonym = pseudonyms.of(value);
  enter(value, pseudonym);
  for_each_part(value, pseudonym, pseudonyms, enter);
  return true;
}

}  // namespace cvr::redact
