// cvr ls: a line an interaction, gaps where they are known.
#include "app/config.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "commands/commands.h"
#include "commands/match_flags.h"
#include "commands/reading.h"
#include "cvr/matcher.h"
#include "exporters/common.h"
#include "exporters/readable.h"
#include "profiles/profile.h"

namespace cvr::commands {
namespace {

std::string gap_line(const cassette::Gap& gap, bool json) {
  const std::string time = exporters::utc_text(gap.at_utc_us);
  if (!json) {
    return "  gap  " + time + "  " + std::to_string(gap.lost) + " not recorded: " + printable(gap.reason) + "\n";
  }
  json::Writer w;
  w.begin_object().key("gap").begin_object().member("time", time).member("lost", gap.lost);
  w.member("reason", gap.reason).end_object().end_object();
  return w.take() + "\n";
}

std::string refusal_line(const cassette::Refusal& refusal, bool json) {
  const std::string time = exporters::utc_text(refusal.at_utc_us);
  if (!json) {
    const std::string host = refusal.host.empty() ? "" : "  " + printable(refusal.host);
    return "    -  " + time + "  " + refusal_text(refusal) + host + "\n";
  }
  json::Writer w;
  w.begin_object().key("refused").begin_object().member("time", time).member("kind", refusal.kind);
  w.member("host", refusal.host).member("reason", refusal.reason).end_object().end_object();
  return w.take() + "\n";
}

class Ls : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("FILE", file_, "the cassette");
    match_.declare(options);
    options.flag("--json", json_, "one JSON object a line");
  }
  Result<int> run(const cli::Globals& globals) override {
    const auto opened = open_for_reading(file_, globals);
    if (!opened) return std::unexpected(opened.error());
    const auto config = app::load_config();
    if (!config) return std::unexpected(config.error());
    const auto rules = match_.load(profiles::default_profile(), *config);
    if (!rules) return std::unexpected(rules.error());
    if (!json_) cli::print(exporters::listing_head());
    std::uint64_t loosened = 0;
    Visitor visitor;
    visitor.interaction = [&](std::uint64_t n, const RedactedInteraction& interaction) {
      const bool loose = match::is_loosened(interaction->request, *rules);
      loosened += loose ? 1 : 0;
      cli::print(json_ ? exporters::listing_json(n, interaction, loose)
                       : exporters::listing_row(n, interaction, loose));
    };
    visitor.gap = [this](const cassette::Gap& gap) { cli::print(gap_line(gap, json_)); };
    visitor.refusal = [this](const cassette::Refusal& refusal) { cli::print(refusal_line(refusal, json_)); };
    const int status = visit(*opened, globals, visitor);
    if (loosened > 0 && !json_) cli::print("~  matched by looser rules of [match]; see: cvr match rules\n");
    return status;
  }

 private:
  std::string file_;
  MatchFlags match_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_ls() { return std::make_unique<Ls>(); }

}  // namespace cvr::commands
