#include "app/probing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <functional>

#include "app/build.h"
#include "app/dotenv.h"
#include "app/log.h"
#include "app/probe_world.h"
#include "base/escape.h"
#include "cvr/cassette.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/file.h"
#include "os/private_file.h"
#include "probe/report_text.h"
#include "probe/round_text.h"

namespace cvr::app {
namespace {

constexpr std::uint64_t kMostEnvironment = 1u << 20;
constexpr std::uint64_t kMostBody = 16u << 20;

Result<probe::Settings> read_settings(const std::string& file) {
  const auto text = os::read_file(file, kMostEnvironment);
  if (!text) return std::unexpected(text.error());
  return parse_dotenv(*text, file);
}

void say(const std::string& text) {
  std::fputs(text.c_str(), stdout);
  std::fflush(stdout);
}

// All that a probe needs, in the order in which it is made.
struct Probing {
  explicit Probing(ProbeOptions given) : options(std::move(given)) {}

  Result<void> open();
  Result<void> open_world(std::unique_ptr<engine::Recorder> recorder);
  Result<std::unique_ptr<engine::Recorder>> open_cassette(const Home& home);
  probe::Task task() const {
    return {options.plan, credentials, options.redaction.profile->diagnosis, {.write = options.write}};
  }
  void show(const probe::Row& row) const {
    if (!options.progress) return;
    std::fprintf(stderr, "%s: %s\n", row.step.c_str(), row.got.c_str());
  }
  Result<void> close();

  ProbeOptions options;
  os::SystemClock clock;
  os::SystemEntropy entropy;
  EndSignal end;
  probe::Credentials credentials;
  std::shared_ptr<const Redactor> redactor;
  std::unique_ptr<ProbeWorld> world;
};

Result<void> Probing::open() {
  RunOptions in_ci;
  in_ci.allow_record_in_ci = options.allow_record_in_ci;
  if (!may_record(in_ci)) {
    return fail(ErrorCode::kUsage, "CI is set, and this calls the real service; --allow-record-in-ci permits it");
  }
  const auto sources = credential_sources(options, os::current_environment());
  if (!sources) return std::unexpected(sources.error());
  auto read = probe::Credentials::read(options.plan, *sources);
  if (!read) return std::unexpected(read.error());
  credentials = *std::move(read);
  const auto home = open_home();
  if (!home) return std::unexpected(home.error());
  options.redaction.secrets = credentials.secrets();
  options.limits.accepted_body_bytes = kMostBody;
  auto built = build_redactor(*home, options.redaction, options.limits.recorded_body_bytes);
  if (!built) return std::unexpected(built.error());
  redactor = *std::move(built);
  if (const auto& proxy = options.upstream.proxy) {
    http::Request own;
    own.fields = {{"Proxy-Authorization", proxy->authorization}};
    redactor->learn(own);
  }
  if (!redactor->leaks(options.cassette.substr(options.cassette.rfind('/') + 1), "the cassette's name").empty()) {
    return fail(ErrorCode::kUsage, "the name of the cassette holds a known secret; choose another name");
  }
  auto recorder = open_cassette(*home);
  if (!recorder) return std::unexpected(recorder.error());
  return open_world(*std::move(recorder));
}

Result<std::unique_ptr<engine::Recorder>> Probing::open_cassette(const Home& home) {
  if (options.cassette.empty()) return nullptr;
  RunOptions record;
  record.cassettes = {options.cassette};
  record.overwrite = options.overwrite;
  std::vector<std::string> notes;
  auto recorder = open_recorder(record, match::rules_for(*options.redaction.profile), home, redactor, clock, notes);
  for (const std::string& note : notes) log(Level::kWarn, note);
  return recorder;
}

Result<void> Probing::open_world(std::unique_ptr<engine::Recorder> recorder) {
  net::CallerOptions calling{options.upstream, options.limits, [this] { return end.told(); }};
  auto caller = net::Caller::make(std::move(calling), clock);
  if (!caller) {
    if (recorder != nullptr) static_cast<void>(recorder->writer().discard());
    return std::unexpected(caller.error());
  }
  world = std::make_unique<ProbeWorld>(ProbeWorldParts{*std::move(caller), redactor, std::move(recorder), options.plan,
                                                       options.redaction.profile->diagnosis, clock, entropy, end,
                                                       [this](const probe::Row& row) { show(row); }});
  return {};
}

Result<void> Probing::close() {
  for (const std::string& warning : redactor->take_warnings()) log(Level::kWarn, warning);
  return world->close();
}

void begin(const ProbeOptions& options) {
  os::take_signals();
  if (options.upstream.insecure) log(Level::kWarn, "upstream certificates are not verified (--insecure-upstream)");
}

// What worked in a cassette of before.
Result<probe::Baseline> read_baseline(const std::string& path) {
  probe::Baseline out;
  if (path.empty()) return out;
  const auto reader = cassette::Reader::open(path);
  if (!reader) return std::unexpected(reader.error());
  for (std::uint64_t i = 0; i < (*reader)->size(); ++i) {
    const auto one = (*reader)->interaction(i);
    if (!one) return std::unexpected(one.error());
    out.add(**one);
  }
  out.known = !out.calls.empty();
  if (out.known) return out;
  return fail(ErrorCode::kUsage, "--before: no call works in " + printable(path) + "; give a recording of when it did");
}

}  // namespace

Result<std::vector<probe::Settings>> credential_sources(const ProbeOptions& options,
                                                        const os::Environment& environment) {
  std::vector<probe::Settings> out;
  for (auto file = options.env_files.rbegin(); file != options.env_files.rend(); ++file) {
    if (auto sound = os::check_private_file(*file); !sound) return std::unexpected(sound.error());
    auto settings = read_settings(*file);
    if (!settings) return std::unexpected(settings.error());
    out.push_back(*std::move(settings));
  }
  out.push_back(environment);
  for (const std::string& file : options.redaction.secrets_files) {
    auto settings = read_settings(file);
    if (!settings) return std::unexpected(settings.error());
    out.push_back(*std::move(settings));
  }
  return out;
}

Result<int> run_probe(ProbeOptions options) {
  begin(options);
  Probing probing(std::move(options));
  if (auto opened = probing.open(); !opened) return std::unexpected(opened.error());
  const probe::Task task = probing.task();
  const probe::Report report = probe::run(task, *probing.world);
  const ProbeOptions& asked = probing.options;
  say(asked.json ? probe::to_json(report, asked.plan) : probe::to_text(report, {.colour = asked.colour}));
  if (auto closed = probing.close(); !closed) return std::unexpected(closed.error());
  return report.passed() ? 0 : 1;
}

Result<int> run_watch(ProbeOptions options, const WatchCommand& command) {
  auto baseline = read_baseline(command.before);
  if (!baseline) return std::unexpected(baseline.error());
  probe::WatchOptions watching = command.options;
  watching.before = *std::move(baseline);
  begin(options);
  Probing probing(std::move(options));
  if (auto opened = probing.open(); !opened) return std::unexpected(opened.error());
  const ProbeOptions& asked = probing.options;
  // It would wait for ever.
  if (const std::string why = probe::why_no_method(asked.plan, probing.credentials); !why.empty()) {
    static_cast<void>(probing.close());
    return fail(ErrorCode::kUsage, "no way to authenticate is configured; " + why);
  }
  if (!asked.quiet) {
    std::fprintf(stderr, "cvr watch: every %lld s, jitter of seed %llu\n",
                 static_cast<long long>(command.options.interval_s),
                 static_cast<unsigned long long>(command.options.seed));
  }
  const probe::Task task = probing.task();
  const bool back = probe::watch(task, watching, *probing.world, [&](const probe::Round& round) {
    const std::int64_t now = probing.clock.utc_us();
    say(asked.json ? probe::to_json(round, now, asked.plan) : probe::to_text(round, now, {.colour = asked.colour}));
  });
  if (auto closed = probing.close(); !closed) return std::unexpected(closed.error());
  if (!back) return 1;
  return command.child.empty() ? Result<int>(0) : os::run_to_end(command.child, os::current_environment());
}

}  // namespace cvr::app
