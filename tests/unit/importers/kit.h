// What the tests of importers share: a file read whole, and what came of it as a text.
#pragma once

#include "cvr/importers.h"
#include "importers/message.h"

namespace cvr::importers {

struct Read {
  std::vector<Interaction> interactions;
  Losses losses;
  std::optional<Error> error;

  bool lost(std::string_view what) const;  // a loss begins so
};

// By the format's name; empty: told by the content.
Read read(std::string_view format, std::string_view text, Source source = {{}, std::nullopt, nullptr});

// Every part of it on lines of its own, and the losses.
std::string told(const Read& read);

// tests/golden/importers/INPUT, read as `format`; what it becomes stands beside it as INPUT.txt.  Its format is told
// by its content too.
Read expect_golden(std::string_view format, const std::string& input, Source source = {{}, std::nullopt, nullptr});

// A mutable place for tests of helpers.
struct Here {
  Losses losses;
  Place place{losses, "here"};
  bool lost(std::string_view what) const;
};

}  // namespace cvr::importers
