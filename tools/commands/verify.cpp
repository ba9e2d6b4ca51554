// cvr verify: structure, checksums, seal; and a scan for leaks.  Findings name record and place,
// never a value.
#include <algorithm>

#include "base/escape.h"
#include "base/json_writer.h"
#include "commands/commands.h"
#include "commands/reading.h"
#include "engine/seal_check.h"
#include "exporters/common.h"

namespace cvr::commands {
namespace {

struct Found {
  std::uint64_t n;  // 0: the file itself
  Leak leak;
};

struct Unreadable {
  std::uint64_t n;
  std::string why;
};

struct Findings {
  std::vector<Found> leaks;
  std::vector<Unreadable> unreadable;
  std::uint64_t insecure = 0;  // recorded with --insecure-upstream
  bool in_words = false;       // a leak stands in a gap, a refusal or the header: none of their words are shown

  std::string_view shown(std::string_view words) const { return in_words ? "..." : words; }
};

// Whatever is no interaction.
void examine_outside(const cassette::Reader& reader, const Redactor& redactor, Findings& out) {
  for (engine::SealFinding& found : engine::leaks_outside(reader, redactor)) {
    using In = engine::SealFinding::In;
    out.in_words |= found.in == In::kWords || found.in == In::kHeader;
    out.leaks.push_back({0, std::move(found.leak)});
  }
}

class Verify : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("FILE", file_, "the cassette");
    flags_.declare(options, RedactionFlags::With::kNoPrivacy,
                   "dotenv file: none of its values may stand in the cassette, repeatable");
    options.flag("--json", json_, "as JSON");
  }
  Result<int> run(const cli::Globals& globals) override;

 private:
  Findings examine(const cassette::Reader& reader, const Redactor& redactor, const cli::Globals& globals) const;
  std::string text(const cassette::Reader& reader, const Findings& findings) const;
  std::string json(const cassette::Reader& reader, const Findings& findings) const;
  std::string file_;
  RedactionFlags flags_;
  bool json_ = false;
};

Findings Verify::examine(const cassette::Reader& reader, const Redactor& redactor, const cli::Globals& globals) const {
  Findings out;
  for (Leak& leak : redactor.leaks(file_name(file_), "the cassette's name")) out.leaks.push_back({0, std::move(leak)});
  examine_outside(reader, redactor, out);
  Progress progress("verifying", reader.size(), globals);
  for (std::uint64_t i = 0; i < reader.size(); ++i) {
    progress.at(i);
    const auto interaction = reader.interaction(i);
    if (!interaction) {
      out.unreadable.push_back({i + 1, interaction.error().text});
      continue;
    }
    const RedactedParts& parts = **interaction;
    for (Leak& leak : engine::leaks_of(reader, i, parts, redactor)) out.leaks.push_back({i + 1, std::move(leak)});
    if (std::find(parts.flags.begin(), parts.flags.end(), kFlagInsecureUpstream) != parts.flags.end()) ++out.insecure;
  }
  return out;
}

std::string Verify::text(const cassette::Reader& reader, const Findings& findings) const {
  std::string out = printable(file_) + ": " + std::string(to_string(reader.health())) + ", " +
                    std::to_string(reader.size()) + " interactions";
  if (!reader.damage().empty()) out += ", " + printable(reader.damage());
  out += "\n";
  for (const Unreadable& record : findings.unreadable) {
    out += "damage: #" + std::to_string(record.n) + " can not be read: " + printable(record.why) + "\n";
  }
  for (const cassette::Gap& gap : reader.gaps()) {
    out += "gap: " + exporters::utc_text(gap.at_utc_us) + " " + std::to_string(gap.lost) +
           " not recorded: " + printable(findings.shown(gap.reason)) + "\n";
  }
  for (const cassette::Refusal& refusal : reader.refusals()) {
    out += "not heard: " + exporters::utc_text(refusal.at_utc_us) + " ";
    out += findings.in_words ? "..." : refusal_text(refusal);
    out += refusal.host.empty() ? "\n" : " (" + printable(findings.shown(refusal.host)) + ")\n";
  }
  if (findings.insecure > 0) {
    out += std::string(kFlagInsecureUpstream) + ": " + std::to_string(findings.insecure) +
           " interactions were recorded without verifying the upstream\n";
  }
  for (const Found& found : findings.leaks) {
    out += "leak: " + (found.n == 0 ? std::string() : "#" + std::to_string(found.n) + " ") +
           printable(found.leak.place) + ": " + found.leak.what + "\n";
  }
  if (!findings.leaks.empty()) return out;
  const bool whole = reader.health() != cassette::Health::kDamaged && findings.unreadable.empty();
  if (whole) return out + "no leak found\n";
  return out + "no leak found in the " + std::to_string(reader.size() - findings.unreadable.size()) +
         " interactions that can be read; the rest was not looked at\n";
}

std::string Verify::json(const cassette::Reader& reader, const Findings& findings) const {
  json::Writer w;
  w.begin_object()
      .member("file", file_)
      .member("version", reader.header().version)
      .member("tool", findings.shown(reader.header().tool));
  w.member("health", to_string(reader.health())).member("interactions", reader.size());
  w.member("damage", reader.damage()).key("unreadable").begin_array();
  for (const Unreadable& record : findings.unreadable) {
    w.begin_object().member("n", record.n).member("why", record.why).end_object();
  }
  w.end_array().key("gaps").begin_array();
  for (const cassette::Gap& gap : reader.gaps()) {
    w.begin_object().member("time", exporters::utc_text(gap.at_utc_us)).member("lost", gap.lost);
    w.member("reason", findings.shown(gap.reason)).end_object();
  }
  w.end_array().key("refused").begin_array();
  for (const cassette::Refusal& refusal : reader.refusals()) {
    w.begin_object()
        .member("time", exporters::utc_text(refusal.at_utc_us))
        .member("kind", findings.shown(refusal.kind));
    w.member("host", findings.shown(refusal.host)).member("reason", findings.shown(refusal.reason)).end_object();
  }
  w.end_array().member(kFlagInsecureUpstream, findings.insecure).key("leaks").begin_array();
  for (const Found& found : findings.leaks) {
    w.begin_object()
        .member("n", found.n)
        .member("place", found.leak.place)
        .member("what", found.leak.what)
        .end_object();
  }
  w.end_array().end_object();
  return w.take() + "\n";
}

Result<int> Verify::run(const cli::Globals& globals) {
  const auto reader = cassette::Reader::open(file_, cassette::Check::kFull);
  if (!reader) return std::unexpected(reader.error());
  const auto redactor = reading_redactor(flags_);
  if (!redactor) return std::unexpected(redactor.error());
  const Findings findings = examine(**reader, **redactor, globals);
  cli::print(json_ ? json(**reader, findings) : text(**reader, findings));
  const cassette::Health health = (*reader)->health();
  const bool whole = health == cassette::Health::kSealed || health == cassette::Health::kUnsealed;
  return whole && findings.unreadable.empty() && findings.leaks.empty() ? 0 : 1;
}

}  // namespace

std::unique_ptr<cli::Command> make_verify() { return std::make_unique<Verify>(); }

}  // namespace cvr::commands
