// cvr record, cvr replay, cvr run, cvr proxy: the proxy, by mode.
#include "app/config.h"
#include "app/log.h"
#include "app/run.h"
#include "app/unknown_variables.h"
#include "commands/commands.h"
#include "commands/proxy_options.h"

namespace cvr::commands {
namespace {

void begin_log(const cli::Globals& globals) {
  app::set_up_log(globals.verbosity, globals.log_json);
  for (const std::string& line : app::unknown_variables(os::current_environment())) app::log(app::Level::kWarn, line);
}

class ProxyCommand : public cli::Command {
 public:
  explicit ProxyCommand(engine::Mode mode) : mode_(mode) {}
  void declare(cli::Options& options) override { flags_.declare(options); }
  Result<int> run(const cli::Globals& globals) override {
    begin_log(globals);
    auto options = flags_.to_run_options(globals);
    if (!options) return std::unexpected(options.error());
    options->mode = mode_;
    // Those of cvr.toml wait for a replay.
    if (flags_.has_faults() && !engine::facts_of(mode_).looks_up) {
      return fail(ErrorCode::kUsage,
                  "--fault is for replay: cvr replay, or a mode that replays: once, new_episodes, none");
    }
    return app::run(std::move(*options));
  }

 protected:
  engine::Mode mode_;
  ProxyFlags flags_;
};

// From the option, cvr.toml or CVR_MODE.
Result<engine::Mode> parse_mode(std::string word) {
  const auto config = app::load_config();
  if (!config) return std::unexpected(config.error());
  if (const auto* given = app::values_of(*config, "mode"); given != nullptr && word.empty()) word = given->front();
  const auto mode = engine::mode_from(word.empty() ? "once" : word);
  if (mode) return *mode;
  return fail(ErrorCode::kUsage, "--mode " + word + " is unknown; once, new_episodes, none, all or passthrough");
}

class RunCommand : public ProxyCommand {
 public:
  RunCommand() : ProxyCommand(engine::Mode::kOnce) {}
  void declare(cli::Options& options) override {
    options.text("--mode", word_, "once, new_episodes, none, all or passthrough (default once)");
    ProxyCommand::declare(options);
  }
  Result<int> run(const cli::Globals& globals) override {
    const auto mode = parse_mode(word_);
    if (!mode) return std::unexpected(mode.error());
    if (!globals.has_child)
      return fail(ErrorCode::kUsage, "a command is needed: cvr run --mode MODE -c FILE -- CMD ARG...");
    mode_ = *mode;
    return ProxyCommand::run(globals);
  }

 private:
  std::string word_;
};

// Long-lived; proxy user names open sessions (CONTRACT "Sessions").
class SessionsCommand : public ProxyCommand {
 public:
  SessionsCommand() : ProxyCommand(engine::Mode::kOnce) {}
  void declare(cli::Options& options) override {
    options.text("--dir", directory_, "where sessions have their cassettes, DIR/NAME.cvr (default cassettes)");
    options.text("--mode", word_, "of new sessions: once, new_episodes, none, all or passthrough (default once)");
    ProxyCommand::declare(options);
  }
  Result<int> run(const cli::Globals& globals) override {
    begin_log(globals);
    const auto mode = parse_mode(word_);
    if (!mode) return std::unexpected(mode.error());
    const auto config = app::load_config();
    if (!config) return std::unexpected(config.error());
    if (const auto* given = app::values_of(*config, "dir"); given != nullptr && directory_.empty())
      directory_ = given->front();
    auto options = flags_.to_run_options(globals);
    if (!options) return std::unexpected(options.error());
    options->mode = *mode;
    options->by_user = true;
    if (!directory_.empty()) options->directory = directory_;
    while (options->directory.size() > 1 && options->directory.ends_with('/')) options->directory.pop_back();
    return app::run(std::move(*options));
  }

 private:
  std::string word_, directory_;
};

}  // namespace

std::unique_ptr<cli::Command> make_record() { return std::make_unique<ProxyCommand>(engine::Mode::kAll); }
std::unique_ptr<cli::Command> make_replay() { return std::make_unique<ProxyCommand>(engine::Mode::kNone); }
std::unique_ptr<cli::Command> make_proxy() { return std::make_unique<SessionsCommand>(); }
std::unique_ptr<cli::Command> make_run() { return std::make_unique<RunCommand>(); }

}  // namespace cvr::commands
