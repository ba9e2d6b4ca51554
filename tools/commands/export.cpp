// cvr export: to another format.  The seal check runs on the finished bytes: one hit, no file.  Memory follows the
// largest interaction, not the cassette.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>

#include "base/escape.h"
#include "base/json_writer.h"
#include "commands/commands.h"
#include "commands/export_passes.h"
#include "os/append_file.h"

namespace cvr::commands {
namespace {

std::string format_names(std::string_view between) {
  std::string out;
  for (const auto& format : exporters::formats())
    out += (out.empty() ? "" : std::string(between)) + std::string(format.name);
  return out;
}

class Export : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("FILE", file_, "the cassette", false);
    options.flag("--list-formats", formats_, "the formats, and what each of them can not hold");
    options.text("--format", format_, "one of: " + format_names(" ") + " (default har)");
    options.text("-o,--output", output_, "the file to write (0600); default, or -: standard output");
    flags_.declare(options, RedactionFlags::With::kPrivacy,
                   "dotenv file whose values must not stand in the export, repeatable");
    options.flag("--json", json_, "with -o: what was written, as JSON; else the same as --format jsonl");
  }
  Result<int> run(const cli::Globals& globals) override;

 private:
  Result<void> check_output(const Redactor& redactor) const;
  Result<void> publish(ExportPasses& passes) const;
  Result<void> publish_as_file(ExportPasses& passes) const;
  void tell(const Tally& tally, const cli::Globals& globals) const;
  std::string file_, format_, output_;
  RedactionFlags flags_;
  bool json_ = false, formats_ = false;
};

std::string formats_text() {
  std::string out;
  for (const auto& format : exporters::formats()) {
    out += fmt::format("{:<10}  {}\n{:<10}  can not hold: {}\n", format.name, format.description, "",
                       fmt::join(format.can_not_hold, "; "));
  }
  return out;
}

std::string formats_json() {
  json::Writer w;
  w.begin_object().key("formats").begin_array();
  for (const auto& format : exporters::formats()) {
    w.begin_object().member("name", format.name).member("description", format.description);
    w.key("can_not_hold").begin_array();
    for (const std::string_view name : format.can_not_hold) w.value(name);
    w.end_array().end_object();
  }
  w.end_array().end_object();
  return w.take() + "\n";
}

Result<void> Export::check_output(const Redactor& redactor) const {
  if (output_.empty()) return {};
  std::error_code error;
  if (std::filesystem::equivalent(file_, output_, error)) {
    return fail(ErrorCode::kUsage, "-o names the cassette itself; choose another file");
  }
  // It would take the place of what is there: of a device for the whole system.
  const auto kind = std::filesystem::symlink_status(output_, error).type();
  using enum std::filesystem::file_type;
  if (kind != not_found && kind != none && kind != regular && kind != directory) {
    return fail(ErrorCode::kUsage, printable(output_) +
                                       " is a device, a pipe or a link; without -o the export goes to "
                                       "standard output, which can be redirected there");
  }
  if (const auto other = cassette::Reader::open(output_); other && (*other)->size() > 0) {
    return fail(ErrorCode::kUsage, printable(output_) + " is a cassette; choose another name for the export");
  }
  if (!redactor.leaks(file_name(output_), "name").empty()) {
    return fail(ErrorCode::kUsage, "the name that -o gives holds a known secret; choose another name");
  }
  return {};
}

// Under its name it is whole or not at all.
Result<void> Export::publish_as_file(ExportPasses& passes) const {
  const auto named = [this](Result<void> done) -> Result<void> {
    if (done || done.error().code == ErrorCode::kDamaged) return done;
    return fail(done.error().code, "can not write " + printable(output_) + ": " + done.error().text);
  };
  auto file = os::AppendFile::create_beside(output_);
  if (!file) return std::unexpected(file.error());
  auto written = passes.write([&](std::string_view piece) { return (*file)->append(piece); });
  if (!written) return named(std::move(written));
  if (auto synced = (*file)->sync(); !synced) return named(std::move(synced));
  return (*file)->move_to(output_);
}

Result<void> Export::publish(ExportPasses& passes) const {
  if (!output_.empty()) return publish_as_file(passes);
  return passes.write([](std::string_view piece) -> Result<void> {
    cli::print(piece);
    return {};
  });
}

void Export::tell(const Tally& tally, const cli::Globals& globals) const {
  if (json_ && !output_.empty()) {
    json::Writer w;
    w.begin_object().member("file", output_).member("format", format_).member("interactions", tally.interactions);
    w.member("bytes", tally.bytes).key("losses").begin_array();
    for (const auto& [what, count] : tally.losses)
      w.begin_object().member("what", what).member("count", count).end_object();
    w.end_array().end_object();
    cli::print(w.take() + "\n");
  }
  if (globals.verbosity < 0 || tally.losses.empty()) return;
  std::string all;
  for (const auto& [what, count] : tally.losses) all += fmt::format("{}{}x {}", all.empty() ? "" : "; ", count, what);
  fmt::print(stderr, "cvr: note: {} can not hold: {}\n", format_, all);
}

Result<int> Export::run(const cli::Globals& globals) {
  if (formats_) {
    cli::print(json_ ? formats_json() : formats_text());
    return 0;
  }
  if (file_.empty()) return fail(ErrorCode::kUsage, "FILE is needed: cvr export FILE --format " + format_names("|"));
  if (output_ == "-") output_.clear();
  if (format_.empty()) format_ = json_ && output_.empty() ? "jsonl" : "har";
  const exporters::Format* format = exporters::find_format(format_);
  if (format == nullptr) {
    return fail(ErrorCode::kUsage,
                "--format " + printable(format_) + " is unknown; one of " + format_names(", ") + " is needed");
  }
  const auto opened = open_for_reading(file_, globals, cassette::Check::kFull);
  if (!opened) return std::unexpected(opened.error());
  warn_without_seal(*opened, file_, globals);
  const auto redactor = reading_redactor(flags_);
  if (!redactor) return std::unexpected(redactor.error());
  if (auto sound = check_output(**redactor); !sound) return std::unexpected(sound.error());

  ExportPasses passes(*opened, *format, **redactor, globals);
  const auto tally = passes.check();
  if (!tally) return std::unexpected(flags_.completed(tally.error()));
  if (auto done = publish(passes); !done) return std::unexpected(done.error());
  tell(*tally, globals);
  return tally->status;
}

}  // namespace

std::unique_ptr<cli::Command> make_export() { return std::make_unique<Export>(); }

}  // namespace cvr::commands
