// cvr env: what `-- CMD` sets, as shell exports for a proxy that runs.
#include <cstdio>

#include "app/child_environment.h"
#include "app/env_script.h"
#include "app/home.h"
#include "app/run_file.h"
#include "commands/commands.h"
#include "commands/proxy_options.h"
#include "cvr/certificate_authority.h"
#include "os/clock.h"
#include "os/file.h"

namespace cvr::commands {
namespace {

class Env : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.text("--shell", shell_, "sh (default; bash and zsh too), fish, powershell or dotenv");
    options.text("--proxy", proxy_, "ADDR:PORT of the proxy (default: the one of this CVR_HOME that was started last)");
    options.flag("--json", json_, "as JSON");
    options.flag("--unset", unset_, "take the variables away again");
  }
  Result<int> run(const cli::Globals& globals) override;

 private:
  Result<app::ChildEnvironment> changes() const;
  std::string shell_ = "sh", proxy_;
  bool json_ = false, unset_ = false;
};

// A proxy that this CVR_HOME has no word of (in a container that shares it, say): trusted by the
// home's CA, for the hosts which that may vouch for.
Result<app::RunningProxy> unannounced(const app::Home& home, const std::string& url) {
  static const os::SystemClock clock;
  if (!os::read_file(home.directory + "/ca.pem")) {
    return fail(ErrorCode::kEnvironment, "no proxy of " + home.directory + " listens at " + url +
                                             " and there is no CA; start one: cvr record -c FILE");
  }
  auto authority = certs::Authority::open(home.directory, {}, clock);
  if (!authority) return std::unexpected(authority.error());
  const std::string directory = home.directory + "/env";
  if (auto made = os::make_private_directory(directory); !made) return std::unexpected(made.error());
  auto files = app::write_run_files(directory, (*authority)->certificate_pem(), os::current_environment());
  if (!files) return std::unexpected(files.error());
  app::RunningProxy out;
  out.url = url;
  out.files = std::move(*files);
  out.hosts = (*authority)->facts().permitted_hosts;
  return out;
}

Result<app::ChildEnvironment> Env::changes() const {
  if (unset_) return app::cleared_environment();
  std::string url;
  if (!proxy_.empty()) {
    const auto at = parse_endpoint(proxy_, "--proxy");
    if (!at) return std::unexpected(at.error());
    const bool v6 = at->address.find(':') != std::string::npos;
    url = "http://" + (v6 ? "[" + at->address + "]" : at->address) + ":" + std::to_string(at->port);
  }
  auto home = app::open_home();
  if (!home) return std::unexpected(home.error());
  auto proxy = app::find_running(*home, url);
  if (!proxy && url.empty()) {
    return fail(ErrorCode::kEnvironment, "no proxy runs; start one in another terminal: cvr record -c FILE");
  }
  if (!proxy) {
    auto other = unannounced(*home, url);
    if (!other) return std::unexpected(other.error());
    proxy = std::move(*other);
  }
  return app::child_environment(os::current_environment(), proxy->url, proxy->files, proxy->hosts);
}

Result<int> Env::run(const cli::Globals& globals) {
  // Known words first: a wrong one is wrong whether a proxy runs or not.
  if (!app::env_script({}, shell_)) {
    return fail(ErrorCode::kUsage, "--shell " + shell_ + " is unknown; sh, fish, powershell or dotenv");
  }
  const auto environment = changes();
  if (!environment) return std::unexpected(environment.error());
  cli::print(json_ ? app::env_json(*environment) : *app::env_script(*environment, shell_));
  for (const std::string& note : environment->notes) {
    if (globals.verbosity >= 0 && !json_) std::fprintf(stderr, "cvr: warning: %s\n", note.c_str());
  }
  return 0;
}

}  // namespace

std::unique_ptr<cli::Command> make_env() { return std::make_unique<Env>(); }

}  // namespace cvr::commands
