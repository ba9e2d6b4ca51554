// cvr diff: two cassettes, paired by request.  Exit 1 when they differ in what is not volatile.
#include "app/comparison.h"
#include "app/config.h"
#include "app/redaction.h"
#include "commands/commands.h"
#include "commands/match_flags.h"
#include "commands/reading.h"
#include "commands/redaction_flags.h"
#include "profiles/profile.h"

namespace cvr::commands {
namespace {

match::Recording recording_of(const cassette::Reader& reader) {
  return {reader.size(), [&reader](std::uint64_t i) { return reader.interaction(i); }};
}

class Diff : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("A", first_, "a cassette");
    options.argument("B", second_, "another recording");
    options.flag("--volatile", volatile_, "show volatile differences too (dates, lengths, [match] any)");
    options.text("--profile", profile_, "what is known of the vendor: a built-in name, or a TOML file");
    match_.declare(options);
    options.flag("--json", json_, "one JSON object a line, the totals last");
  }
  Result<int> run(const cli::Globals& globals) override {
    const auto vendor = load_vendor(profile_);
    if (!vendor) return std::unexpected(vendor.error());
    const auto rules = match_.load(*vendor->redaction.profile, vendor->config);
    if (!rules) return std::unexpected(rules.error());
    const auto a = open_for_reading(first_, globals);
    if (!a) return std::unexpected(a.error());
    const auto b = open_for_reading(second_, globals);
    if (!b) return std::unexpected(b.error());
    const bool colour = cli::stdout_wants_colour();
    const app::ComparisonTotals totals =
        app::compare(recording_of(*a->reader), recording_of(*b->reader), *rules,
                     vendor->redaction.profile->volatile_headers, [&](const app::Compared& one) {
                       cli::print(json_ ? app::to_json(one) : app::to_text(one, volatile_, colour));
                     });
    cli::print(json_ ? app::to_json(totals) : app::to_text(totals));
    return totals.is_equal() && a->status == 0 && b->status == 0 ? 0 : 1;
  }

 private:
  std::string first_, second_, profile_;
  MatchFlags match_;
  bool volatile_ = false, json_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_diff() { return std::make_unique<Diff>(); }

}  // namespace cvr::commands
