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
};

inline bool is_oauth(Guard guard) { return guard == Guard::kOAuth || guard == Guard::kBeside; }

// What a name says of its value.
struct Named {
  Kind kind = Kind::kToken;
  Guard guard = Guard::kNone;
  bool general = false;  // by the general list, no profile
};

struct General {
  std::string_view name;  // normalised
  Kind kind;
  bool as_suffix;  // counts at the end of a longer name too
  profiles::Privacy level = profiles::Privacy::kCredentials;
  Guard guard = Guard::kNone;
};
std::span<const General> general_list();

// Whether `value` is one that the name marks; `name` as it was written.
bool admits(const Named& named, std::string_view name, std::string_view value);

}  // namespace cvr::redact
