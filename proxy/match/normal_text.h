// Normal forms of texts, with and without their pseudonyms.
#pragma once

#include <string>
#include <string_view>

#include "match/walk.h"

namespace cvr::match {

// A normal form: appends `text` in it to `out`.
using Normaliser = void (*)(std::string_view text, std::string& out);

void unchanged(std::string_view text, std::string& out);
void percent_decoded(std::string_view text, std::string& out);    // '+' is a space
void path_normalised(std::string_view text, std::string& out);    // RFC 3986 section 6.2.2
void json_unescaped(std::string_view text, std::string& out);
void boundary_normalised(std::string_view text, std::string& out);  // the boundary's random text goes

// Holds the buffers of the last answer.  One thread at a time.
class NormalText {
 public:
  // The leaf of text[begin, end); valid until the next call.
  Leaf of(const RedactedText& text, std::size_t begin, std::size_t end, Normaliser normaliser);

 private:
  std::string exact_;
  std::string by_kind_;
};

}  // namespace cvr::match
