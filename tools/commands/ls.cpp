// cvr ls: a line an interaction, gaps where they are known.
#include "base/escape.h"
#include "base/json_writer.h"
#include "commands/commands.h"
#include "commands/reading.h"
#include "exporters/common.h"
#include "exporters/readable.h"

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

class Ls : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("FILE", file_, "the cassette");
    options.flag("--json", json_, "one JSON object a line");
  }
  Result<int> run(const cli::Globals& globals) override {
    const auto opened = open_for_reading(file_, globals);
    if (!opened) return std::unexpected(opened.error());
    if (!json_) cli::print(exporters::listing_head());
    Visitor visitor;
    visitor.interaction = [this](std::uint64_t n, const RedactedInteraction& interaction) {
      cli::print(json_ ? exporters::listing_json(n, interaction) : exporters::listing_row(n, interaction));
    };
    visitor.gap = [this](const cassette::Gap& gap) { cli::print(gap_line(gap, json_)); };
    return visit(*opened, globals, visitor);
  }

 private:
  std::string file_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_ls() { return std::make_unique<Ls>(); }

}  // namespace cvr::commands
