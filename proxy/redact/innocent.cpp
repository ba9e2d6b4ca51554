#include "redact/innocent.h"

#include <algorithm>
#include <string>

#include "base/char_set.h"
#include "redact/check.h"
#include "redact/general_names.h"
#include "redact/gibberish.h"
#include "redact/meaning.h"
#include "redact/people.h"
#include "redact/words.h"

namespace cvr::redact {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Lower case, letters and digits only.
std::string plain(std::string_view name) {
  std::string out;
  for (const char c : name.substr(0, 64)) {
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c + 32);
    } else if (is_letter(c) || is_digit(c)) {
      out += c;
    }
  }
  return out;
}

template <class List>
bool is_one_of(std::string_view word, const List& list) {
  return std::ranges::find(list, word) != std::end(list);
}

constexpr CharSet kSpace(" \t\r\n");
constexpr CharSet kNumberOrTime("0123456789.,:+-TZ");

// Letters of both cases, or letters and digits, or letters and signs: no word, no number.
bool is_mixed(std::string_view value) {
  if (value.size() < 6 || kSpace.any_in(value)) return false;
  if (kNumberOrTime.first_not_in(value) == value.npos || is_vocabulary(value)) return false;
  const bool digit = std::ranges::any_of(value, is_digit);
  const bool letter = std::ranges::any_of(value, is_letter);
  const bool sign = std::ranges::any_of(value, [](char c) { return !is_letter(c) && !is_digit(c) && c != '_'; });
  return (letter && (digit || sign)) || value.size() >= 20 || (digit && value.size() >= 16) || is_gibberish(value);
}

// "sha-256", "oauth2-pkce", "web-app2": words with signs between them, and numbers behind some.
bool is_thing(std::string_view value) {
  constexpr CharSet kSigns("-_. /:");
  if (value.size() > 24 || !kSigns.any_in(value)) return false;
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = std::min(kSigns.first_in(value, begin), value.size());
    const std::string_view piece = value.substr(begin, end - begin);
    const auto digits = static_cast<std::size_t>(std::ranges::count_if(piece, is_digit));
    const bool lower =
        std::ranges::all_of(piece.substr(0, piece.size() - digits), [](char c) { return c >= 'a' && c <= 'z'; });
    const bool vowel = piece.find_first_of("aeiouy") != piece.npos || piece.size() - digits <= 4;
    const bool behind = std::ranges::all_of(piece.substr(piece.size() - digits), is_digit);
    if (piece.empty() || !lower || !vowel || !behind || digits > (digits == piece.size() ? 4u : 2u)) return false;
    begin = end + 1;
  }
  return true;
}

// "SHA256", "hmac-sha-256", "RS512", "AES256": how something was made.
bool is_algorithm(std::string_view value) {
  constexpr std::string_view kFamilies[] = {"sha", "md", "hmacsha", "hmacmd", "hs", "rs",
                                            "es",  "ps", "aes",     "ed",     "crc"};
  const std::string word = plain(value);
  const std::size_t letters = std::min(word.find_first_of("0123456789"), word.size());
  const std::string_view digits = std::string_view(word).substr(letters);
  return !digits.empty() && digits.size() <= 5 && std::ranges::all_of(digits, is_digit) &&
         is_one_of(std::string_view(word).substr(0, letters), kFamilies);
}

// "ABC-123": the number of an issue.
bool is_issue(std::string_view value) {
  const std::size_t dash = value.find('-');
  return dash != value.npos && dash > 0 &&
         std::ranges::all_of(value.substr(0, dash), [](char c) { return c >= 'A' && c <= 'Z'; }) &&
         dash + 1 < value.size() && std::ranges::all_of(value.substr(dash + 1), is_digit);
}

// "boarding_pass", "first_pass": tickets, and passes over something.
bool is_ticket_name(std::string_view word) {
  constexpr std::string_view kPass = "pass";
  constexpr std::string_view kBefore[] = {
      "boarding", "season", "day",    "ski",     "bus",      "travel", "gate",     "hall",   "media", "press",
      "event",    "annual", "month",  "monthly", "week",     "weekly", "library",  "museum", "park",  "train",
      "rail",     "lounge", "render", "shader",  "first",    "second", "third",    "last",   "next",  "multi",
      "single",   "two",    "one",    "low",     "high",     "band",   "mountain", "all",    "test",  "tests",
      "by",       "over",   "under",  "forward", "backward", "num",    "is",       "did",    "does",  "fire"};
  if (!word.ends_with(kPass)) return false;
  word.remove_suffix(kPass.size());
  return std::ranges::any_of(kBefore, [&](std::string_view before) { return word.ends_with(before); });
}

// "DB_PASSWORD", "API_KEY": the name of a value, not one.
bool is_constant_name(std::string_view value) {
  return value.find('_') != value.npos &&
         value.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") == value.npos && !is_digit(value[0]) &&
         std::ranges::count_if(value, is_digit) <= 2;
}

}  // namespace

bool can_be_password(std::string_view value) {
  constexpr std::string_view kWords[] = {"none", "null", "true", "false", "basic", "ntlm", "digest", "plain", "masked"};
  if (value.size() < 4 || is_vocabulary(value) || is_constant_name(value)) return false;
  if (is_one_of(value, kWords) || value.find_first_not_of("*.-xX") == value.npos) return false;
  if (kNumberOrTime.first_not_in(value) == value.npos) return value.size() >= 6 && std::ranges::all_of(value, is_digit);
  const bool place = value.starts_with("{{") || value.starts_with("${") || value.starts_with("$(") ||
                     (value.front() == '<' && value.back() == '>') || value.starts_with('%');
  return !place && !is_sentence(value);
}

bool is_key(std::string_view value) {
  constexpr CharSet kToken("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_-~");
  if (value.size() < 16 || value.size() > 512 || kToken.first_not_in(value) != value.npos) return false;
  if (value.front() == '/' || is_thing(value) || is_date(value)) return false;
  std::size_t changes = 0;
  int before = 0;
  for (const char c : value) {
    const int what = is_digit(c) ? 1 : c >= 'a' && c <= 'z' ? 2 : is_letter(c) ? 3 : before;
    changes += before != 0 && what != before ? 1u : 0u;
    before = what;
  }
  const bool digit = std::ranges::any_of(value, is_digit);
  return (digit && std::ranges::any_of(value, is_letter) && changes * 4 >= value.size()) || is_gibberish(value);
}

bool is_card_number(std::string_view value) {
  int digits = 0;
  int sum = 0;
  for (std::size_t i = value.size(); i-- > 0;) {
    if (!is_digit(value[i])) {
      if ((value[i] != ' ' && value[i] != '-') || i == 0 || i + 1 == value.size()) return false;
      continue;
    }
    const int digit = (value[i] - '0') * (digits % 2 + 1);
    sum += digit > 9 ? digit - 9 : digit;
    if (++digits > 19) return false;
  }
  return digits >= 13 && sum % 10 == 0 && value.find_first_not_of("0 -") != value.npos;
}

bool is_description(std::string_view name, std::string_view value) {
  constexpr std::string_view kNames[] = {
      "type",      "format",      "minlength", "maxlength", "description", "title",     "required",
      "enum",      "label",       "help",      "hint",      "readonly",    "writeonly", "nullable",
      "min",       "max",         "expires",   "expiresin", "expiresat",   "expiry",    "expiration",
      "expireson", "createdat",   "updatedat", "createdon", "issuedat",    "scope",     "scopes",
      "tokentype", "message",     "href",      "rel",       "method",      "count",     "ttl",
      "length",    "placeholder", "exp",       "iat",       "lifetime",    "pattern"};
  const std::string word = plain(name);
  if (word == "secretname") return true;  // of Kubernetes: where it is
  if (word == "defaultmode" || word == "mode") {
    return value.size() <= 4 && value.find_first_not_of("0123456789") == value.npos;
  }
  if (!is_one_of(word, kNames)) return false;
  if (word == "pattern") return value.starts_with('^');
  if (value.find_first_not_of("0123456789.") == value.npos) return value.size() <= 13;
  return !is_token_shaped(value) || is_vocabulary(value) || is_ordinary(value);
}

bool is_sentence(std::string_view value) {
  constexpr std::string_view kGrammar[] = {"is",  "be",     "must",  "should", "cannot",  "can't", "too", "not",
                                           "has", "does",   "the",   "was",    "invalid", "least", "may", "are",
                                           "can", "please", "needs", "match",  "doesn't", "isn't", "to"};
  std::size_t words = 0;
  bool grammar = false;
  for (std::size_t begin = 0; begin < value.size();) {
    const std::size_t end = std::min(value.find(' ', begin), value.size());
    std::string_view word = value.substr(begin, end - begin);
    begin = end + 1;
    if (word.empty()) continue;
    ++words;
    const bool both = std::ranges::any_of(word, is_letter) && std::ranges::any_of(word, is_digit);
    if (both || word.size() > 24) return false;
    std::string lower(word);
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    grammar |= is_one_of(std::string_view(lower), kGrammar);
  }
  return words >= 3 && grammar;
}

bool is_messages_name(std::string_view name) {
  constexpr std::string_view kNames[] = {"errors", "error", "messages", "violations", "invalidparams", "fielderrors"};
  return is_one_of(std::string_view(plain(name)), kNames);
}

bool is_constant(std::string_view name, std::string_view value) {
  const std::string word = plain(name);
  if (word == "credentials") {  // Fetch standard section 5.4, RequestCredentials
    constexpr std::string_view kFetch[] = {"include", "omit", "same-origin"};
    return is_one_of(value, kFetch);
  }
  if (word == "pwd" || word == "oldpwd") {
    return (value.starts_with('/') && value.find('/', 1) != value.npos) ||
           (value.size() > 3 && is_letter(value[0]) && value[1] == ':' && (value[2] == '\\' || value[2] == '/'));
  }
  if (word == "accesskey") return value.size() <= 3;  // of HTML: a key of the keyboard
  return is_ticket_name(word);
}

bool admits(const Named& named, std::string_view name, std::string_view value) {
  if (named.general && is_constant(name, value)) return false;
  switch (named.guard) {
    case Guard::kNone:
    case Guard::kBeside:
      return true;
    case Guard::kMixed:
      return is_mixed(value) && !is_algorithm(value) && !is_issue(value) &&
             (named.kind == Kind::kPassword || !is_thing(value));
    case Guard::kOAuth:
      return is_mixed(value) && !is_issue(value);
    case Guard::kPass:
      return can_be_password(value);
    case Guard::kDrawn:
      return is_key(value) || is_uuid(value);
    case Guard::kKey:
      return is_key(value) && !is_uuid(value);
    case Guard::kCard:
      return is_card_number(value);
    case Guard::kMail:
      return can_be_mail(value);
    case Guard::kPhone:
      return can_be_phone(value);
    case Guard::kPart:
      return can_be_name_part(value);
    case Guard::kPerson:
      return can_be_person(value);
    case Guard::kStreet:
      return can_be_street(value);
    case Guard::kDigits:
      return value.size() >= 4 && value.size() <= 12 && std::ranges::all_of(value, is_digit);
    case Guard::kCode:
      return value.size() >= 4 && value.find(' ') == value.npos && std::ranges::any_of(value, is_digit);
    case Guard::kCookie:
      return is_mixed(value) || (value.size() >= 3 && value.find('=') != value.npos && value.find('=') > 0);
  }
  return true;
}

}  // namespace cvr::redact
