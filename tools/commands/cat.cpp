// cvr cat: the whole cassette as stable text, for people and `git diff`.
#include "base/escape.h"
#include "commands/commands.h"
#include "commands/reading.h"
#include "cvr/exporters.h"
#include "exporters/readable.h"

namespace cvr::commands {
namespace {

void to_stdout(std::string_view text) { cli::print(text); }

class Cat : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("FILE", file_, "the cassette");
    options.flag("--json", json_, "one JSON object a line");
  }
  Result<int> run(const cli::Globals& globals) override {
    const auto opened = open_for_reading(file_, globals);
    if (!opened) return std::unexpected(opened.error());
    return visit(*opened, globals, json_ ? as_json() : as_text());
  }

 private:
  Visitor as_json() const {
    const std::shared_ptr<exporters::Exporter> jsonl = exporters::find_format("jsonl")->make();
    Visitor out;
    out.interaction = [jsonl](std::uint64_t n, const RedactedInteraction& one) { jsonl->add(n, one, to_stdout); };
    out.gap = [jsonl](const cassette::Gap& gap) { jsonl->add_gap(gap.at_utc_us, gap.lost, gap.reason, to_stdout); };
    return out;
  }

  // No times, so that two recordings of the same differ in what was answered only.
  Visitor as_text() const {
    Visitor out;
    out.interaction = [](std::uint64_t n, const RedactedInteraction& one) {
      cli::print("--- " + std::to_string(n) + "\n" + exporters::show(n, one, {.colour = false, .stable = true}) + "\n");
    };
    out.gap = [](const cassette::Gap& gap) {
      cli::print("--- gap: " + std::to_string(gap.lost) + " not recorded: " + printable(gap.reason) + "\n\n");
    };
    return out;
  }

  std::string file_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_cat() { return std::make_unique<Cat>(); }

}  // namespace cvr::commands
