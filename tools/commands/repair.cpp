// cvr repair: cuts a torn tail, or a file at its damage, and says what is lost.  With --secrets it also does what the
// seal would have done: known values that stand in the file are replaced, and it is sealed (REDACTION, "A value learned
// late").
#include <fmt/format.h>

#include <algorithm>

#include "app/config.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "commands/commands.h"
#include "commands/match_flags.h"
#include "commands/reading.h"
#include "commands/redaction_flags.h"
#include "cvr/matcher.h"
#include "engine/hints.h"
#include "engine/seal_check.h"
#include "os/file.h"

namespace cvr::commands {
namespace {

// "3", "3 to 7"
std::string numbers(std::uint64_t first, std::uint64_t last) {
  return std::to_string(first) + (first == last ? "" : " to " + std::to_string(last));
}

class Repair : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("FILE", file_, "the cassette");
    flags_.declare(options, RedactionFlags::With::kPrivacy,
                   "dotenv file whose values are replaced where they stand; then the file is sealed; repeatable");
    options.flag("--json", json_, "as JSON");
  }
  Result<int> run(const cli::Globals& globals) override {
    const auto config = app::load_config();
    if (!config) return std::unexpected(config.error());
    const auto redaction = flags_.load(*config);
    if (!redaction) return std::unexpected(redaction.error());
    std::shared_ptr<const Redactor> redactor;
    if (!redaction->secrets_files.empty()) {
      auto loaded = reading_redactor(flags_);
      if (!loaded) return std::unexpected(loaded.error());
      redactor = std::move(*loaded);
    }
    const auto rules = MatchFlags().load(*redaction->profile, *config);
    if (!rules) return std::unexpected(rules.error());
    const auto report = cassette::repair(file_);
    if (!report) return std::unexpected(report.error());
    if (redactor != nullptr) {
      if (auto sealed = seal(*redactor, *rules); !sealed) return std::unexpected(sealed.error());
    }
    if (!report->copy.empty() && globals.verbosity >= 0) warn_of_copy(report->copy, redactor.get());
    cli::print(json_ ? json(*report) : text(*report));
    return report->lost > 0 ? 1 : 0;
  }

 private:
  static bool holds_known(const std::string& path, const Redactor& redactor) {
    const auto known = [](const std::vector<Leak>& leaks) { return std::ranges::any_of(leaks, &Leak::known); };
    const auto bytes = os::map_file(path);
    if (bytes && known(redactor.leaks((*bytes)->bytes(), "the copy"))) return true;
    const auto reader = cassette::Reader::open(path);
    if (!reader) return false;
    for (std::uint64_t i = 0; i < (*reader)->size(); ++i) {
      const auto one = (*reader)->interaction(i);
      if (one && known(engine::leaks_of(**reader, i, **one, redactor))) return true;
    }
    return std::ranges::any_of(engine::leaks_outside(**reader, redactor),
                               [](const engine::SealFinding& found) { return found.leak.known; });
  }

  static void warn_of_copy(const std::string& copy, const Redactor* redactor) {
    const char* what = redactor != nullptr && holds_known(copy, *redactor)
                           ? "holds known secrets"
                           : "is the file as it was, with whatever was not redacted in it";
    fmt::print(stderr, "cvr: warning: {} {}; when it is not needed any more: rm {}\n", printable(copy), what,
               printable(copy));
  }

  // A recording that broke off ends as one that did not, but for secrets that only the dead recorder knew.
  Result<void> seal(const Redactor& redactor, const match::MatchRules& rules) {
    cassette::WriterOptions options;
    engine::write_hints(options);
    auto writer = cassette::Writer::open(file_, std::move(options), nullptr);
    if (!writer) return std::unexpected(writer.error());
    const auto purged = engine::purge(**writer, redactor, rules);
    if (!purged) {
      return fail(purged.error().code, printable(file_) + " is not mended: " + purged.error().text);
    }
    purged_ = *purged;
    sealed_ = true;
    return (*writer)->seal();
  }

  std::string text(const cassette::RepairReport& report) const {
    const std::string kept = std::to_string(report.kept) + " interactions";
    const std::string end =
        sealed_ ? ", " + std::to_string(purged_) + " records held a known secret and no longer do; sealed\n" : "\n";
    if (report.cut_bytes == 0) return printable(file_) + ": nothing to repair, " + kept + end;
    std::string out = printable(file_) + ": " + kept + " kept, " + std::to_string(report.cut_bytes) + " bytes cut";
    out += report.lost == 0 ? ", none lost" : ", lost: " + numbers(report.kept + 1, report.kept + report.lost);
    return out + end + "the file as it was: " + printable(report.copy) + "\n";
  }

  std::string json(const cassette::RepairReport& report) const {
    json::Writer w;
    w.begin_object().member("file", file_).member("kept", report.kept).member("lost", report.lost);
    w.member("cut_bytes", report.cut_bytes).member("copy", report.copy).member("sealed", sealed_);
    w.member("purged", purged_).end_object();
    return w.take() + "\n";
  }

  std::string file_;
  RedactionFlags flags_;
  bool json_ = false, sealed_ = false;
  std::uint64_t purged_ = 0;
};

}  // namespace

std::unique_ptr<cli::Command> make_repair() { return std::make_unique<Repair>(); }

}  // namespace cvr::commands
