// What the reading commands share: opening a cassette with the warnings and the exit status that
// CONTRACT "Limits and odd cases" gives to torn and damaged files.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cvr/cassette.h"
#include "cvr/redactor.h"

namespace cvr::commands {

struct Opened {
  std::unique_ptr<cassette::Reader> reader;
  int status = 0;  // 1 when the file is damaged in the middle
};

// Warns on stderr about a torn tail or damage.  Errors: unreadable, foreign, newer (exit 3).
Result<Opened> open_for_reading(const std::string& path);

// Calls `visit(n, interaction)` for each, n from 1; a record that can not be read is a warning and 1.
Result<int> for_each(const Opened& opened, const std::function<void(std::uint64_t, const RedactedInteraction&)>& visit);

// "3", "1-4,9" -> numbers; errors name the text.
Result<std::uint64_t> parse_number(const std::string& text, std::uint64_t size);

// The redactor of this installation with `secrets_files` known.
Result<std::shared_ptr<const Redactor>> reading_redactor(const std::vector<std::string>& secrets_files);

}  // namespace cvr::commands
