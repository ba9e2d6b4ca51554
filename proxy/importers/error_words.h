// The words by which a tool's error texts are told apart, as a table of its own in each format.  Pure.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "cvr/interaction.h"

namespace cvr::importers {

struct ErrorWord {
  std::string_view word;
  FailureKind kind;
};

// The first of the table that stands in the text counts, so what holds another word stands before it.
inline std::optional<FailureKind> kind_of_error(std::string_view text, std::span<const ErrorWord> words) {
  for (const auto& [word, kind] : words) {
    if (text.contains(word)) return kind;
  }
  return std::nullopt;
}

}  // namespace cvr::importers
