// cvr record, cvr replay, cvr run: the proxy, by mode.
#include "app/config.h"
#include "app/log.h"
#include "app/run.h"
#include "commands/commands.h"
#include "commands/proxy_options.h"

namespace cvr::commands {
namespace {

class ProxyCommand : public cli::Command {
 public:
  explicit ProxyCommand(engine::Mode mode) : mode_(mode) {}
  void declare(cli::Options& options) override { flags_.declare(options); }
  Result<int> run(const cli::Globals& globals) override {
    app::set_up_log(globals.verbosity, globals.log_json);
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

class RunCommand : public ProxyCommand {
 public:
  RunCommand() : ProxyCommand(engine::Mode::kOnce) {}
  void declare(cli::Options& options) override {
    options.text("--mode", word_, "once, new_episodes, none, all or passthrough (default once)");
    ProxyCommand::declare(options);
  }
  Result<int> run(const cli::Globals& globals) override {
    const auto config = app::load_config();
    if (!config) return std::unexpected(config.error());
    if (const auto* given = app::values_of(*config, "mode"); given != nullptr && word_.empty()) word_ = given->front();
    const auto mode = engine::mode_from(word_.empty() ? "once" : word_);
    if (!mode) {
      return fail(ErrorCode::kUsage, "--mode " + word_ + " is unknown; once, new_episodes, none, all or passthrough");
    }
    if (!globals.has_child)
      return fail(ErrorCode::kUsage, "a command is needed: cvr run --mode MODE -c FILE -- CMD ARG...");
    mode_ = *mode;
    return ProxyCommand::run(globals);
  }

 private:
  std::string word_;
};

}  // namespace

std::unique_ptr<cli::Command> make_record() { return std::make_unique<ProxyCommand>(engine::Mode::kAll); }
std::unique_ptr<cli::Command> make_replay() { return std::make_unique<ProxyCommand>(engine::Mode::kNone); }
std::unique_ptr<cli::Command> make_run() { return std::make_unique<RunCommand>(); }

}  // namespace cvr::commands
