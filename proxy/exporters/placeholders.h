// Names for the credentials that a reader of an export must put in: ${AUTHORIZATION}.  One name for
// one pseudonym in a whole export, and another one for another.  One thread at a time.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/interaction.h"

namespace cvr::exporters {

bool is_credential(Kind kind);

class Placeholders {
 public:
  struct Part {
    std::string_view plain;  // empty: a credential stands here
    std::string name;
  };
  // Where the text comes from, for the name.
  enum class From : std::uint8_t { kHeader, kUrl, kBody };
  // `text` in parts; pseudonyms of other kinds stay in the plain ones.  `source`: the header's name,
  // or what a credential without any name in front of it is called.  Valid as long as `text`.
  std::vector<Part> split(const RedactedText& text, From from, std::string_view source);

 private:
  std::string name_of(std::string_view base, std::string_view pseudonym);

  std::map<std::string, std::string, std::less<>> names_;  // by pseudonym
  std::map<std::string, int, std::less<>> taken_;
};

}  // namespace cvr::exporters
