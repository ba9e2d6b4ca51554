#include "cli.h"

#include <unistd.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "base/nearest_word.h"
#include "cvr/version.h"
#include "manual.h"
#include "os/exposure.h"
#include "os/file.h"
#include "os/process.h"
#include "os/terminal.h"

namespace cvr::cli {
namespace {

class Cli11Options : public Options {
 public:
  explicit Cli11Options(CLI::App& app) : app_(app) {}
  void flag(const std::string& names, bool& value, const std::string& help) override {
    app_.add_flag(names, value, help);
  }
  void text(const std::string& names, std::string& value, const std::string& help) override {
    app_.add_option(names, value, help)->type_name("");
  }
  void list(const std::string& names, std::vector<std::string>& values, const std::string& help) override {
    app_.add_option(names, values, help)->type_name("")->expected(1)->take_all()->allow_extra_args(false);
  }
  void optional_list(const std::string& names, std::vector<std::string>& values, const std::string& help) override {
    app_.add_option(names, values, help)->type_name("")->expected(0, 1)->take_all()->allow_extra_args(false);
  }
  void number(const std::string& names, std::int64_t& value, const std::string& help) override {
    app_.add_option(names, value, help)->type_name("N");
  }
  void argument(const std::string& name, std::string& value, const std::string& help, bool required) override {
    app_.add_option(name, value, help)->type_name("")->required(required);
  }
  void arguments(const std::string& name, std::vector<std::string>& values, const std::string& help,
                 bool required) override {
    app_.add_option(name, values, help)->type_name("")->required(required);
  }

 private:
  CLI::App& app_;
};

std::string overview(const std::vector<Entry>& table) {
  std::string out =
      "cvr records, replays and explains HTTP traffic, with every secret removed.\n\nUsage: cvr COMMAND "
      "[OPTIONS]\n\nCommands:\n";
  std::size_t width = 0;
  for (const Entry& entry : table) width = std::max(width, entry.name.size());
  for (const Entry& entry : table) {
    out += "  " + std::string(entry.name) + std::string(width - entry.name.size() + 3, ' ') +
           std::string(entry.summary) + "\n";
  }
  out +=
      "\nEvery command: -v, -vv, -vvv (more on stderr), -q (errors only), --log-json, --help (with an example).\n"
      "Start here:  cvr demo, then cvr init; cvr doctor when something does not work; cvr help --man | man -l -\n";
  return out;
}

int usage_error(const std::string& text) {
  std::fprintf(stderr, "cvr: error: %s\n", text.c_str());
  return 2;
}

// CLI11's words for an unknown option, with the nearest one that exists.
std::string explain(const CLI::ParseError& error, const CLI::App& app, const std::string& command) {
  std::string text = error.what();
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (const auto* extras = dynamic_cast<const CLI::ExtrasError*>(&error)) {
    (void)extras;
    const auto remaining = app.remaining(true);
    const std::string word = remaining.empty() ? "" : remaining.front().substr(0, remaining.front().find('='));
    if (word.starts_with('-')) {
      std::vector<std::string> known;
      for (const CLI::Option* option : app.get_options()) {
        for (const auto& name : option->get_lnames()) known.push_back("--" + name);
      }
      text = "unknown option " + word;
      if (const std::string near = nearest_word(word, known); !near.empty()) text += " (did you mean " + near + "?)";
    } else {
      text = "one argument too many: " + word;
    }
  }
  return text + "; see cvr " + command + " --help";
}

// A reader that went away is no failure; anything else is the environment's (CONTRACT "Exit codes").
int output_failed(int error_number) {
  if (error_number == EPIPE) return 0;
  const std::string why = error_number == 0 ? "a write failed" : os::write_words(error_number);
  std::fprintf(stderr, "cvr: error: can not write to standard output: %s\n", why.c_str());
  return 3;
}

void add_globals(CLI::App& app, Globals& globals, bool& quiet) {
  app.add_flag("-v,--verbose", globals.verbosity, "more on stderr: -v info, -vv debug, -vvv trace")
      ->group("Every command");
  app.add_flag("-q,--quiet", quiet, "nothing on stderr but errors")->group("Every command");
  app.add_flag("--log-json", globals.log_json, "logs as JSON lines")->group("Every command");
}

}  // namespace

int report(const Error& error) {
  std::fprintf(stderr, "cvr: error: %s\n", error.text.c_str());
  return exit_status(error.code);
}

bool stdin_is_terminal() { return ::isatty(STDIN_FILENO) == 1; }
bool stdout_is_terminal() { return ::isatty(STDOUT_FILENO) == 1; }
bool stderr_is_terminal() { return ::isatty(STDERR_FILENO) == 1; }
bool stdout_wants_colour() { return os::wants_colour(STDOUT_FILENO); }
bool stderr_shows_progress() { return os::knows_escapes(STDERR_FILENO); }

void print(std::string_view text) {
  while (!text.empty()) {
    const std::size_t n = std::fwrite(text.data(), 1, text.size(), stdout);
    if (n == 0) ::_exit(output_failed(errno));
    text.remove_prefix(n);
  }
}

namespace {

// `cvr -v ls` is `cvr ls -v`, and `cvr help ls` is `cvr ls --help`.
std::vector<std::string> in_order(std::vector<std::string> words) {
  constexpr std::string_view kGlobal[] = {"-v", "-vv", "-vvv", "--verbose", "-q", "--quiet", "--log-json"};
  const auto command = std::ranges::find_if_not(
      words, [&](const std::string& word) { return std::ranges::find(kGlobal, word) != std::end(kGlobal); });
  std::ranges::rotate(words, command);
  const bool asks = words.size() > 1 && words[0] == "help" && !words[1].starts_with('-');
  return asks ? std::vector<std::string>{words[1], "--help"} : words;
}

int unknown_command(const std::vector<Entry>& table, const std::string& word) {
  if (word.starts_with('-')) {
    return usage_error("options of a command stand behind it: cvr COMMAND " + word + "; see cvr --help");
  }
  std::vector<std::string> known;
  for (const Entry& e : table) known.emplace_back(e.name);
  const std::string near = nearest_word(word, known);
  return usage_error("unknown command " + word + (near.empty() ? "" : " (did you mean " + near + "?)") +
                     "; see cvr --help");
}

int run_command(const std::vector<Entry>& table, int argc, char** argv) {
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  os::hide_userinfo(argc, argv);
  os::hide_words_of_child(argc, argv);
  os::hide_environment();
  Globals globals;
  if (const auto dashes = std::find(words.begin(), words.end(), "--"); dashes != words.end()) {
    globals.has_child = true;
    globals.child.assign(dashes + 1, words.end());
    words.erase(dashes, words.end());
  }
  words = in_order(std::move(words));
  if (words == std::vector<std::string>{"help", "--man"}) {
    print(manual(table));
    return 0;
  }
  if (words.empty() || words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    print(overview(table));
    return words.empty() ? 2 : 0;
  }
  if (words[0] == "--version" || words[0] == "version") {
    print(std::string(kToolVersion) + "\n");
    return 0;
  }
  const auto entry = std::find_if(table.begin(), table.end(), [&](const Entry& e) { return e.name == words[0]; });
  if (entry == table.end()) return unknown_command(table, words[0]);
  CLI::App app{std::string(entry->summary), "cvr " + std::string(entry->name)};
  app.footer("Example:\n  " + std::string(entry->example));
  auto command = entry->make();
  Cli11Options options(app);
  command->declare(options);
  bool quiet = false;
  add_globals(app, globals, quiet);
  try {
    std::vector<std::string> reversed(words.rbegin(), words.rend() - 1);
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    print(app.help());
    return 0;
  } catch (const CLI::ParseError& error) {
    return usage_error(explain(error, app, words[0]));
  }
  if (quiet) globals.verbosity = -1;
  const Result<int> status = command->run(globals);
  return status ? *status : report(status.error());
}

}  // namespace

int run(const std::vector<Entry>& table, int argc, char** argv) {
  os::forbid_dumps();  // every command has secrets in memory: those of --secrets, what it reads, the pseudonym key
  // A limit on file sizes (ulimit -f) is an error of a write, not the end of the program.
  os::take_size_limits_as_errors();
  const int status = run_command(table, argc, argv);
  // What stdio has kept so far may find the disk full only now.
  errno = 0;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
  return errno == EPIPE ? status : output_failed(errno);
}

}  // namespace cvr::cli
