// cvr repair: cuts a torn tail, or a file at its damage, and says what is lost.
#include "base/escape.h"
#include "base/json_writer.h"
#include "commands/commands.h"
#include "commands/reading.h"

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
    options.flag("--json", json_, "as JSON");
  }
  Result<int> run(const cli::Globals&) override {
    const auto report = cassette::repair(file_);
    if (!report) return std::unexpected(report.error());
    cli::print(json_ ? json(*report) : text(*report));
    return report->lost > 0 ? 1 : 0;
  }

 private:
  std::string text(const cassette::RepairReport& report) const {
    const std::string kept = std::to_string(report.kept) + " interactions";
    if (report.cut_bytes == 0) return printable(file_) + ": nothing to repair, " + kept + "\n";
    std::string out = printable(file_) + ": " + kept + " kept, " + std::to_string(report.cut_bytes) + " bytes cut";
    out += report.lost == 0 ? ", none lost" : ", lost: " + numbers(report.kept + 1, report.kept + report.lost);
    return out + "\nthe file as it was: " + printable(report.copy) + "\n";
  }

  std::string json(const cassette::RepairReport& report) const {
    json::Writer w;
    w.begin_object().member("file", file_).member("kept", report.kept).member("lost", report.lost);
    w.member("cut_bytes", report.cut_bytes).member("copy", report.copy).end_object();
    return w.take() + "\n";
  }

  std::string file_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_repair() { return std::make_unique<Repair>(); }

}  // namespace cvr::commands
