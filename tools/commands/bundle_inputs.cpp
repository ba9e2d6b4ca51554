#include "commands/bundle_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "app/build.h"
#include "app/config.h"
#include "base/escape.h"
#include "bundle/attachments.h"
#include "bundle/case_words.h"
#include "bundle/digests.h"
#include "commands/reading.h"
#include "commands/recordings.h"
#include "commands/seal_check.h"
#include "diagnose/times.h"
#include "engine/seal_check.h"
#include "os/entropy.h"
#include "os/file.h"

namespace cvr::commands {
namespace {

constexpr std::uint64_t kLargestCase = 2u << 20;

std::unexpected<Error> refused(const std::string& what) {
  return fail(ErrorCode::kRefused, "no bundle was written: " + what);
}

Result<void> add_source(const std::string& path, diagnose::In in, std::uint64_t interactions,
                        std::vector<bundle::Source>& out) {
  const auto file = os::map_file(path);
  if (!file) return std::unexpected(file.error());
  out.push_back({printable(file_name(path)), in, interactions, bundle::sha256_hex((*file)->bytes())});
  return {};
}

diagnose::Recording rekeyed(const diagnose::Recording& recording, const Rekeyer& rekeyer) {
  diagnose::Recording out{{}, recording.gaps, recording.key, recording.refusals};
  out.interactions.reserve(recording.interactions.size());
  for (const RedactedInteraction& one : recording.interactions) out.interactions.push_back(rekeyer(one));
  return out;
}

// As an export looks at what it shows: the originals, with their Spans.  The words of a recorder go along too.
Result<void> check_source(const std::string& path, const Redactor& redactor) {
  const auto reader = cassette::Reader::open(path, cassette::Check::kFull);
  if (!reader) return std::unexpected(reader.error());
  const std::string end = "; see: cvr redact " + printable(path) + " -o OUT";
  for (std::uint64_t i = 0; i < (*reader)->size(); ++i) {
    const auto one = (*reader)->interaction(i);
    if (!one) continue;
    const auto leaks = engine::leaks_of(**reader, i, **one, redactor);
    if (leaks.empty()) continue;
    return refused(fmt::format("#{} of {}, {} holds {}{}", i + 1, printable(path), printable(leaks.front().place),
                               leaks.front().what, end));
  }
  for (const engine::SealFinding& found : engine::leaks_outside(**reader, redactor)) {
    if (found.leak.known)
      return refused(printable(found.leak.place) + " of " + printable(path) + " holds " + found.leak.what + end);
  }
  return {};
}

// What the owner wrote for partners must be words that they can read; it is the owner's to change.
Result<void> check_words(const diagnose::Case& the_case, const std::string& path) {
  std::string all;
  for (const std::string& one : bundle::technical_words(the_case)) all += (all.empty() ? "" : "; ") + one;
  if (all.empty()) return {};
  return fail(ErrorCode::kUsage, printable(path) + ": technical words for partners, say it in plain ones: " + all);
}

}  // namespace

std::string BundleInputs::Loaded::default_name() const {
  std::string utc = diagnose::utc_text(evidence.now_us).substr(0, 19) + "Z";
  std::erase_if(utc, [](char c) { return c == '-' || c == ':'; });
  return "evidence-" + (the_case ? the_case->id : std::string("case")) + "-" + utc + ".redacted.zip";
}

Result<void> BundleInputs::load_case(Loaded& into) const {
  if (case_file.empty()) return {};
  const auto text = os::read_file(case_file, kLargestCase);
  if (!text) return std::unexpected(text.error());
  // As it is written: a report's escapes could hide a secret from the check of the finished bytes.
  if (const std::string leak = leak_in(*into.redactor, *text, printable(case_file)); !leak.empty()) {
    return refused(leak);
  }
  auto parsed = diagnose::parse_case(*text, case_file);
  if (!parsed) return std::unexpected(parsed.error());
  if (auto plain = check_words(*parsed, case_file); !plain) return plain;
  into.the_case = *std::move(parsed);
  return {};
}

Result<void> BundleInputs::load_recordings_again(Loaded& into, std::int64_t now_us) const {
  bundle::Evidence& e = into.evidence;
  diagnose::Recording first;
  for (const std::string& path : after) {
    if (auto clean = check_source(path, *into.redactor); !clean) return clean;
    auto one = load_recordings({path});
    if (!one) return std::unexpected(one.error());
    if (auto done = add_source(path, diagnose::In::kAfter, one->interactions.size(), e.sources); !done) return done;
    std::ranges::move(one->interactions, std::back_inserter(first.interactions));
    first.gaps += one->gaps;
    std::ranges::move(one->refusals, std::back_inserter(first.refusals));
    // Of several files with different keys no pseudonyms compare.
    first.key = first.key.empty() || first.key == one->key ? one->key : "several";
  }
  std::optional<diagnose::Recording> second;
  if (!before.empty()) {
    if (auto clean = check_source(before, *into.redactor); !clean) return clean;
    auto loaded = load_recordings({before});
    if (!loaded) return std::unexpected(loaded.error());
    second = *std::move(loaded);
    if (auto done = add_source(before, diagnose::In::kBefore, second->interactions.size(), e.sources); !done) {
      return done;
    }
  }
  const auto home = app::open_home();
  if (!home) return std::unexpected(home.error());
  os::SystemEntropy entropy;
  const auto key = app::load_or_make_key(*home, entropy);
  if (!key) return std::unexpected(key.error());
  // The key is of this bundle alone: another time, case or recording gives another.
  std::string purpose = "bundle " + std::to_string(now_us) + " " + (into.the_case ? into.the_case->id : "");
  for (const bundle::Source& source : e.sources) purpose += " " + source.digest;
  const PseudonymKey fresh = derived_key(*key, purpose);
  into.key_fingerprint = app::fingerprint_of(fresh);
  e.id = into.key_fingerprint + bundle::sha256_hex(purpose).substr(0, 16);
  const Rekeyer rekeyer(fresh, into.redaction.profile.get());
  into.after = rekeyed(first, rekeyer);
  if (second) into.before = rekeyed(*second, rekeyer);
  return {};
}

Result<void> BundleInputs::load_attachments(Loaded& into) const {
  if (attach.size() > bundle::kMostAttachments) {
    return fail(ErrorCode::kUsage, fmt::format("--attach: at most {} files", bundle::kMostAttachments));
  }
  for (const std::string& path : attach) {
    const auto bytes = os::read_file(path, bundle::kLargestAttachment);
    if (!bytes) return std::unexpected(bytes.error());
    const std::string name = file_name(path);
    auto made = bundle::make_attachment(name, *bytes, unchecked);
    if (!made) return std::unexpected(made.error());
    // Of a text a token's look is enough; pixels may look like anything.
    for (const Leak& leak : into.redactor->leaks(made->bytes, "attachment " + printable(name))) {
      if (leak.known || made->is_text) return refused(printable(leak.place) + " holds " + leak.what);
    }
    if (!into.redactor->leaks(name, "name").empty()) return refused("the name of an attachment holds a known secret");
    if (into.the_case) {
      for (const auto& one : into.the_case->attachments) {
        if (one.file == name) made->caption = one.caption;
      }
    }
    made->name = bundle::distinct_name(made->name, into.evidence.attachments);
    into.evidence.attachments.push_back(*std::move(made));
  }
  return {};
}

Result<std::unique_ptr<BundleInputs::Loaded>> BundleInputs::load(std::int64_t now_us) const {
  auto out = std::make_unique<Loaded>();
  const auto config = app::load_config();
  if (!config) return std::unexpected(config.error());
  auto redaction = flags.load(*config);
  if (!redaction) return std::unexpected(redaction.error());
  out->redaction = *std::move(redaction);
  auto redactor = reading_redactor(flags);
  if (!redactor) return std::unexpected(redactor.error());
  out->redactor = *std::move(redactor);
  if (auto done = load_case(*out); !done) return std::unexpected(done.error());
  if (auto done = load_recordings_again(*out, now_us); !done) return std::unexpected(done.error());
  if (auto done = load_attachments(*out); !done) return std::unexpected(done.error());
  bundle::Evidence& e = out->evidence;
  const bool has_account = out->the_case && out->the_case->has_account;
  out->diagnosis = diagnose::diagnose(out->after, out->before ? &*out->before : nullptr, *out->redaction.profile,
                                      has_account ? &out->the_case->account : nullptr);
  e.after = &out->after;
  e.before = out->before ? &*out->before : nullptr;
  e.diagnosis = &out->diagnosis;
  e.profile = out->redaction.profile.get();
  e.the_case = out->the_case ? &*out->the_case : nullptr;
  e.now_us = now_us;
  if (e.the_case == nullptr) {
    out->notes.push_back("without --case the partner update is left out (cvr case init writes a case.toml to fill in)");
  }
  if (out->the_case) {
    for (const auto& one : out->the_case->attachments) {
      const auto same = [&](const std::string& path) { return file_name(path) == one.file; };
      if (std::ranges::none_of(attach, same)) {
        out->notes.push_back(printable(one.file) +
                             " is named in case.toml and not given by --attach: it does not go along");
      }
    }
  }
  return out;
}

}  // namespace cvr::commands
