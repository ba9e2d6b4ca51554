// cvr redact: the rules that hold (--rules), why a stored value is what it is (--explain), and newer
// rules on an old cassette (-o), with the proof that replay still finds every request.
#include <fmt/format.h>

#include <algorithm>

#include <filesystem>

#include "app/build.h"
#include "app/config.h"
#include "app/dotenv.h"
#include "app/redaction_table.h"
#include "app/rewrite.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "commands/commands.h"
#include "commands/match_flags.h"
#include "commands/reading.h"
#include "commands/redact_changes.h"
#include "commands/redaction_flags.h"
#include "cvr/matcher.h"
#include "cvr/version.h"
#include "engine/hints.h"
#include "engine/seal_check.h"
#include "os/entropy.h"
#include "os/private_file.h"

namespace cvr::commands {
namespace {

struct Changed {
  std::uint64_t n;
  Change change;
};

struct Outcome {
  std::uint64_t interactions = 0;
  std::uint64_t changed = 0;  // interactions
  std::vector<Changed> changes;
  std::vector<std::uint64_t> lost;  // numbers that replay would no longer find
  bool other_key = false;
  std::uint64_t words = 0;    // gaps and refusals whose words held a known secret
  std::uint64_t unknown = 0;  // records that nobody here can redact: left out
};

// What is no interaction, in its place; known secrets go from its words.
class OthersCopied {
 public:
  OthersCopied(const cassette::Reader& reader, cassette::Writer& writer, const Redactor& redactor)
      : reader_(reader), writer_(writer), redactor_(redactor) {}

  Result<void> before(std::uint64_t i) {
    const bool at_end = i == reader_.size();
    for (; refusal_ < reader_.refusals().size() && reader_.refusals()[refusal_].after <= i; ++refusal_) {
      cassette::Refusal one = reader_.refusals()[refusal_];
      for (std::string* words : {&one.kind, &one.host, &one.reason}) *words = shown(redactor_, *words);
      changed_ += one == reader_.refusals()[refusal_] ? 0 : 1;
      if (auto done = writer_.append(one); !done) return done;
    }
    for (; gap_ < reader_.gaps().size() && (at_end || reader_.gaps()[gap_].at_utc_us <= reader_.started_utc_us(i));
         ++gap_) {
      cassette::Gap one = reader_.gaps()[gap_];
      one.reason = shown(redactor_, one.reason);
      changed_ += one == reader_.gaps()[gap_] ? 0 : 1;
      if (auto done = writer_.append(one); !done) return done;
    }
    return {};
  }
  std::uint64_t changed() const { return changed_; }

 private:
  const cassette::Reader& reader_;
  cassette::Writer& writer_;
  const Redactor& redactor_;
  std::size_t gap_ = 0, refusal_ = 0;
  std::uint64_t changed_ = 0;
};

// The finished file, but for its interactions, which were looked at one by one.
Result<void> check_finished(const std::string& draft, const Redactor& redactor) {
  const auto reader = cassette::Reader::open(draft, cassette::Check::kFull);
  if (!reader) return std::unexpected(reader.error());
  for (const engine::SealFinding& found : engine::leaks_outside(**reader, redactor)) {
    if (!found.leak.known) continue;
    return fail(ErrorCode::kRefused, "nothing was written: " + printable(found.leak.place) + " would still hold " +
                                         found.leak.what + "; record again");
  }
  return {};
}

class Redact : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("FILE", file_, "the cassette", false);
    options.argument("N", number_, "--explain: the number that cvr ls shows", false);
    options.text("-o,--output", output_, "the cassette to write; newer rules on an old one");
    options.flag("--overwrite", overwrite_, "replace what -o names");
    options.flag("--explain", explain_, "why each value of interaction N was replaced or kept");
    flags_.declare(options, RedactionFlags::With::kBareRules,
                   "dotenv file whose values are secrets wherever they appear, repeatable");
    match_.declare(options);
    options.flag("--json", json_, "as JSON");
  }
  Result<int> run(const cli::Globals& globals) override;

 private:
  Result<void> check_usage() const;
  Result<int> show_rules(const app::Redaction& redaction) const;
  Result<int> explain(const app::Redaction& redaction, const cli::Globals& globals) const;
  Result<int> rewrite(const app::Redaction& redaction, const match::MatchRules& rules,
                      const cli::Globals& globals) const;
  Result<Outcome> copy(const cassette::Reader& reader, cassette::Writer& writer, const Redactor& redactor,
                       const match::MatchRules& rules, const cli::Globals& globals) const;
  std::string text(const Outcome& outcome) const;
  std::string json(const Outcome& outcome) const;

  std::string file_, number_, output_;
  RedactionFlags flags_;
  MatchFlags match_;
  bool overwrite_ = false, explain_ = false, json_ = false;
};

Result<void> Redact::check_usage() const {
  if (explain_) {
    if (number_.empty()) return fail(ErrorCode::kUsage, "FILE and N are needed: cvr redact --explain FILE N");
    if (!output_.empty()) return fail(ErrorCode::kUsage, "--explain and -o do not go together");
    return {};
  }
  if (!number_.empty()) return fail(ErrorCode::kUsage, "N goes with --explain");
  if (file_.empty()) {
    if (flags_.has_rules() && output_.empty()) return {};
    return fail(ErrorCode::kUsage, "FILE is needed: cvr redact FILE -o OUT, or cvr redact --rules to see the rules");
  }
  if (flags_.bare_rules())
    return fail(ErrorCode::kUsage, "--rules needs a file here (alone, without FILE, it shows the rules)");
  if (output_.empty()) return fail(ErrorCode::kUsage, "-o OUT is needed: the cassette to write");
  std::error_code error;
  if (output_ == file_ || std::filesystem::equivalent(file_, output_, error)) {
    return fail(ErrorCode::kUsage, "-o names the cassette itself; choose another file");
  }
  if (!overwrite_ && os::exists(output_)) {
    return fail(ErrorCode::kUsage, printable(output_) + " exists; choose another file, or --overwrite");
  }
  return {};
}

Result<int> Redact::show_rules(const app::Redaction& redaction) const {
  // A file that is not there would protect nothing: the same answer as when recording.
  if (const auto secrets = app::secrets_of(redaction); !secrets) return std::unexpected(secrets.error());
  const auto rows = app::redaction_table(redaction);
  cli::print(json_ ? app::table_json(redaction, rows) : app::table_text(redaction, rows));
  return 0;
}

Result<int> Redact::explain(const app::Redaction& redaction, const cli::Globals& globals) const {
  const auto opened = open_for_reading(file_, globals);
  if (!opened) return std::unexpected(opened.error());
  const auto n = parse_number(number_, opened->reader->size());
  if (!n) return std::unexpected(n.error());
  const auto interaction = opened->reader->interaction(*n - 1);
  if (!interaction) return std::unexpected(interaction.error());
  const auto redactor = reading_redactor(flags_);
  if (!redactor) return std::unexpected(redactor.error());
  auto all = app::explain(**interaction, redaction);
  for (app::Explanation& one : all) {
    for (std::string* text : {&one.place, &one.rule, &one.why}) *text = shown(**redactor, *text);
  }
  cli::print(json_ ? app::explanation_json(all) : app::explanation_text(all));
  return opened->status;
}

Result<Outcome> Redact::copy(const cassette::Reader& reader, cassette::Writer& writer, const Redactor& redactor,
                             const match::MatchRules& rules, const cli::Globals& globals) const {
  Outcome out;
  Progress progress("redacting", reader.size(), globals);
  OthersCopied others(reader, writer, redactor);
  for (std::uint64_t i = 0; i < reader.size(); ++i) {
    progress.at(i);
    if (auto done = others.before(i); !done) return std::unexpected(done.error());
    const auto before = reader.interaction(i);
    if (!before) return std::unexpected(before.error());
    RedactedInteraction after = redactor.redact_again(**before);
    const auto leaks = redactor.leaks(*after);
    if (const auto left = std::ranges::find_if(leaks, &Leak::known); left != leaks.end()) {
      return fail(ErrorCode::kRefused,
                  fmt::format("nothing was written: #{}, {} would still hold {}; leave it out: cvr trim", i + 1,
                              printable(left->place), left->what));
    }
    const MatchKey key = match::key_of(after->request, rules);
    after.set_key(key);
    auto changes = changes_between(**before, *after);
    if (!changes.empty()) {
      ++out.changed;
      // A client that sends what the cassette showed must still find this record.
      const MatchKey sent = match::key_of(redactor.redact_request(as_sent((*before)->request)), rules);
      const bool omitted = (*before)->request.body.omitted.has_value();
      const match::Index index({key});
      if (!omitted && index.find(sent).empty()) out.lost.push_back(i + 1);
    }
    for (Change& change : changes) out.changes.push_back({i + 1, std::move(change)});
    if (const auto number = writer.append(after); !number) return std::unexpected(number.error());
    ++out.interactions;
  }
  if (auto done = others.before(reader.size()); !done) return std::unexpected(done.error());
  out.words = others.changed();
  return out;
}

std::string Redact::text(const Outcome& outcome) const {
  std::string out;
  for (const Changed& one : outcome.changes) {
    out += fmt::format("#{} {}: {}", one.n, printable(one.change.place), printable(one.change.rule));
    if (!one.change.kind.empty()) out += " (" + one.change.kind + ")";
    if (one.change.count > 1) out += fmt::format(" x{}", one.change.count);
    out += "\n";
  }
  for (const std::uint64_t n : outcome.lost) {
    out += fmt::format(
        "#{} replay would no longer find it: what a client sends becomes something else by these rules\n", n);
  }
  out += fmt::format(
      "{}: {} interactions, {} changed, {}\n", printable(output_), outcome.interactions, outcome.changed,
      outcome.lost.empty() ? "replay finds all of them" : fmt::format("replay would miss {}", outcome.lost.size()));
  if (outcome.words > 0) {
    out += fmt::format("{} gaps or refusals held a known secret in their words and no longer do\n", outcome.words);
  }
  if (outcome.unknown > 0) {
    out += fmt::format("{} records of unknown types were left out, since they can not be redacted\n", outcome.unknown);
  }
  if (outcome.other_key) {
    out += "recorded under another pseudonym key: what was added is of this one, and replay matches by kind\n";
  }
  return out;
}

std::string Redact::json(const Outcome& outcome) const {
  json::Writer w;
  w.begin_object()
      .member("file", output_)
      .member("interactions", outcome.interactions)
      .member("changed", outcome.changed);
  w.member("other_key", outcome.other_key).member("unknown_left_out", outcome.unknown);
  w.member("words_changed", outcome.words).key("lost").begin_array();
  for (const std::uint64_t n : outcome.lost) w.value(n);
  w.end_array().key("changes").begin_array();
  for (const Changed& one : outcome.changes) {
    w.begin_object().member("n", one.n).member("place", one.change.place).member("rule", one.change.rule);
    w.member("kind", one.change.kind).member("count", one.change.count).end_object();
  }
  w.end_array().end_object();
  return w.take() + "\n";
}

Result<int> Redact::rewrite(const app::Redaction& redaction, const match::MatchRules& rules,
                            const cli::Globals& globals) const {
  const auto opened = open_for_reading(file_, globals, cassette::Check::kFull);
  if (!opened) return std::unexpected(opened.error());
  const cassette::Reader& reader = *opened->reader;
  if (opened->status != 0) {
    return fail(ErrorCode::kDamaged, printable(file_) + " is damaged; see: cvr repair " + printable(file_));
  }
  warn_without_seal(*opened, file_, globals);
  const auto home = app::open_home();
  if (!home) return std::unexpected(home.error());
  const auto redactor = app::build_redactor(*home, redaction, kReadingBodyLimit);
  if (!redactor) return std::unexpected(redactor.error());
  if (!(*redactor)->leaks(file_name(output_), "name").empty()) {
    return fail(ErrorCode::kUsage, "the name that -o gives holds a known secret; choose another name");
  }
  os::SystemEntropy entropy;
  const auto key = app::load_or_make_key(*home, entropy);
  if (!key) return std::unexpected(key.error());

  // Beside the target until it is whole.
  std::error_code error;
  std::error_code ignored;
  const std::string draft = output_ + ".part";
  cassette::WriterOptions options;
  options.overwrite = true;
  options.header = reader.header();
  options.header.tool = kToolVersion;
  const bool other_key = reader.header().key_fingerprint != app::fingerprint_of(*key);
  if (other_key) options.header.key_fingerprint = "mixed";
  options.header.redaction = app::label_after(reader.header().redaction, redaction);
  engine::write_hints(options);
  cassette::OpenReport report;
  auto writer = cassette::Writer::open(draft, options, &report);
  if (!writer) return std::unexpected(app::about_target(writer.error(), output_));
  auto outcome = copy(reader, **writer, **redactor, rules, globals);
  if (outcome) {
    if (auto sealed = (*writer)->seal(); !sealed) outcome = std::unexpected(sealed.error());
  }
  writer->reset();
  if (outcome) {
    if (auto clean = check_finished(draft, **redactor); !clean) outcome = std::unexpected(clean.error());
  }
  if (!outcome) {
    std::filesystem::remove(draft, ignored);
    return std::unexpected(outcome.error());
  }
  std::filesystem::rename(draft, output_, error);
  if (error) {
    std::filesystem::remove(draft, ignored);
    return fail(ErrorCode::kEnvironment, "can not write to " + output_ + ": " + error.message());
  }
  outcome->other_key = other_key;
  outcome->unknown = reader.unknown().size();
  cli::print(json_ ? json(*outcome) : text(*outcome));
  return outcome->lost.empty() ? 0 : 1;
}

Result<int> Redact::run(const cli::Globals& globals) {
  if (auto sound = check_usage(); !sound) return std::unexpected(sound.error());
  const auto config = app::load_config();
  if (!config) return std::unexpected(config.error());
  const auto redaction = flags_.load(*config);
  if (!redaction) return std::unexpected(redaction.error());
  if (explain_) return explain(*redaction, globals);
  if (file_.empty()) return show_rules(*redaction);
  const auto rules = match_.load(*redaction->profile, *config);
  if (!rules) return std::unexpected(rules.error());
  return rewrite(*redaction, *rules, globals);
}

}  // namespace

std::unique_ptr<cli::Command> make_redact() { return std::make_unique<Redact>(); }

}  // namespace cvr::commands
