// cvr export: to another format.  The seal check runs on the finished bytes: one hit, no file.
#include "commands/commands.h"
#include "commands/reading.h"
#include "cvr/exporters.h"
#include "os/file.h"

namespace cvr::commands {
namespace {

class Export : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("FILE", file_, "the cassette");
    std::string help = "one of:";
    for (const auto& format : exporters::formats()) help += " " + std::string(format.name);
    options.text("--format", format_, help + " (default har)");
    options.text("-o,--output", output_, "the file to write (0600); default: standard output");
    options.list("--secrets", secrets_, "dotenv file whose values must not stand in the export, repeatable");
  }
  Result<int> run(const cli::Globals&) override;

 private:
  std::string file_, format_ = "har", output_;
  std::vector<std::string> secrets_;
};

Result<int> Export::run(const cli::Globals&) {
  const exporters::Format* format = exporters::find_format(format_);
  if (format == nullptr) {
    std::string known;
    for (const auto& f : exporters::formats()) known += (known.empty() ? "" : ", ") + std::string(f.name);
    return fail(ErrorCode::kUsage, "--format " + format_ + " is unknown; " + known);
  }
  auto opened = open_for_reading(file_);
  if (!opened) return std::unexpected(opened.error());
  auto redactor = reading_redactor(secrets_);
  if (!redactor) return std::unexpected(redactor.error());
  std::string text;
  const auto sink = [&text](std::string_view piece) { text += piece; };
  const auto exporter = format->make();
  exporter->begin(sink);
  const auto status = for_each(*opened, [&](std::uint64_t n, const RedactedInteraction& interaction) { exporter->add(n, interaction, sink); });
  for (const cassette::Gap& gap : opened->reader->gaps()) exporter->add_gap(gap.at_utc_us, gap.lost, gap.reason, sink);
  exporter->end(sink);
  const auto leaks = (*redactor)->leaks(text, "the export");
  if (!leaks.empty()) {
    return fail(ErrorCode::kRefused, "nothing was exported: " + leaks.front().place + " would hold " + leaks.front().what +
                                         "; see: cvr verify " + file_ + " --secrets FILE");
  }
  if (output_.empty()) {
    cli::print(text);
  } else if (auto written = os::write_file_atomically(output_, text); !written) {
    return std::unexpected(written.error());
  }
  return status;
}

}  // namespace

std::unique_ptr<cli::Command> make_export() { return std::make_unique<Export>(); }

}  // namespace cvr::commands
