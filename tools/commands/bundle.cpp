// cvr bundle: evidence for a support desk and for partners, as one signed archive.  cvr bundle verify checks one.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/build.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "bundle/seal.h"
#include "bundle/verify.h"
#include "bundle/zip_writer.h"
#include "certs/signing.h"
#include "commands/bundle_inputs.h"
#include "commands/commands.h"
#include "commands/reading.h"
#include "commands/seal_check.h"
#include "diagnose/times.h"
#include "os/clock.h"
#include "os/file.h"

namespace cvr::commands {
namespace {

class Bundle : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.arguments("FILE", files_, "cassettes in which something fails; or: verify BUNDLE");
    options.text("-o,--output", output_, "the bundle to write (0600); default evidence-CASE-UTC.redacted.zip");
    options.text("--before", inputs_.before, "an earlier cassette in which the same calls worked");
    options.text("--case", inputs_.case_file, "case.toml: what no traffic can tell (cvr case init)");
    options.list("--attach", inputs_.attach, "a picture (PNG, JPEG) or a text to go along, repeatable");
    options.flag("--attach-unchecked", inputs_.unchecked, "take attachments of other kinds as they are");
    options.text("--now", now_, "the time that the bundle bears, as 2026-03-17T12:00:00Z; default: now");
    options.flag("--force", force_, "write over a file that is there");
    inputs_.flags.declare(options, RedactionFlags::With::kPrivacy,
                          "dotenv file whose values must not stand in the bundle, repeatable");
    options.flag("--json", json_, "what was written or verified, as JSON");
  }

  Result<int> run(const cli::Globals& globals) override {
    if (files_.front() == "verify") return verify();
    return write(globals);
  }

 private:
  Result<int> verify() const;
  Result<int> write(const cli::Globals& globals);
  Result<void> check_output(const Redactor& redactor) const;
  Result<void> check_seal(const BundleInputs::Loaded& loaded, const bundle::Cited& cited,
                          const bundle::Members& members, const cli::Globals& globals) const;
  void tell(const BundleInputs::Loaded& loaded, const bundle::Members& members, const bundle::Cited& cited,
            std::size_t bytes, const std::string& fingerprint) const;

  std::vector<std::string> files_;
  std::string output_, now_;
  BundleInputs inputs_;
  bool force_ = false, json_ = false;
};

Result<int> Bundle::verify() const {
  if (files_.size() != 2) return fail(ErrorCode::kUsage, "one bundle is needed: cvr bundle verify BUNDLE");
  const std::string& path = files_.back();
  const auto bytes = os::read_file(path, bundle::kMostMemberBytes + 1);
  if (!bytes) {
    if (bytes.error().code == ErrorCode::kLimit) {
      return fail(ErrorCode::kDamaged, printable(path) + ": not a bundle: it is larger than 64 MiB");
    }
    return std::unexpected(bytes.error());
  }
  const auto verified = bundle::verify(*bytes);
  if (!verified) return fail(ErrorCode::kDamaged, printable(path) + ": " + printable(verified.error().text));
  if (json_) {
    json::Writer w;
    w.begin_object().member("file", path).member("good", true);
    w.member("members", static_cast<std::uint64_t>(verified->members));
    w.member("chained", static_cast<std::uint64_t>(verified->chained)).member("fingerprint", verified->fingerprint);
    w.end_object();
    cli::print(w.take() + "\n");
    return 0;
  }
  cli::print(
      fmt::format("{}: good: {} members unaltered, both signatures fit, {} interactions in the hash chain\n"
                  "signer  {}\n        (compare it by phone or ticket with what the sender's cvr printed)\n",
                  printable(path), verified->members, verified->chained, verified->fingerprint));
  return 0;
}

Result<void> Bundle::check_output(const Redactor& redactor) const {
  if (!redactor.leaks(file_name(output_), "name").empty()) {
    return fail(ErrorCode::kUsage, "the name that -o gives holds a known secret; choose another name");
  }
  std::error_code ignored;
  if (!force_ && std::filesystem::exists(std::filesystem::symlink_status(output_, ignored))) {
    return fail(ErrorCode::kUsage, printable(output_) + " is there already; --force writes over it");
  }
  return {};
}

// The last look at the finished bytes of every file, before they are packed.
Result<void> Bundle::check_seal(const BundleInputs::Loaded& loaded, const bundle::Cited& cited,
                                const bundle::Members& members, const cli::Globals& globals) const {
  const auto refused = [](const std::string& what) {
    return fail(ErrorCode::kRefused, "no bundle was written: " + what);
  };
  const auto check = [&](const diagnose::Recording& recording, const std::vector<std::uint64_t>& numbers) {
    for (const std::uint64_t n : numbers) {
      const auto leaks = loaded.redactor->leaks(*recording.interactions[n - 1]);
      if (!leaks.empty()) {
        return fmt::format("interaction {} {} holds {}", n, printable(leaks.front().place), leaks.front().what);
      }
    }
    return std::string();
  };
  if (const std::string leak = check(loaded.after, cited.after); !leak.empty()) return refused(leak);
  if (const std::string leak = loaded.before ? check(*loaded.before, cited.before) : ""; !leak.empty()) {
    return refused(leak);
  }
  Progress progress("checking", members.size(), globals);
  progress.every(16);
  std::uint64_t at = 0;
  for (const bundle::Member& one : members) {
    progress.at(++at);
    if (const std::string leak = leak_in(*loaded.redactor, one.bytes, one.path); !leak.empty()) return refused(leak);
  }
  return {};
}

void Bundle::tell(const BundleInputs::Loaded& loaded, const bundle::Members& members, const bundle::Cited& cited,
                  std::size_t bytes, const std::string& fingerprint) const {
  const diagnose::Verdict& verdict = loaded.diagnosis.verdict;
  if (json_) {
    json::Writer w;
    w.begin_object().member("file", output_).member("bytes", static_cast<std::uint64_t>(bytes));
    w.member("members", static_cast<std::uint64_t>(members.size())).member("bundle_id", loaded.evidence.id);
    w.member("cited", static_cast<std::uint64_t>(cited.after.size()));
    w.member("verdict", to_string(verdict.level)).member("fingerprint", fingerprint).end_object();
    cli::print(w.take() + "\n");
    return;
  }
  const std::string name = printable(output_);
  cli::print(
      fmt::format("{}\n  {} KiB, {} members, {} of {} interactions shown\n"
                  "  verdict  {}: {}\n  signer   {}\n  verify   cvr bundle verify {}\n",
                  name, (bytes + 1023) / 1024, members.size(), cited.after.size(), loaded.after.interactions.size(),
                  to_string(verdict.level), printable(verdict.text), fingerprint, name));
}

Result<int> Bundle::write(const cli::Globals& globals) {
  std::int64_t now_us = os::SystemClock().utc_us();
  if (!now_.empty()) {
    const auto given = diagnose::parse_timestamp(now_);
    if (!given) return fail(ErrorCode::kUsage, "--now: a time with a zone is needed, as in 2026-03-17T12:00:00Z");
    now_us = *given;
  }
  inputs_.after = files_;
  auto loaded = inputs_.load(now_us);
  if (!loaded) return std::unexpected(inputs_.flags.completed(loaded.error()));
  if (output_.empty()) output_ = (*loaded)->default_name();
  if (auto sound = check_output(*(*loaded)->redactor); !sound) return std::unexpected(sound.error());
  const auto home = app::open_home();
  if (!home) return std::unexpected(home.error());
  const auto signer = certs::Signer::open(home->directory);
  if (!signer) return std::unexpected(signer.error());

  const bundle::Cited cited = bundle::cited((*loaded)->evidence);
  auto members = bundle::make_members((*loaded)->evidence, cited, (*loaded)->key_fingerprint);
  if (!members) return std::unexpected(members.error());
  members = bundle::seal((*loaded)->evidence, cited, *std::move(members), *signer);
  if (!members) return std::unexpected(members.error());
  if (auto clean = check_seal(**loaded, cited, *members, globals); !clean) return std::unexpected(clean.error());
  const auto zip = bundle::to_zip(*members);
  if (!zip) return std::unexpected(zip.error());
  if (auto done = os::write_file_atomically(output_, *zip); !done) return std::unexpected(done.error());
  for (const std::string& note : (*loaded)->notes) {
    if (globals.verbosity >= 0) fmt::print(stderr, "cvr: warning: {}\n", note);
  }
  tell(**loaded, *members, cited, zip->size(), certs::spki_fingerprint(signer->ed25519_public_pem()));
  return 0;
}

}  // namespace

std::unique_ptr<cli::Command> make_bundle() { return std::make_unique<Bundle>(); }

}  // namespace cvr::commands
