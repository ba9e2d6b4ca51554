// cvr edit: one interaction in $EDITOR.  What comes back is parsed, redacted and searched for secrets
// before anything is written; then the cassette is written anew and takes its own name.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "app/config.h"
#include "app/editing.h"
#include "app/home.h"
#include "base/escape.h"
#include "commands/commands.h"
#include "commands/match_flags.h"
#include "commands/reading.h"
#include "commands/writing.h"
#include "engine/hints.h"
#include "exporters/edit_form.h"
#include "os/file.h"
#include "os/process.h"
#include "profiles/profile.h"

namespace cvr::commands {
namespace {

constexpr std::string_view kScratchBegin = "edit-", kScratchEnd = ".txt";

std::string editor() {
  for (const char* name : {"CVR_EDITOR", "VISUAL", "EDITOR"}) {
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return value;
  }
  return "vi";
}

// Those of processes that are no more: a killed edit leaves its text.
void remove_stale(const std::string& directory) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(directory, ignored)) {
    const std::string name = entry.path().filename().string();
    constexpr std::size_t kAround = kScratchBegin.size() + kScratchEnd.size();
    if (!name.starts_with(kScratchBegin) || !name.ends_with(kScratchEnd) || name.size() <= kAround) continue;
    const std::string number = name.substr(kScratchBegin.size(), name.size() - kAround);
    int pid = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), pid);
    if (error != std::errc() || end != number.data() + number.size() || os::process_lives(pid)) continue;
    std::filesystem::remove(entry.path(), ignored);
  }
}

// Where the editor writes: in the private home, gone at the end however it ends.
class Scratch {
 public:
  explicit Scratch(const app::Home& home)
      : path_(home.directory + "/" + std::string(kScratchBegin) + std::to_string(os::process_id()) +
              std::string(kScratchEnd)) {
    remove_stale(home.directory);
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class Edit : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("FILE", file_, "the cassette; it is changed in place");
    options.argument("N", number_, "the number that cvr ls shows");
    flags_.declare(options, RedactionFlags::With::kPrivacy,
                   "dotenv file whose values are secrets wherever they appear, repeatable");
    match_.declare(options);
  }

  Result<int> run(const cli::Globals& globals) override {
    const auto config = app::load_config();
    if (!config) return std::unexpected(config.error());
    const auto rules = match_.load(profiles::default_profile(), *config);
    if (!rules) return std::unexpected(rules.error());
    auto reader = open_source(file_, globals);
    if (!reader) return std::unexpected(reader.error());
    const auto n = parse_number(number_, (*reader)->size());
    if (!n) return std::unexpected(n.error());
    const auto old = (*reader)->interaction(*n - 1);
    if (!old) return std::unexpected(old.error());
    const auto redactor = reading_redactor(flags_);
    if (!redactor) return std::unexpected(redactor.error());
    reader->reset();
    if (const auto leaks = (*redactor)->leaks(**old); std::ranges::any_of(leaks, &Leak::known)) {
      return fail(ErrorCode::kRefused,
                  fmt::format("#{} of {} holds a known secret, which no editor is to see; a cassette "
                              "without it: cvr redact {} -o OUT",
                              *n, printable(file_), printable(file_)));
    }
    const auto edited = let_edit(*old, *n, **redactor, *rules);
    if (!edited) return std::unexpected(edited.error());
    if (!*edited) {
      cli::print("nothing was changed\n");
      return 0;
    }
    if (auto done = write(*old, *n, (*edited)->interaction); !done) return std::unexpected(done.error());
    cli::print(fmt::format("{}: #{} is changed{}\n", printable(file_), *n,
                           (*edited)->redacted ? "; some of what was written was redacted (see cvr show)" : ""));
    return 0;
  }

 private:
  // nullopt: the text came back as it was.
  Result<std::optional<app::Edited>> let_edit(const RedactedInteraction& old, std::uint64_t n, const Redactor& redactor,
                                              const match::MatchRules& rules) const {
    const auto home = app::open_home();
    if (!home) return std::unexpected(home.error());
    const Scratch scratch(*home);
    const std::string form = exporters::edit_form(*old, "cvr edit: #" + std::to_string(n) + " of " + file_name(file_));
    if (auto written = os::write_file_atomically(scratch.path(), form); !written)
      return std::unexpected(written.error());
    for (;;) {
      // As git does: the editor may come with options of its own.
      const std::string program = editor();
      const auto status =
          os::run_to_end({"sh", "-c", program + " \"$1\"", program, scratch.path()}, os::current_environment());
      if (!status) return std::unexpected(status.error());
      if (*status != 0) {
        return fail(ErrorCode::kEnvironment, fmt::format("nothing was changed: the editor ({}) ended with status {}",
                                                         printable(shortened(program, 60)), *status));
      }
      const auto text = os::read_file(scratch.path(), std::uint64_t{256} << 20);
      if (!text) return std::unexpected(text.error());
      if (*text == form) return std::nullopt;
      auto edited = app::checked_edit(*old, *text, redactor, rules);
      if (edited) return std::optional(std::move(*edited));
      if (!wants_another_try(edited.error())) return std::unexpected(edited.error());
    }
  }

  // Half an hour of editing is not thrown away for a comma.
  static bool wants_another_try(const Error& error) {
    if (!cli::stdin_is_terminal() || !cli::stderr_is_terminal()) return false;
    fmt::print(stderr, "cvr: {}\nEdit again? [Y/n] ", error.text);
    std::fflush(stderr);
    const int answer = std::getchar();
    return answer != EOF && answer != 'n' && answer != 'N';
  }

  // Under the recorder's lock.  Somebody may have written in the meantime.
  Result<void> write(const RedactedInteraction& old, std::uint64_t n, const RedactedInteraction& edited) const {
    cassette::WriterOptions options;
    engine::write_hints(options);
    auto writer = cassette::Writer::open(file_, std::move(options), nullptr);
    if (!writer) return std::unexpected(writer.error());
    bool moved = false;
    const auto changed = (*writer)->purge([&](std::uint64_t number, const RedactedInteraction& stored) {
      if (number != n) return std::optional<RedactedInteraction>();
      moved = !(stored == old);
      return moved ? std::optional<RedactedInteraction>() : std::optional(edited);
    });
    if (!changed) return std::unexpected(changed.error());
    if (auto sealed = (*writer)->seal(); !sealed) return sealed;
    if (*changed == 0 || moved) {
      return fail(ErrorCode::kRefused, "nothing was changed: #" + std::to_string(n) + " of " + printable(file_) +
                                           " is another one by now; see: cvr ls " + printable(file_));
    }
    return {};
  }

  std::string file_, number_;
  RedactionFlags flags_;
  MatchFlags match_;
};

}  // namespace

std::unique_ptr<cli::Command> make_edit() { return std::make_unique<Edit>(); }

}  // namespace cvr::commands
