// cvr repair: cuts a torn tail; takes damaged records out and says what is lost.
#include "commands/commands.h"
#include "commands/reading.h"

namespace cvr::commands {
namespace {

class Repair : public cli::Command {
 public:
  void declare(cli::Options& options) override { options.argument("FILE", file_, "the cassette"); }
  Result<int> run(const cli::Globals&) override {
    const auto report = cassette::repair(file_);
    if (!report) return std::unexpected(report.error());
    if (report->cut_bytes == 0) {
      cli::print(file_ + ": nothing to repair, " + std::to_string(report->kept) + " interactions\n");
      return 0;
    }
    cli::print(file_ + ": " + std::to_string(report->kept) + " interactions kept, " + std::to_string(report->lost) + " lost, " +
               std::to_string(report->cut_bytes) + " bytes cut; the file as it was: " + file_ + ".damaged\n");
    return report->lost > 0 ? 1 : 0;
  }

 private:
  std::string file_;
};

}  // namespace

std::unique_ptr<cli::Command> make_repair() { return std::make_unique<Repair>(); }

}  // namespace cvr::commands
