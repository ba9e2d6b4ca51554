// Normal forms of texts, with and without their pseudonyms.
#pragma once

#include <string>
#include <string_view>

#include "match/walk.h"

namespace cvr::match {

// A normal form.  `is_normal(text)`: it stands for itself.  `append`: adds it in normal form.
struct Normaliser {
  bool (*is_normal)(std::string_view text);
  void (*append)(std::string_view text, std::string& out);
};

extern const Normaliser kAsIs;
// Names and values of queries and forms: '+' is a space, percent-coding is undone.
extern const Normaliser kPairText;
// RFC 3986 section 6.2.2: unreserved characters (and brackets) decoded, hex digits in upper case.
// So '%2F' stays apart from '/', and '+' from '%20'.
extern const Normaliser kPathText;
// The inside of a JSON string.  Escapes are resolved; a lone surrogate, which has no UTF-8, leaves
// the whole text in its raw spelling.
extern const Normaliser kJsonText;

// The mark of a pseudonym in `Leaf::by_kind`: kMarkBegin, its class, kMarkEnd.  A kMarkBegin of the
// text itself is followed by kMarkEscape, so that no text can pass for a mark.
inline constexpr char kMarkBegin = '\x01';
inline constexpr char kMarkEnd = '\x02';
inline constexpr char kMarkEscape = '\x03';

// For people: marks as <class>.
std::string readable(std::string_view by_kind);
// Whether a pseudonym stands in it; whether it is nothing but one.
bool holds_mark(std::string_view by_kind);
bool is_mark(std::string_view by_kind);

// Holds the buffers of the last answer.  One thread at a time.
class NormalText {
 public:
  // The leaf of text[begin, end); valid until the next call, and as long as `text`.
  Leaf of(const RedactedText& text, std::size_t begin, std::size_t end, const Normaliser& normaliser,
          LeafType type = LeafType::kBytes);

 private:
  void append_escaped(std::string_view plain, const Normaliser& normaliser);

  std::string exact_;
  std::string by_kind_;
  std::string piece_;
};

}  // namespace cvr::match
