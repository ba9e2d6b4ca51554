// cvr cat: the whole cassette as stable text, for people and `git diff`.
#include "commands/commands.h"
#include "commands/reading.h"
#include "cvr/exporters.h"
#include "exporters/readable.h"

namespace cvr::commands {
namespace {

class Cat : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("FILE", file_, "the cassette");
    options.flag("--json", json_, "one JSON object a line");
  }
  Result<int> run(const cli::Globals&) override {
    auto opened = open_for_reading(file_);
    if (!opened) return std::unexpected(opened.error());
    const auto jsonl = exporters::find_format("jsonl")->make();
    return for_each(*opened, [&](std::uint64_t n, const RedactedInteraction& interaction) {
      if (json_) {
        jsonl->add(n, interaction, [](std::string_view text) { cli::print(text); });
      } else {
        cli::print("--- " + std::to_string(n) + "\n" + exporters::show(n, interaction, {false, true}) + "\n");
      }
    });
  }

 private:
  std::string file_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_cat() { return std::make_unique<Cat>(); }

}  // namespace cvr::commands
