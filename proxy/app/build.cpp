#include "app/build.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "app/cassette_file.h"
#include "app/dotenv.h"
#include "app/session_files.h"
#include "app/upstream_options.h"
#include "cvr/version.h"
#include "engine/hints.h"
#include "os/entropy.h"
#include "profiles/profile.h"

namespace cvr::app {
namespace {

constexpr std::size_t kSecretsOfSessions = 400'000;  // all of a process share one ledger

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

Result<void> check_ci(const RunOptions& options, const engine::ModeFacts& mode) {
  // `once` is decided for each session when it begins.
  const bool each = options.by_user && options.cassettes.empty() && options.mode == engine::Mode::kOnce;
  if (may_record(options) || !mode.records || each) return {};
  return fail(ErrorCode::kUsage, "mode " + std::string(engine::facts_of(options.mode).word) +
                                     " would record, and CI is set; use `cvr replay`, or --allow-record-in-ci");
}

// Those of CVR's own, on the way to the upstream and at its control API: an upstream may echo them.
http::Request own_credentials(const ProxyOptions& options) {
  http::Request out;
  if (options.upstream.proxy) out.fields.push_back({"Proxy-Authorization", options.upstream.proxy->authorization});
  out.fields.push_back({"X-CVR-Token", options.control_token});
  return out;
}

Result<void> check_name(const RunOptions& options, const Redactor& redactor) {
  for (const std::string& path : options.cassettes) {
    // The file's own name: what directories are called is not ours to judge.
    if (!redactor.leaks(path.substr(path.rfind('/') + 1), "the cassette's name").empty()) {
      return fail(ErrorCode::kUsage, "the name of a cassette holds a known secret; choose another name");
    }
  }
  return {};
}

}  // namespace

// Some services set CI=1 or the like.
bool is_ci(std::string_view value) {
  constexpr std::string_view kNot[] = {"", "0", "false", "no"};
  return std::ranges::none_of(kNot, [&](std::string_view word) { return http::equals_ignoring_case(value, word); });
}

// Nobody is to wonder what a start takes so long for.
std::optional<std::string> slow_start(std::uint64_t read, const std::string& path, const match::MatchRules& rules) {
  constexpr std::uint64_t kMany = 50'000;  // some 0.2 s
  if (read < kMany) return std::nullopt;
  const bool by_rule = !match::keeps_routes(rules);
  return path + ": " + std::to_string(read) + " interactions had to be read before the first answer, since " +
         (by_rule ? "a rule of [match] is on method, host or path"
                  : "an older cvr recorded them, or in short sessions") +
         "; one that opens at once: cvr migrate " + path + " -o NEW";
}

// Recording must never happen by accident where tests run (CONTRACT "The proxy").
bool may_record(const RunOptions& options) {
  const char* ci = std::getenv("CI");
  return options.allow_record_in_ci || ci == nullptr || !is_ci(ci);
}

Result<std::unique_ptr<engine::Player>> open_player(const RunOptions& options, const match::MatchRules& rules,
                                                    const engine::ModeFacts& mode, std::vector<std::string>& notes) {
  std::vector<std::unique_ptr<cassette::Reader>> readers;
  for (const std::string& path : options.cassettes) {
    if (mode.records && !exists(path)) continue;  // new_episodes begins with nothing
    auto reader = cassette::Reader::open(path, check_for(path));
    if (!reader) return std::unexpected(reader.error());
    if ((*reader)->health() == cassette::Health::kDamaged) {
      return fail(ErrorCode::kDamaged, path + " is damaged (" + (*reader)->damage() + "); see: cvr repair " + path);
    }
    if (!(*reader)->damage().empty()) notes.push_back(path + ": " + (*reader)->damage());
    if (auto note = other_redaction(path, (*reader)->header().redaction, options.redaction)) {
      notes.push_back(std::move(*note));
    }
    readers.push_back(std::move(*reader));
  }
  auto player = std::make_unique<engine::Player>(std::move(readers), rules, options.on_end, options.stateful);
  const std::string first = options.cassettes.empty() ? "" : options.cassettes.front();
  if (auto note = slow_start(player->read_at_start(), first, rules)) notes.push_back(std::move(*note));
  return player;
}

Result<std::unique_ptr<engine::Recorder>> open_recorder(const RunOptions& options, const match::MatchRules& rules,
                                                        const Home& home, std::shared_ptr<const Redactor> redactor,
                                                        const Clock& clock, std::vector<std::string>& notes) {
  os::SystemEntropy entropy;
  const auto key = load_or_make_key(home, entropy);
  if (!key) return std::unexpected(key.error());
  cassette::WriterOptions writer_options;
  writer_options.overwrite = options.overwrite;
  writer_options.keep_replaced = true;  // a start that fails leaves everything as it was
  writer_options.durable = options.durable;
  writer_options.max_bytes = options.max_cassette_bytes;
  engine::write_hints(writer_options);
  writer_options.header.tool = kToolVersion;
  writer_options.header.created_utc_us = clock.utc_us();
  writer_options.header.key_fingerprint = fingerprint_of(*key);
  writer_options.header.redaction = label_of(options.redaction);
  cassette::OpenReport report;
  const std::string& path = options.cassettes.front();
  // "cassettes/x.cvr" in a project that has no such folder yet.
  std::error_code not_made;
  const auto folder = std::filesystem::path(path).parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder, not_made);
  if (not_made) return fail(ErrorCode::kEnvironment, "can not make " + folder.string() + ": " + not_made.message());
  auto writer = cassette::Writer::open(path, writer_options, &report);
  if (!writer) return std::unexpected(writer.error());
  if (report.torn_bytes_cut > 0) {
    notes.push_back(path + ": a torn tail of " + std::to_string(report.torn_bytes_cut) + " bytes was cut");
  }
  auto out = std::make_unique<engine::Recorder>(std::move(redactor), rules, std::move(*writer));
  out->on_record(options.on_record);
  return out;
}

Result<std::shared_ptr<const Redactor>> build_redactor(const Home& home, const Redaction& redaction,
                                                       std::uint64_t body_limit_bytes, std::size_t ledger_values) {
  os::SystemEntropy entropy;
  auto key = load_or_make_key(home, entropy);
  if (!key) return std::unexpected(key.error());
  auto secrets = secrets_of(redaction);
  if (!secrets) return std::unexpected(secrets.error());
  RedactorOptions options;
  options.profile = redaction.profile.get();
  options.privacy = redaction.privacy;
  options.key = *key;
  options.body_limit_bytes = body_limit_bytes;
  options.ledger_values = ledger_values;
  options.secrets = *std::move(secrets);
  // The profile must live as long as the redactor.
  struct Owner {
    Owner(std::shared_ptr<const profiles::Profile> with, RedactorOptions with_options)
        : profile(std::move(with)), redactor(std::move(with_options)) {}
    std::shared_ptr<const profiles::Profile> profile;
    Redactor redactor;
  };
  const auto owner = std::make_shared<Owner>(redaction.profile, std::move(options));
  return std::shared_ptr<const Redactor>(owner, &owner->redactor);
}

std::shared_ptr<const Redactor> beside(const std::shared_ptr<const Redactor>& first) {
  struct Owner {
    std::shared_ptr<const Redactor> first;
    std::unique_ptr<const Redactor> redactor;
  };
  const auto owner = std::make_shared<Owner>(first, first->beside());
  return std::shared_ptr<const Redactor>(owner, owner->redactor.get());
}

namespace {

// The session of -c.  Without one, `proxy` passes what names no session through only when asked to.
Result<void> open_unnamed(const RunOptions& options, engine::Mode mode, const Clock& clock, Built& built) {
  if (options.cassettes.empty() && mode != engine::Mode::kPassthrough) return {};
  const match::MatchRules& rules = options.match;
  const engine::ModeFacts& facts = engine::facts_of(mode);
  engine::SessionParts parts;
  parts.name = options.by_user ? engine::kUnnamedSession : engine::kDefaultSession;
  if (!options.cassettes.empty()) parts.cassette = options.cassettes.front();
  parts.mode = mode;
  parts.asked = options.mode;
  parts.redactor = options.by_user ? beside(built.redactor) : built.redactor;
  add_replay_parts(options.replay, *options.redaction.profile, clock, parts);
  if (facts.looks_up) {
    auto player = open_player(options, rules, facts, built.notes);
    if (!player) return std::unexpected(player.error());
    parts.player = std::move(*player);
  }
  if (facts.records) {
    auto recorder = open_recorder(options, rules, built.home, parts.redactor, clock, built.notes);
    if (!recorder) return std::unexpected(recorder.error());
    parts.recorder = std::move(*recorder);
  }
  built.session = std::make_shared<engine::Session>(std::move(parts));
  return {};
}

}  // namespace

Result<Built> build(RunOptions& options, const Clock& clock) {
  Built built;
  const profiles::Profile& profile = *options.redaction.profile;
  if (options.proxy.hosts.empty()) options.proxy.hosts = profile.hosts;
  if (options.proxy.reverse) options.proxy.hosts.push_back(options.proxy.reverse->upstream.host);
  const std::string first = options.cassettes.empty() ? "" : options.cassettes.front();
  const bool is_new = !exists(first) || options.overwrite || holds_nothing(first);
  const engine::Mode mode = engine::resolve(options.mode, !is_new);
  const engine::ModeFacts& facts = engine::facts_of(mode);
  if (auto allowed = check_ci(options, facts); !allowed) return std::unexpected(allowed.error());
  if (auto sound = check(options.replay, options.mode); !sound) return std::unexpected(sound.error());
  if (options.cassettes.size() > 1 && facts.records) {
    return fail(ErrorCode::kUsage, "recording takes one -c FILE; several are for replay");
  }
  if (options.cassettes.empty() && !options.by_user && (facts.records || facts.looks_up)) {
    return fail(ErrorCode::kUsage, "-c FILE is needed: the cassette to record to or to replay");
  }
  auto home = open_home();
  if (!home) return std::unexpected(home.error());
  built.home = *home;
  auto redactor = build_redactor(*home, options.redaction, options.proxy.limits.recorded_body_bytes,
                                 options.by_user ? kSecretsOfSessions : RedactorOptions{}.ledger_values);
  if (!redactor) return std::unexpected(redactor.error());
  built.redactor = std::move(*redactor);
  built.weak = weak_secrets(options.redaction.secrets_files);
  static_cast<void>(built.redactor->take_warnings());  // these, without their names
  built.redactor->learn(own_credentials(options.proxy));
  if (auto sound = check_name(options, *built.redactor); !sound) return std::unexpected(sound.error());
  // A CA that a first run with --host makes serves later runs without it, too.
  std::vector<std::string> vouched_for = options.proxy.hosts;
  if (!exists(home->directory + "/ca.pem")) {
    vouched_for.insert(vouched_for.end(), profile.hosts.begin(), profile.hosts.end());
  }
  auto authority = certs::Authority::open(home->directory, vouched_for, clock);
  if (!authority) return std::unexpected(authority.error());
  built.authority = std::move(*authority);

  built.files = std::make_shared<SessionFiles>(options, built.home, built.redactor, clock);
  if (auto opened = open_unnamed(options, mode, clock, built); !opened) return std::unexpected(opened.error());
  if (options.by_user && options.proxy.reverse && built.session == nullptr) {
    built.notes.emplace_back(
        "plain clients of --reverse name no session and get 407; -c FILE is for them, or they send the name with "
        "Proxy-Authorization");
  }
  const auto unused = unused_proxy(os::current_environment(), options.proxy.hosts);
  if (unused && facts.forwards && !options.proxy.upstream.proxy) built.notes.push_back(*unused);
  engine::SessionsOptions all;
  all.by_user = options.by_user;
  all.forwards = options.by_user || facts.forwards;
  all.maker = built.files;
  all.redactor = built.redactor;
  built.sessions = std::make_shared<engine::Sessions>(built.session, std::move(all));
  return built;
}

}  // namespace cvr::app
