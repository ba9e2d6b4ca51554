// cvr config: the effective configuration and where each value came from.
#include "app/config.h"

#include <cstdio>

#include "app/config_report.h"
#include "app/redaction.h"
#include "app/unknown_variables.h"
#include "commands/commands.h"
#include "profiles/profile.h"

namespace cvr::commands {
namespace {

class ConfigCommand : public cli::Command {
 public:
  void declare(cli::Options& options) override { options.flag("--json", json_, "as JSON"); }
  Result<int> run(const cli::Globals& globals) override {
    const auto config = app::load_config();
    if (!config) return std::unexpected(config.error());
    const auto* named = app::values_of(*config, "profile");
    const auto profile = app::load_profile(named == nullptr ? profiles::default_profile().name : named->front());
    if (!profile) return std::unexpected(profile.error());
    const std::vector<std::string>& hosts = profile->hosts;
    cli::print(json_ ? app::config_json(*config, hosts) : app::config_text(*config, hosts));
    if (globals.verbosity < 0) return 0;
    for (const std::string& line : app::unknown_variables(os::current_environment()))
      std::fprintf(stderr, "cvr: warning: %s\n", line.c_str());
    return 0;
  }

 private:
  bool json_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_config() { return std::make_unique<ConfigCommand>(); }

}  // namespace cvr::commands
