// cvr import: recordings of other tools as a cassette.  Redacted on the way in, sealed, or nothing is written; what
// was left out or changed is named.
#include <fmt/format.h>

#include "app/build.h"
#include "app/config.h"
#include "app/home.h"
#include "app/importing.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "base/size.h"
#include "commands/commands.h"
#include "commands/match_flags.h"
#include "commands/reading.h"
#include "commands/redaction_flags.h"
#include "cvr/version.h"
#include "http/target.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "profiles/profile.h"

namespace cvr::commands {
namespace {

constexpr std::uint64_t kBodyLimit = 16u << 20;  // as record has it
constexpr std::size_t kMostWhy = 2000;

std::string format_names(std::string_view between) {
  std::string out;
  for (const auto& format : importers::formats())
    out += (out.empty() ? "" : std::string(between)) + std::string(format.name);
  return out;
}

std::string formats_text() {
  std::string out;
  for (const auto& format : importers::formats()) {
    out += fmt::format("{:<10}  {}\n{:<10}  left out: {}\n", format.name, format.description, "", format.left_out);
  }
  return out;
}

std::string formats_json() {
  json::Writer w;
  w.begin_object().key("formats").begin_array();
  for (const auto& format : importers::formats()) {
    w.begin_object().member("name", format.name).member("description", format.description);
    w.member("left_out", format.left_out).end_object();
  }
  w.end_array().end_object();
  return w.take() + "\n";
}

struct Done {
  std::string file;
  app::Imported imported;
};

class Import : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.arguments("IN", inputs_, "files of other tools; - is standard input, a directory WireMock's mappings",
                      false);
    options.flag("--list-formats", formats_, "the formats, and what of each is left out");
    options.text("--format", format_, "one of: " + format_names(" ") + " (default: told by the content)");
    options.text("-o,--output", target_.path, "the cassette to write (0600)");
    options.flag("--overwrite", target_.overwrite, "replace what -o names");
    options.text("--origin", origin_, "https://HOST of mappings that name no host");
    options.text("--body-limit", body_limit_, "largest body that is kept (default 16M)");
    flags_.declare(options, RedactionFlags::With::kPrivacy,
                   "dotenv file whose values are secrets wherever they appear, repeatable");
    match_.declare(options);
    options.flag("--json", json_, "as JSON");
  }
  Result<int> run(const cli::Globals& globals) override;

 private:
  Result<void> read_options();
  Result<std::vector<Done>> import_all(const std::vector<app::ImportFile>& files, const cli::Globals& globals);
  // What was skipped and where first; empty: nothing was.
  std::string why_nothing(const std::vector<Done>& all) const;
  void tell(const std::vector<Done>& all, const cli::Globals& globals) const;
  std::string json(const std::vector<Done>& all) const;

  std::vector<std::string> inputs_;
  std::string format_, origin_, body_limit_;
  app::Target target_;
  RedactionFlags flags_;
  MatchFlags match_;
  bool json_ = false, formats_ = false;

  const importers::Format* chosen_ = nullptr;
  std::optional<http::Origin> from_;
  std::uint64_t limit_ = kBodyLimit;
  std::shared_ptr<const Redactor> redactor_;
  std::uint64_t count_ = 0;
  std::map<std::string, std::uint64_t> left_out_;
};

Result<void> Import::read_options() {
  if (inputs_.empty()) return fail(ErrorCode::kUsage, "IN is needed: cvr import browser.har -o cassettes/browser.cvr");
  if (target_.path.empty()) return fail(ErrorCode::kUsage, "-o FILE is needed: the cassette to write");
  if (!format_.empty()) {
    chosen_ = importers::find_format(format_);
    if (chosen_ == nullptr) {
      return fail(ErrorCode::kUsage,
                  "--format " + printable(format_) + " is unknown; one of " + format_names(", ") + " is needed");
    }
  }
  if (!origin_.empty()) {
    const auto origin = http::parse_origin(origin_);
    if (!origin) return fail(ErrorCode::kUsage, "--origin needs https://HOST[:PORT] with nothing behind it");
    from_ = *origin;
  }
  if (!body_limit_.empty()) {
    const auto size = parse_size(body_limit_);
    if (!size) return fail(ErrorCode::kUsage, "--body-limit needs a size such as 16M");
    limit_ = *size;
  }
  return {};
}

Result<std::vector<Done>> Import::import_all(const std::vector<app::ImportFile>& files, const cli::Globals& globals) {
  const auto config = app::load_config();
  if (!config) return std::unexpected(config.error());
  const auto redaction = flags_.load(*config);
  if (!redaction) return std::unexpected(redaction.error());
  const auto rules = match_.load(*redaction->profile, *config);
  if (!rules) return std::unexpected(rules.error());
  const auto home = app::open_home();
  if (!home) return std::unexpected(home.error());
  os::SystemEntropy entropy;
  const auto key = app::load_or_make_key(*home, entropy);
  if (!key) return std::unexpected(key.error());
  const auto redactor = app::build_redactor(*home, *redaction, limit_);
  if (!redactor) return std::unexpected(redactor.error());
  redactor_ = *redactor;
  if (auto sound = app::check_target(target_, inputs_, *redactor_); !sound) return std::unexpected(sound.error());

  cassette::Header header;
  header.tool = kToolVersion;
  header.created_utc_us = os::SystemClock().utc_us();
  header.key_fingerprint = app::fingerprint_of(*key);
  header.redaction = app::label_of(*redaction);
  auto import = app::Import::begin(target_, std::move(header), redactor_, *rules);
  if (!import) return std::unexpected(import.error());
  std::vector<Done> all;
  {
    Progress progress("importing", 0, globals);
    for (const app::ImportFile& file : files) {
      if (auto done = (*import)->learn(file, chosen_, from_); !done) return std::unexpected(done.error());
    }
    for (const app::ImportFile& file : files) {
      auto done = (*import)->add(file, chosen_, from_, [&](std::uint64_t n) { progress.at(n); });
      if (!done) return std::unexpected(done.error());
      all.push_back({file.name(), *std::move(done)});
    }
  }
  count_ = (*import)->count();
  if (const std::string why = why_nothing(all); count_ == 0 && !why.empty()) {
    return fail(ErrorCode::kUnsupported, "nothing was imported: " + why);
  }
  if (auto finished = (*import)->finish(); !finished) return std::unexpected(finished.error());
  left_out_ = (*import)->left_out();
  return all;
}

std::string Import::why_nothing(const std::vector<Done>& all) const {
  std::string out;
  for (const Done& done : all) {
    for (const auto& loss : done.imported.losses.all()) {
      if (!loss.what.starts_with("skipped")) continue;
      out += (out.empty() ? "" : "; ") + printable(done.file) + ": " + loss.what;
      if (!loss.where.empty()) out += " (" + printable(redactor_->redact_line(loss.where.front())) + ")";
    }
  }
  return shortened(out, kMostWhy);
}

void Import::tell(const std::vector<Done>& all, const cli::Globals& globals) const {
  if (globals.verbosity < 0) return;
  for (const Done& done : all) {
    for (const auto& loss : done.imported.losses.all()) {
      std::string where;
      // Names of a foreign file may hold anything.
      for (const std::string& place : loss.where) {
        where += (where.empty() ? " (" : ", ") + printable(redactor_->redact_line(place));
      }
      if (!where.empty()) where += loss.count > loss.where.size() ? ", ...)" : ")";
      fmt::print(stderr, "cvr: note: {}: {}x {}{}\n", printable(done.file), loss.count, loss.what, where);
    }
  }
  for (const auto& [reason, count] : left_out_) {
    fmt::print(stderr, "cvr: note: {}: {}x a body was left out by redaction, {}\n", printable(target_.path), count,
               printable(reason));
  }
  for (const std::string& warning : redactor_->take_warnings()) fmt::print(stderr, "cvr: warning: {}\n", warning);
}

std::string Import::json(const std::vector<Done>& all) const {
  json::Writer w;
  w.begin_object().member("file", target_.path).member("interactions", count_).key("sources").begin_array();
  for (const Done& done : all) {
    w.begin_object().member("file", done.file).member("format", done.imported.format);
    w.member("interactions", done.imported.interactions).key("losses").begin_array();
    for (const auto& loss : done.imported.losses.all()) {
      w.begin_object().member("what", loss.what).member("count", loss.count).key("where").begin_array();
      for (const std::string& place : loss.where) w.value(redactor_->redact_line(place));
      w.end_array().end_object();
    }
    w.end_array().end_object();
  }
  w.end_array().key("left_out").begin_array();
  for (const auto& [reason, count] : left_out_) {
    w.begin_object().member("what", reason).member("count", count).end_object();
  }
  w.end_array().end_object();
  return w.take() + "\n";
}

Result<int> Import::run(const cli::Globals& globals) {
  if (formats_) {
    cli::print(json_ ? formats_json() : formats_text());
    return 0;
  }
  if (auto sound = read_options(); !sound) return std::unexpected(sound.error());
  const auto files = app::import_files(inputs_);
  if (!files) return std::unexpected(files.error());
  const auto all = import_all(*files, globals);
  if (!all) return std::unexpected(all.error());
  tell(*all, globals);
  if (json_) {
    cli::print(json(*all));
  } else {
    cli::print(fmt::format("{}: {} interactions of {} {}\n", printable(target_.path), count_, all->size(),
                           all->size() == 1 ? "file" : "files"));
  }
  return 0;
}

}  // namespace

std::unique_ptr<cli::Command> make_import() { return std::make_unique<Import>(); }

}  // namespace cvr::commands
