// cvr probe: the authentication and permission checks of a plan against the real service, recorded.
#include "app/log.h"
#include "commands/commands.h"
#include "commands/probe_flags.h"

namespace cvr::commands {
namespace {

class ProbeCommand : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    flags_.declare(options);
    options.flag("--write", write_, "run the steps that make something at the service, too");
  }

  Result<int> run(const cli::Globals& globals) override {
    app::set_up_log(globals.verbosity, globals.log_json);
    if (globals.has_child)
      return fail(ErrorCode::kUsage, "cvr probe runs no command; cvr watch does when access is back");
    auto options = flags_.to_options(globals);
    if (!options) return std::unexpected(options.error());
    if (options->cassette.empty()) {
      return fail(ErrorCode::kUsage, "-c FILE is needed: the cassette that the calls are recorded to");
    }
    options->write = write_;
    return app::run_probe(*std::move(options));
  }

 private:
  ProbeFlags flags_;
  bool write_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_probe() { return std::make_unique<ProbeCommand>(); }

}  // namespace cvr::commands
