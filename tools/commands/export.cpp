// cvr export: to another format.  The seal check runs on the finished bytes: one hit, no file.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "base/escape.h"
#include "base/json_writer.h"
#include "commands/commands.h"
#include "commands/reading.h"
#include "commands/seal_check.h"
#include "cvr/exporters.h"
#include "exporters/losses.h"
#include "os/file.h"

namespace cvr::commands {
namespace {

// The whole export is in memory until it is known to be clean.
constexpr std::size_t kMostBytes = std::size_t{2} << 30;

std::string format_names(std::string_view between) {
  std::string out;
  for (const auto& format : exporters::formats())
    out += (out.empty() ? "" : std::string(between)) + std::string(format.name);
  return out;
}

// What was written so far, and the first place in it that must not get out.
struct Draft {
  std::string text;
  std::uint64_t interactions = 0;
  std::string leak;  // place and kind; empty: clean so far
  bool too_large = false;
  std::map<std::string_view, std::uint64_t> losses;  // what the format can not hold: of how many interactions

  // Checks what `write` appends.  Pieces end where an interaction ends, so no value stands in two.
  void piece(const Redactor& redactor, const std::string& place,
             const std::function<void(const exporters::TextSink&)>& write) {
    if (!leak.empty() || too_large) return;
    const std::size_t before = text.size();
    write([this](std::string_view more) {
      too_large = too_large || text.size() + more.size() > kMostBytes;
      if (!too_large) text += more;
    });
    leak = leak_in(redactor, std::string_view(text).substr(before), place);
  }
};

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
  Result<void> publish(const Draft& draft) const;
  void tell(const Draft& draft, const cli::Globals& globals) const;
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
  if (!redactor.leaks(file_name(output_), "name").empty()) {
    return fail(ErrorCode::kUsage, "the name that -o gives holds a known secret; choose another name");
  }
  return {};
}

Result<void> Export::publish(const Draft& draft) const {
  if (output_.empty()) {
    cli::print(draft.text);
    return {};
  }
  if (auto written = os::write_file_atomically(output_, draft.text); !written) return written;
  if (json_) {
    json::Writer w;
    w.begin_object().member("file", output_).member("format", format_).member("interactions", draft.interactions);
    w.member("bytes", static_cast<std::uint64_t>(draft.text.size())).key("losses").begin_array();
    for (const auto& [what, count] : draft.losses)
      w.begin_object().member("what", what).member("count", count).end_object();
    w.end_array().end_object();
    cli::print(w.take() + "\n");
  }
  return {};
}

void Export::tell(const Draft& draft, const cli::Globals& globals) const {
  if (globals.verbosity < 0 || draft.losses.empty()) return;
  std::string all;
  for (const auto& [what, count] : draft.losses) all += fmt::format("{}{}x {}", all.empty() ? "" : "; ", count, what);
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

  Draft draft;
  const auto exporter = format->make();
  Progress progress("exporting", opened->reader->size(), globals);
  draft.piece(**redactor, "the head of the export", [&](const auto& out) { exporter->begin(out); });
  Visitor visitor;
  visitor.interaction = [&](std::uint64_t n, const RedactedInteraction& interaction) {
    progress.at(n);
    ++draft.interactions;
    for (const std::string_view what : exporters::losses_in(*format, interaction)) ++draft.losses[what];
    // A pattern of the user's describes values, so it looks at them before the format's own text is there.
    if (const auto leaks = (*redactor)->leaks(*interaction); !leaks.empty() && draft.leak.empty()) {
      draft.leak =
          "interaction " + std::to_string(n) + " " + printable(leaks.front().place) + " holds " + leaks.front().what;
    }
    draft.piece(**redactor, "interaction " + std::to_string(n),
                [&](const auto& out) { exporter->add(n, interaction, out); });
  };
  visitor.gap = [&](const cassette::Gap& gap) {
    draft.piece(**redactor, "a gap",
                [&](const auto& out) { exporter->add_gap(gap.at_utc_us, gap.lost, gap.reason, out); });
    const auto& lost = format->can_not_hold;
    if (std::ranges::find(lost, exporters::losses::kGaps) != lost.end()) ++draft.losses[exporters::losses::kGaps];
  };
  visitor.refusal = [&](const cassette::Refusal&) { ++draft.losses[exporters::losses::kRefusals]; };
  const int status = visit(*opened, globals, visitor);
  draft.piece(**redactor, "the end of the export", [&](const auto& out) { exporter->end(out); });
  if (!draft.leak.empty()) {
    return fail(ErrorCode::kRefused, "nothing was exported: " + draft.leak + "; see: cvr verify " + printable(file_));
  }
  if (draft.too_large) return fail(ErrorCode::kLimit, "nothing was exported: it would be larger than 2 GiB");
  if (auto done = publish(draft); !done) return std::unexpected(done.error());
  tell(draft, globals);
  return status;
}

}  // namespace

std::unique_ptr<cli::Command> make_export() { return std::make_unique<Export>(); }

}  // namespace cvr::commands
