// The general word list (REDACTION layer 2): names, normalised, that mark a sensitive value whoever the
// vendor is.  Words that also mean other things count only for values that look the part (Guard).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "cvr/interaction.h"
#include "profiles/profile.h"

namespace cvr::redact {

// Which values a name marks.
enum class Guard : std::uint8_t {
  kNone,    // all
  kMixed,   // what is no word, number, date or sentence
  kDigits,  // four to twelve digits
  kCode,    // no spaces, with a digit
  kCookie,  // name=value, or kMixed
  kOAuth,   // kMixed, and only beside other OAuth parameters
  kBeside,  // all, and only beside other OAuth parameters
  kPass,    // what can be a password: no word of an interface, no small number
  kDrawn,   // what looks drawn, UUIDs too
  kKey,     // what looks drawn and is no UUID
  kCard,    // digits with the check of ISO/IEC 7812-1
  // Of people (people.h).
  kMail,
  kPhone,
  kPart,    // a first or a last name
  kPerson,  // a full name
  kStreet,
};

inline bool is_oauth(Guard guard) { return guard == Guard::kOAuth || guard == Guard::kBeside; }

// What a name says of its value.
struct Named {
  Kind kind = Kind::kToken;
  Guard guard = Guard::kNone;
  bool general = false;  // by the general list, no profile
};

// Where a name counts.
enum class Counts : std::uint8_t {
  kWhole,
  kEnding,  // at the end of a longer name too
  kWord,    // there only as a word of its own: "db_pass", "dbPass", no "compass"
};

struct General {
  std::string_view name;  // normalised
  Kind kind;
  Counts counts;
  profiles::Privacy level = profiles::Privacy::kCredentials;
  Guard guard = Guard::kNone;
  std::string_view parent = {};  // normalised: only in an object under such a name, or under one that ends in it
};
std::span<const General> general_list();

// Whether `value` is one that the name marks; `name` as it was written.
bool admits(const Named& named, std::string_view name, std::string_view value);

}  // namespace cvr::redact
