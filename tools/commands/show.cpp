// cvr show: one interaction, readable.
#include "app/cassette_file.h"
#include "commands/commands.h"
#include "commands/reading.h"
#include "cvr/exporters.h"
#include "exporters/readable.h"

namespace cvr::commands {
namespace {

class Show : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("FILE", file_, "the cassette");
    options.argument("N", number_, "the number that cvr ls shows");
    options.flag("--json", json_, "as JSON");
  }
  Result<int> run(const cli::Globals& globals) override {
    const auto opened = open_for_reading(file_, globals);
    if (!opened) return std::unexpected(opened.error());
    const auto n = parse_number(number_, opened->reader->size());
    if (!n) return std::unexpected(n.error());
    const auto interaction = opened->reader->interaction(*n - 1);
    if (!interaction) return std::unexpected(interaction.error());
    if (json_) {
      exporters::find_format("jsonl")->make()->add(*n, *interaction, [](std::string_view text) { cli::print(text); });
    } else {
      cli::print(exporters::show(*n, *interaction, {.colour = cli::stdout_wants_colour()}));
    }
    return opened->status != 0 ? opened->status : status_of_the_rest(*opened, globals);
  }

 private:
  // N was found by the index, and is shown wherever the damage is.
  int status_of_the_rest(const Opened& opened, const cli::Globals& globals) const {
    const bool was_quick = opened.reader->health() == cassette::Health::kSealed;
    if (!was_quick || app::check_for(file_) == cassette::Check::kQuick) return 0;
    const auto whole = open_for_reading(file_, globals, cassette::Check::kFull);
    return whole ? whole->status : 0;
  }

  std::string file_, number_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_show() { return std::make_unique<Show>(); }

}  // namespace cvr::commands
