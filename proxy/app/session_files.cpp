#include "app/session_files.h"

#include "app/cassette_file.h"
#include "engine/catch_up.h"
#include "os/file.h"

namespace cvr::app {
namespace {

constexpr std::string_view kExtension = ".cvr";

}  // namespace

// What a mode comes to with the files that are there.
struct SessionFiles::Plan {
  RunOptions options;  // with the session's cassettes
  engine::Mode mode;   // resolved
  engine::Mode asked;
  std::string absence;
};

// NAME or NAME.cvr, never a path: what another name would lead to is not the client's to choose (SAFETY T09).
Result<std::string> SessionFiles::path_of(const std::string& cassette) const {
  std::string stem = cassette;
  if (stem.ends_with(kExtension)) stem.resize(stem.size() - kExtension.size());
  if (!engine::is_session_name(stem)) {
    return fail(ErrorCode::kMalformed, "the cassette is the name of one in " + options_.directory +
                                           ": [a-z0-9][a-z0-9._-]{0,99}, with or without .cvr");
  }
  return options_.directory + "/" + stem + std::string(kExtension);
}

bool SessionFiles::begins_anew(const std::string& path, engine::Mode mode) {
  if (!options_.overwrite || !engine::facts_of(mode).records) return false;
  const std::lock_guard lock(mutex_);
  return overwritten_.insert(path).second;
}

Result<SessionFiles::Plan> SessionFiles::plan(std::vector<std::string> cassettes, engine::Mode mode) {
  Plan out{options_, mode, mode, {}};
  out.options.cassettes = std::move(cassettes);
  const bool named = !out.options.cassettes.empty();
  const std::string path = named ? out.options.cassettes.front() : "";
  const bool present = named && is_there(path);
  out.options.overwrite = named && begins_anew(path, mode);
  const bool is_new = !present || out.options.overwrite || holds_nothing(path);
  out.mode = engine::resolve(mode, !is_new);
  if (engine::facts_of(out.mode).records && !may_record(options_)) {
    if (mode != engine::Mode::kOnce) {
      return fail(ErrorCode::kRefused, "mode " + std::string(to_string(mode)) +
                                           " would record, and CI is set; --allow-record-in-ci allows it");
    }
    out.mode = engine::Mode::kNone;
    out.absence = "the cassette " + path + (present ? " is empty" : " does not exist") +
                  ", and CI is set: it is not recorded here";
  } else if (out.mode == engine::Mode::kNone && !present) {
    out.absence = "the cassette " + path + " does not exist";
  }
  const engine::ModeFacts& facts = engine::facts_of(out.mode);
  if (!named && (facts.records || facts.looks_up)) return fail(ErrorCode::kUsage, "the session has no cassette (-c)");
  if (facts.records && out.options.cassettes.size() > 1) {
    return fail(ErrorCode::kUsage, "the session plays several cassettes, and can record to none of them");
  }
  if (!out.absence.empty()) out.options.cassettes.clear();
  return out;
}

Result<engine::SessionParts> SessionFiles::carry_out(const Plan& plan, std::shared_ptr<const Redactor> redactor) {
  const engine::ModeFacts& facts = engine::facts_of(plan.mode);
  const match::MatchRules& rules = options_.match;
  std::vector<std::string> notes;
  engine::SessionParts parts;
  parts.mode = plan.mode;
  parts.asked = plan.asked;
  parts.absence = plan.absence;
  parts.redactor = std::move(redactor);
  add_replay_parts(options_.replay, *options_.redaction.profile, clock_, parts);
  if (facts.looks_up) {
    auto player = open_player(plan.options, rules, facts, notes);
    if (!player) return std::unexpected(player.error());
    parts.player = std::move(*player);
  }
  if (facts.records) {
    auto recorder = open_recorder(plan.options, rules, home_, parts.redactor, clock_, notes);
    if (!recorder) return std::unexpected(recorder.error());
    parts.recorder = std::move(*recorder);
  }
  for (const std::string& note : notes) {
    if (on_note_) on_note_(note);
  }
  return parts;
}

Result<std::shared_ptr<engine::Session>> SessionFiles::open(const std::string& name, const engine::Wish& wish) {
  auto path = path_of(wish.cassette.empty() ? name : wish.cassette);
  if (!path) return std::unexpected(path.error());
  auto planned = plan({*path}, wish.mode.value_or(options_.mode));
  if (!planned) return std::unexpected(planned.error());
  for (const std::string& text : {name, wish.cassette}) {
    if (!redactor_->leaks(text, "the session's name").empty())
      return fail(ErrorCode::kMalformed, "the name of the session or its cassette holds a known secret");
  }
  if (engine::facts_of(planned->mode).records) {
    if (auto made = os::make_private_directory(options_.directory); !made) return std::unexpected(made.error());
  }
  auto parts = carry_out(*planned, beside(redactor_));
  if (!parts) return std::unexpected(parts.error());
  parts->name = name;
  parts->cassette = *path;
  auto session = std::make_shared<engine::Session>(std::move(*parts));
  session->on_miss([this, name](const match::MissReport& report) {
    if (on_miss_) on_miss_(name, report);
  });
  const auto tell = [this, name](const std::string& text) {
    if (on_note_) on_note_("session " + name + ": " + text);
  };
  session->on_stale(tell);
  session->on_warning(tell);
  return session;
}

// The player goes on from where it stands.  When the session has recorded more since it was opened, another one
// that knows of that takes its place.
Result<std::shared_ptr<engine::Player>> SessionFiles::go_on_playing(const engine::Setup& now, const Plan& plan,
                                                                    std::vector<std::string>& notes) {
  const bool has_grown =
      now.player != nullptr && now.recorder != nullptr && now.recorder->writer().count() > now.player->size();
  if (now.player != nullptr && !has_grown && now.absence == plan.absence) return now.player;
  auto player = open_player(plan.options, options_.match, engine::facts_of(plan.mode), notes);
  if (!player) return std::unexpected(player.error());
  if (has_grown) {
    const auto cassette = cassette::Reader::open(plan.options.cassettes.front());
    if (cassette) engine::catch_up(*now.player, **player, **cassette);
  }
  return std::shared_ptr<engine::Player>(std::move(*player));
}

Result<engine::Setup> SessionFiles::prepare(const engine::Session& session, engine::Mode mode) {
  const bool is_unnamed = session.name() == (options_.by_user ? engine::kUnnamedSession : engine::kDefaultSession);
  std::vector<std::string> cassettes = is_unnamed ? options_.cassettes : std::vector<std::string>{};
  if (cassettes.empty() && !session.cassette().empty()) cassettes = {session.cassette()};
  auto planned = plan(std::move(cassettes), mode);
  if (!planned) return std::unexpected(planned.error());
  const engine::Setup& now = session.now();
  // The session has begun already; what it has recorded stays, and its recorder is open still.
  planned->options.overwrite = false;
  const bool is_own = now.recorder != nullptr && now.recorder->began_cassette();
  if (mode == engine::Mode::kOnce && is_own) planned->mode = engine::Mode::kAll;
  const engine::ModeFacts& facts = engine::facts_of(planned->mode);
  engine::Setup setup{planned->mode, nullptr, now.recorder, planned->absence, mode};
  std::vector<std::string> notes;
  if (facts.looks_up) {
    auto player = go_on_playing(now, *planned, notes);
    if (!player) return std::unexpected(player.error());
    setup.player = std::move(*player);
  }
  if (facts.records && setup.recorder == nullptr) {
    if (auto made = os::make_private_directory(options_.directory); !made) return std::unexpected(made.error());
    auto recorder = open_recorder(planned->options, options_.match, home_, session.redactor(), clock_, notes);
    if (!recorder) return std::unexpected(recorder.error());
    setup.recorder = std::move(*recorder);
  }
  return setup;
}

bool SessionFiles::agrees(const engine::Session& session, const engine::Wish& wish) const {
  if (wish.cassette.empty()) return true;
  const auto path = path_of(wish.cassette);
  return path && *path == session.cassette();
}

}  // namespace cvr::app
