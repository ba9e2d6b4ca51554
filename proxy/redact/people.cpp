#include "redact/people.h"

#include <algorithm>
#include <string>

#include "base/char_set.h"
#include "redact/innocent.h"
#include "redact/words.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxPerson = 64;
constexpr std::size_t kMaxPhone = 40;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_wide(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool is_letter(char c) { return is_upper(c) || is_lower(c) || is_wide(c); }

std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, kMaxPerson)) {
    if (is_upper(c)) {
      out += static_cast<char>(c + 32);
    } else if (is_lower(c) || is_digit(c) || is_wide(c)) {
      out += c;
    }
  }
  return out;
}

template <class List>
bool is_one_of(std::string_view word, const List& list) {
  return std::ranges::find(list, word) != std::end(list);
}

// "is required", "Enter a valid email address."
bool is_prose(std::string_view value) {
  constexpr std::string_view kFirst[] = {"is",       "must",    "has",  "can",   "cannot", "please",  "should", "enter",
                                         "required", "invalid", "this", "your",  "not",    "already", "field",  "may",
                                         "isnt",     "doesnt",  "was",  "needs", "only",   "too",     "provide"};
  const std::size_t space = value.find(' ');
  if (space == value.npos) return false;
  if (is_one_of(std::string_view(plain(value.substr(0, space))), kFirst) || is_sentence(value)) return true;
  return value.ends_with('.') && std::ranges::count(value, ' ') >= 3;
}

// Words of companies and interfaces; a name with one of them is no person's.
bool is_word_of_things(std::string_view word) {
  constexpr std::string_view kWords[] = {
      "inc",        "llc",      "ltd",      "gmbh",          "ag",        "corp",    "co",         "company",
      "sa",         "bv",       "plc",      "group",         "team",      "support", "service",    "services",
      "aviation",   "airways",  "airlines", "airport",       "jets",      "jet",     "charter",    "ops",
      "operations", "sales",    "admin",    "international", "solutions", "systems", "university", "bank",
      "department", "office",   "api",      "flights",       "the",       "my",      "your",       "new",
      "display",    "enter",    "light",    "heavy",         "midsize",   "all",     "default",    "user",
      "users",      "unknown",  "guest",    "test",          "aircraft",  "studio",  "hotel",      "holding",
      "holdings",   "partners", "software", "street",        "project",   "cloud",   "name"};
  return is_one_of(word, kWords);
}

bool is_particle(std::string_view word) {
  constexpr std::string_view kWords[] = {"de",  "van", "von", "der", "den", "da", "di", "la", "le", "el",
                                         "bin", "al",  "del", "dos", "du",  "zu", "y",  "e",  "of"};
  return is_one_of(word, kWords);
}

}  // namespace

bool can_be_mail(std::string_view value) {
  if (value.find('@') != value.npos || value.find("%40") != value.npos) return true;
  if (value.find(' ') != value.npos || is_vocabulary(value) || !std::ranges::any_of(value, is_letter)) return false;
  return std::ranges::any_of(value, is_digit) || (value.find('.') != value.npos && value.back() != '.');
}

bool can_be_phone(std::string_view value) {
  constexpr CharSet kChars("0123456789+-.()/ ");
  if (value.starts_with("tel:")) value.remove_prefix(4);
  if (const std::size_t extension = value.find(" ext"); extension != value.npos) value = value.substr(0, extension);
  if (value.size() > kMaxPhone || kChars.first_not_in(value) != value.npos || is_date(value)) return false;
  const auto digits = std::ranges::count_if(value, is_digit);
  return digits >= 5 && digits <= 20;
}

bool can_be_name_part(std::string_view value) { return !is_prose(value); }

bool can_be_person(std::string_view value) {
  if (value.size() > kMaxPerson || is_prose(value) || is_vocabulary(value)) return false;
  std::size_t words = 0;
  bool capital = false;
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = std::min(value.find(' ', begin), value.size());
    const std::string_view word = value.substr(begin, end - begin);
    begin = end + 1;
    if (word.empty() || !std::ranges::all_of(
                            word, [](char c) { return is_letter(c) || c == '\'' || c == '-' || c == '.' || c == ','; }))
      return false;
    if (is_word_of_things(plain(word))) return false;
    capital = is_upper(word[0]) || is_wide(word[0]);
    if (!capital && (words == 0 || !is_particle(word))) return false;
    ++words;
  }
  return capital && words >= 2 && words <= 5;
}

bool can_be_street(std::string_view value) {
  return value.size() <= 128 && value.find(' ') != value.npos && value.find("://") == value.npos &&
         std::ranges::any_of(value, is_digit) && std::ranges::count_if(value, is_letter) >= 3;
}

bool is_name_of_thing(std::string_view key) {
  constexpr std::string_view kThings[] = {
      "company",     "organization", "organisation", "product",  "airport", "team",     "group",   "app",
      "application", "channel",      "role",         "calendar", "project", "site",     "license", "plan",
      "category",    "field",        "type",         "column",   "device",  "operator", "airline", "aircraft"};
  const std::string word = plain(key);
  std::string_view text = word;
  if (text.ends_with("ies")) return text.ends_with("companies") || text.ends_with("categories");
  if (text.ends_with('s')) text.remove_suffix(1);
  return std::ranges::any_of(kThings, [&](std::string_view thing) { return text.ends_with(thing); });
}

bool is_name_of_labels(std::string_view key) {
  constexpr std::string_view kNames[] = {"label",        "labels", "placeholder", "placeholders", "translation",
                                         "translations", "i18n",   "strings",     "texts",        "hints",
                                         "captions",     "titles", "fieldnames",  "columns",      "headers"};
  return is_one_of(std::string_view(plain(key)), kNames);
}

}  // namespace cvr::redact
