// cvr diagnose: whose fault is it?  Findings, a verdict, and what to do first.
#include "diagnose/diagnosis.h"

#include "app/config.h"
#include "app/redaction.h"
#include "commands/commands.h"
#include "commands/recordings.h"
#include "commands/redaction_flags.h"
#include "diagnose/case_file.h"
#include "diagnose/report_json.h"
#include "diagnose/report_text.h"
#include "os/file.h"

namespace cvr::commands {
namespace {

class Diagnose : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.arguments("FILE", files_, "cassettes in which something fails; numbers go on from one to the next");
    options.text("--before", before_, "an earlier cassette in which the same calls worked");
    options.text("--case", case_, "case.toml: what only you know of the account ([account])");
    options.text("--profile", profile_, "what is known of the vendor: a built-in name, or a TOML file");
    options.flag("--json", json_, "one object of cvr.diagnosis/1");
  }

  Result<int> run(const cli::Globals&) override {
    if (files_.empty()) return fail(ErrorCode::kUsage, "a cassette is needed: cvr diagnose FILE [--before FILE]");
    const auto vendor = load_vendor(profile_);
    if (!vendor) return std::unexpected(vendor.error());
    std::optional<diagnose::Case> attested;
    if (!case_.empty()) {
      const auto text = os::read_file(case_, 2u << 20);
      if (!text) return std::unexpected(text.error());
      auto parsed = diagnose::parse_case(*text, case_);
      if (!parsed) return std::unexpected(parsed.error());
      attested = *std::move(parsed);
    }
    std::optional<diagnose::Recording> before;
    if (!before_.empty()) {
      auto loaded = load_recordings({before_});
      if (!loaded) return std::unexpected(loaded.error());
      before = *std::move(loaded);
    }
    const auto after = load_recordings(files_);
    if (!after) return std::unexpected(after.error());
    const bool has_account = attested && attested->has_account;
    const auto diagnosis = diagnose::diagnose(*after, before ? &*before : nullptr, *vendor->redaction.profile,
                                              has_account ? &attested->account : nullptr);
    cli::print(json_ ? diagnose::to_json(diagnosis)
                     : diagnose::to_text(diagnosis, {.colour = cli::stdout_wants_colour()}));
    return diagnosis.has_failing_rule() ? 1 : 0;
  }

 private:
  std::vector<std::string> files_;
  std::string before_, case_, profile_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_diagnose() { return std::make_unique<Diagnose>(); }

}  // namespace cvr::commands
