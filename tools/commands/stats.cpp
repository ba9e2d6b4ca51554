// cvr stats: figures by route.
#include "app/statistics.h"
#include "commands/commands.h"
#include "commands/reading.h"

namespace cvr::commands {
namespace {

class Stats : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("FILE", file_, "the cassette");
    options.flag("--json", json_, "as JSON");
  }
  Result<int> run(const cli::Globals& globals) override {
    const auto opened = open_for_reading(file_, globals);
    if (!opened) return std::unexpected(opened.error());
    app::Statistics statistics;
    Progress progress("counting", opened->reader->size(), globals);
    Visitor visitor;
    visitor.interaction = [&](std::uint64_t n, const RedactedInteraction& interaction) {
      progress.at(n);
      statistics.add(*interaction);
    };
    visitor.refusal = [&](const cassette::Refusal&) { statistics.add_refusal(); };
    const int status = visit(*opened, globals, visitor);
    cli::print(json_ ? app::statistics_json(statistics) : app::statistics_text(statistics));
    return status;
  }

 private:
  std::string file_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_stats() { return std::make_unique<Stats>(); }

}  // namespace cvr::commands
