#include "commands/reading.h"

#include <fmt/format.h>

#include <cstdio>

#include "app/build.h"
#include "app/config.h"
#include "app/dotenv.h"
#include "app/home.h"
#include "base/escape.h"

namespace cvr::commands {
namespace {

constexpr std::uint64_t kProgressStep = 512;

void warn(const cli::Globals& globals, const std::string& text) {
  if (globals.verbosity >= 0) fmt::print(stderr, "cvr: warning: {}\n", text);
}

}  // namespace

Result<Opened> open_for_reading(const std::string& path, const cli::Globals& globals, cassette::Check check) {
  auto reader = cassette::Reader::open(path, check);
  if (!reader) return std::unexpected(reader.error());
  Opened out{std::move(*reader)};
  const std::string name = printable(path);
  const std::string damage = printable(out.reader->damage());
  if (out.reader->health() == cassette::Health::kTorn) {
    warn(globals, fmt::format("{}: torn tail: {} (cvr repair {} cuts it)", name, damage, name));
  } else if (out.reader->health() == cassette::Health::kDamaged) {
    warn(globals,
         fmt::format("{} is damaged: {}; what stands before is shown (see: cvr repair {})", name, damage, name));
    out.status = 1;
  } else if (!damage.empty()) {
    warn(globals, fmt::format("{}: {}", name, damage));
  }
  return out;
}

void warn_without_seal(const Opened& opened, const std::string& path, const cli::Globals& globals) {
  if (opened.reader->health() == cassette::Health::kSealed) return;
  warn(globals, fmt::format("{0} carries no seal: a secret that became known late may stand in it (cvr repair {0} "
                            "--secrets FILE replaces what FILE holds)",
                            printable(path)));
}

int visit(const Opened& opened, const cli::Globals& globals, const Visitor& visitor) {
  const cassette::Reader& reader = *opened.reader;
  const std::vector<cassette::Gap>& gaps = reader.gaps();
  const std::vector<cassette::Refusal>& refusals = reader.refusals();
  std::size_t gap = 0, refusal = 0;
  int status = opened.status;
  for (std::uint64_t i = 0; i < reader.size(); ++i) {
    while (gap < gaps.size() && gaps[gap].at_utc_us < reader.started_utc_us(i)) visitor.gap(gaps[gap++]);
    while (refusal < refusals.size() && refusals[refusal].after <= i) visitor.refusal(refusals[refusal++]);
    const auto interaction = reader.interaction(i);
    if (!interaction) {
      warn(globals, fmt::format("#{} can not be read: {}; what stands before is shown (see: cvr verify {})", i + 1,
                                printable(interaction.error().text), printable(reader.name())));
      return 1;
    }
    visitor.interaction(i + 1, *interaction);
  }
  while (gap < gaps.size()) visitor.gap(gaps[gap++]);
  while (refusal < refusals.size()) visitor.refusal(refusals[refusal++]);
  return status;
}

std::string refusal_text(const cassette::Refusal& refusal) {
  const std::string reason = printable(refusal.reason);
  if (refusal.kind == cassette::kRefusedByGate) return "CVR refused a message: " + reason;
  if (refusal.kind == cassette::kRefusedCertificate) return "a client refused CVR's certificate: " + reason;
  if (refusal.kind == cassette::kLeftHandshake) return "a client left within TLS: " + reason;
  return "a client was not heard (" + printable(refusal.kind) + "): " + reason;
}

Result<std::uint64_t> parse_number(const std::string& text, std::uint64_t size) {
  std::uint64_t n = 0;
  const bool digits = !text.empty() && text.size() < 19 && text.find_first_not_of("0123456789") == text.npos;
  for (const char c : text) n = digits ? n * 10 + static_cast<std::uint64_t>(c - '0') : 0;
  if (n >= 1 && n <= size) return n;
  const std::string held = size == 0 ? "none" : size == 1 ? "number 1" : fmt::format("1 to {}", size);
  return fail(ErrorCode::kUsage,
              fmt::format("there is no interaction {}; the cassette holds {}", printable(shortened(text, 40)), held));
}

Result<std::shared_ptr<const Redactor>> reading_redactor(const RedactionFlags& flags) {
  const auto config = app::load_config();
  if (!config) return std::unexpected(config.error());
  const auto redaction = flags.load(*config);
  if (!redaction) return std::unexpected(redaction.error());
  auto home = app::open_home();
  if (!home) return std::unexpected(home.error());
  auto redactor = app::build_redactor(*home, *redaction, kReadingBodyLimit);
  if (!redactor) return redactor;
  // A value that is too short or too common to look for was not looked for: "no leak found" must not hide that.
  static_cast<void>((*redactor)->take_warnings());  // these, without their names
  for (const std::string& weak : app::weak_secrets(redaction->secrets_files)) {
    fmt::print(stderr, "cvr: warning: {}\n", printable(weak));
  }
  return redactor;
}

std::string file_name(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

Progress::Progress(std::string verb, std::uint64_t total, const cli::Globals& globals)
    : verb_(std::move(verb)),
      total_(total),
      step_(kProgressStep),
      wanted_(globals.verbosity >= 0 && cli::stderr_shows_progress()) {}

Progress::~Progress() {
  if (shown_) fmt::print(stderr, "\r\x1b[K");
}

void Progress::at(std::uint64_t n) {
  if (!wanted_ || n % step_ != 0) return;
  if (total_ == 0) {
    fmt::print(stderr, "\r{} {}", verb_, n);
  } else {
    fmt::print(stderr, "\r{} {} of {}", verb_, n, total_);
  }
  shown_ = true;
}

}  // namespace cvr::commands
