// cvr doctor: what on this machine would keep a recording or replay from working, and what to type.
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "app/doctor.h"
#include "app/doctor_checks.h"
#include "app/doctor_clients.h"
#include "app/redaction.h"
#include "app/run_file.h"
#include "app/tool_files.h"
#include "commands/commands.h"
#include "os/clock.h"
#include "os/file.h"
#include "profiles/profile.h"

namespace cvr::commands {
namespace {

class Doctor : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.flag("--json", json_, "as JSON");
    options.flag("--no-clients", no_clients_, "leave out the trial of the clients on this machine");
  }
  Result<int> run(const cli::Globals& globals) override;

 private:
  void add(app::CheckResult result) { results_.push_back(std::move(result)); }
  void add(app::CheckResults results) {
    for (app::CheckResult& result : results) results_.push_back(std::move(result));
  }
  std::vector<std::string> hosts_of(const app::Config& config);
  void check_home(const app::Config& config, const std::vector<std::string>& hosts);
  Result<void> check_clients(const app::Home& home, bool tells);
  bool json_ = false, no_clients_ = false;
  app::CheckResults results_;
  std::optional<app::Home> home_;
};

// The hosts in scope.
std::vector<std::string> Doctor::hosts_of(const app::Config& config) {
  if (const auto* given = app::values_of(config, "host")) return *given;
  const auto* named = app::values_of(config, "profile");
  const auto profile = app::load_profile(named == nullptr ? profiles::default_profile().name : named->front());
  if (profile) return profile->hosts;
  add({"configuration", app::CheckState::kFail, profile.error().text});
  return profiles::default_profile().hosts;
}

void Doctor::check_home(const app::Config& config, const std::vector<std::string>& hosts) {
  static const os::SystemClock clock;
  auto home = app::open_home();
  const auto* dir = app::values_of(config, "dir");
  const auto cassettes = app::cassettes_here(".", dir == nullptr ? "cassettes" : dir->front());
  if (home) {
    home_ = std::move(*home);
    add(app::check_port(config, *home_));
    add(app::check_ca(*home_, hosts, clock));
    add(app::check_clock(*home_, cassettes, clock));
  } else {
    add({"CA", app::CheckState::kFail, home.error().text});
  }
  add(app::check_cassettes(cassettes));
}

Result<void> Doctor::check_clients(const app::Home& home, bool tells) {
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  app::remove_left_behind(home);
  const std::string directory = home.directory + "/run/doctor-" + std::to_string(os::process_id());
  if (auto made = os::make_private_directory(directory); !made) return made;
  if (tells) std::fputs("trying the clients on this machine ...\n", stderr);
  auto tried = app::try_clients(directory, self.string(), os::current_environment());
  std::filesystem::remove_all(directory, error);
  if (!tried) return std::unexpected(tried.error());
  add(std::move(*tried));
  return {};
}

Result<int> Doctor::run(const cli::Globals& globals) {
  os::take_signals();
  const os::Environment environment = os::current_environment();
  const auto config = app::load_config();
  add(app::check_config(config, environment));
  // What a broken cvr.toml says can not be known: the rest is judged by the defaults.
  const app::Config effective = config ? *config : app::Config{};
  const std::vector<std::string> hosts = hosts_of(effective);
  check_home(effective, hosts);
  add(app::check_no_proxy(environment, hosts));
  add(app::check_variables(environment));
  add(app::check_tool_proxies(environment));
  add(app::check_tool_settings(environment, hosts));
  if (!no_clients_ && !home_) {
    add({"clients", app::CheckState::kSkip, "not tried: CVR's home must be mended first, see CA"});
  } else if (!no_clients_) {
    const bool tells = globals.verbosity >= 0 && cli::stderr_is_terminal();
    if (auto done = check_clients(*home_, tells); !done) return std::unexpected(done.error());
  }
  cli::print(json_ ? app::doctor_json(results_) : app::doctor_text(results_, cli::stdout_wants_colour()));
  return app::doctor_status(results_);
}

}  // namespace

std::unique_ptr<cli::Command> make_doctor() { return std::make_unique<Doctor>(); }

}  // namespace cvr::commands
