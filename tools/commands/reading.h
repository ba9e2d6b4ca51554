// What the reading commands share: opening a cassette with the warnings and the exit status that
// CONTRACT "Limits and odd cases" gives to torn and damaged files, and going through it in order.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli.h"
#include "commands/redaction_flags.h"
#include "cvr/cassette.h"
#include "cvr/redactor.h"

namespace cvr::commands {

struct Opened {
  std::unique_ptr<cassette::Reader> reader;
  int status = 0;  // 1 when the file is damaged in the middle
};

// Warns on stderr about a torn tail or damage.  Errors: unreadable, foreign, newer (exit 3).
// kFull where all of it is read anyway and what is written must not look sounder than what was read.
Result<Opened> open_for_reading(const std::string& path, const cli::Globals& globals,
                                cassette::Check check = cassette::Check::kQuick);

// Says on stderr when `path` carries no seal: what became known late may stand in it, and nobody but its recorder knew.
void warn_without_seal(const Opened& opened, const std::string& path, const cli::Globals& globals);

struct Visitor {
  std::function<void(std::uint64_t n, const RedactedInteraction& interaction)> interaction;  // n from 1
  std::function<void(const cassette::Gap& gap)> gap = [](const cassette::Gap&) {};
  std::function<void(const cassette::Refusal& refusal)> refusal = [](const cassette::Refusal&) {};
};

// Visits interactions in the order of the file, each gap before the first interaction that began
// after it, each refusal in its place.  Stops at the first record that can not be read, with a warning.  The exit
// status.
int visit(const Opened& opened, const cli::Globals& globals, const Visitor& visitor);

// "CVR refused a message: two different Content-Length"; printable.
std::string refusal_text(const cassette::Refusal& refusal);

// A number of `cvr ls`: 1 to `size`.  Errors (kUsage) say what the cassette holds.
Result<std::uint64_t> parse_number(const std::string& text, std::uint64_t size);

// The redactor of this installation; knows the values of `secrets_files`, else of those that
// cvr.toml and CVR_SECRETS name.
Result<std::shared_ptr<const Redactor>> reading_redactor(const RedactionFlags& flags);

// No limit of their own for bodies that are stored already.
inline constexpr std::uint64_t kReadingBodyLimit = 1u << 30;

// The last component of a path: what a file is called.
std::string file_name(const std::string& path);

// "verifying 4096 of 100000" on a terminal, over and over on one line; silent otherwise.  Total 0: not known.
class Progress {
 public:
  Progress(std::string verb, std::uint64_t total, const cli::Globals& globals);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void at(std::uint64_t n);
  void every(std::uint64_t step) { step_ = step; }  // how often `at` shows; 512 unless told

 private:
  std::string verb_;
  std::uint64_t total_, step_;
  bool wanted_, shown_ = false;
};

}  // namespace cvr::commands
