// How a command declares its options and is run.  The argument parser behind it (CLI11) is included
// by cli.cpp alone: it costs seconds to compile.
//
// A command is one file in tools/commands and one line in main.cpp's table.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/result.h"

namespace cvr::cli {

// A command's own declarations.  The variables must live as long as the command.
class Options {
 public:
  virtual ~Options() = default;
  virtual void flag(const std::string& names, bool& value, const std::string& help) = 0;
  virtual void text(const std::string& names, std::string& value, const std::string& help) = 0;
  virtual void list(const std::string& names, std::vector<std::string>& values, const std::string& help) = 0;
  // A list whose option may stand alone too: then it holds an empty text.
  virtual void optional_list(const std::string& names, std::vector<std::string>& values, const std::string& help) = 0;
  virtual void number(const std::string& names, std::int64_t& value, const std::string& help) = 0;
  virtual void argument(const std::string& name, std::string& value, const std::string& help, bool required = true) = 0;
  virtual void arguments(const std::string& name, std::vector<std::string>& values, const std::string& help,
                         bool required = true) = 0;
};

// What every command shares.
struct Globals {
  int verbosity = 0;  // -v 1, -vv 2, -vvv 3, -q -1
  bool log_json = false;
  bool has_child = false;          // "--" stood on the command line
  std::vector<std::string> child;  // what stood behind it
};

class Command {
 public:
  virtual ~Command() = default;
  virtual void declare(Options& options) = 0;
  // The exit status (CONTRACT "Exit codes").  Errors are printed by the caller.
  virtual Result<int> run(const Globals& globals) = 0;
};

struct Entry {
  std::string_view name;
  std::string_view summary;
  std::string_view example;  // one or more lines, as typed
  std::unique_ptr<Command> (*make)();
};

// Parses and runs.  Usage errors: one line on stderr and 2.
int run(const std::vector<Entry>& table, int argc, char** argv);

// Prints "cvr: error: TEXT" to stderr and answers the exit status.
int report(const Error& error);

bool stdin_is_terminal();
bool stdout_is_terminal();
bool stderr_is_terminal();
// NO_COLOR and TERM=dumb count; progress, which moves the cursor, needs an able terminal.
bool stdout_wants_colour();
bool stderr_shows_progress();

// Writes to stdout.  A closed pipe ends the program quietly, a full disk with one line and status 3.
void print(std::string_view text);

}  // namespace cvr::cli
