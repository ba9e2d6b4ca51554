// Edits: what is to change in one text, collected by several rules in any order, applied once.
// Values; one thread at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/interaction.h"

namespace cvr::redact {

class Pseudonyms;

struct Edit {
  enum class Action : std::uint8_t {
    kReplace,  // by `text`, which is a pseudonym: a Span
    kRemove,   // (URL userinfo, fragment): no Span
    kKeep,     // is a pseudonym already: a Span over unchanged bytes
  };
  std::size_t begin = 0;  // in the source
  std::size_t end = 0;
  Kind kind = Kind::kOther;
  std::string_view rule;  // a literal
  std::string text;
  Action action = Action::kReplace;
};
using Edits = std::vector<Edit>;

// The rule of a kKeep over a value that the profile keeps.  What merely looks like an address, an id or something drawn
// stays in it; what is known as a secret goes all the same.
inline constexpr std::string_view kKeptRule = "kept";

// Takes such marks out, and of `edits` those that do not hold there.
void drop_in_kept(Edits& edits);

// What a net finds within a pseudonym is none of its own: percent-encoded, it has no check that the net could see.
void drop_in_pseudonyms(Edits& edits);

// Appends the edits of a text that begins at `by` of another.
void append_moved(Edits found, std::size_t by, Edits& edits);

// Moves the edits from `first` on to where the text that they are of begins.
void move_on(Edits& edits, std::size_t first, std::size_t by);

// Applies `edits` to `source`.  Where edits overlap the earlier and longer one wins; what the other
// one covers beyond it is replaced too, by the pseudonym of just those bytes.  Nothing that any
// edit wanted replaced survives.  A kKeep gives way to everything.
// Of the edits from `first` on that stand for the same stretch and do the same with it the first stays: what apply()
// would make of them all.
void drop_repeated(Edits& edits, std::size_t first);

RedactedText apply(std::string_view source, Edits edits, const Pseudonyms& pseudonyms);

// The same without Spans, for a text inside another coding.
std::string apply_plain(std::string_view source, Edits edits, const Pseudonyms& pseudonyms);

// The text with nothing that could be a coding under its spans.
std::string covered(std::string_view text, const std::vector<Span>& spans);

// The same text in another spelling, its spans with it.  `spell(part)`: a stretch without an edge of a span
// inside.
template <class Spell>
RedactedText respelled(const RedactedText& text, const Spell& spell) {
  RedactedText out;
  std::size_t at = 0;
  const std::string_view all = text.text;
  for (const Span& span : text.spans) {
    out.text += spell(all.substr(at, span.begin - at));
    Span moved = span;
    moved.begin = static_cast<std::uint32_t>(out.text.size());
    out.text += spell(all.substr(span.begin, span.size));
    moved.size = static_cast<std::uint32_t>(out.text.size()) - moved.begin;
    out.spans.push_back(std::move(moved));
    at = span.begin + span.size;
  }
  out.text += spell(all.substr(at));
  return out;
}

}  // namespace cvr::redact
