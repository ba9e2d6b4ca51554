// cvr env: what `-- CMD` sets, as shell exports for a proxy that runs.
#include <cstdio>

#include "app/browser.h"
#include "app/child_environment.h"
#include "app/env_script.h"
#include "app/home.h"
#include "app/run_file.h"
#include "commands/commands.h"
#include "commands/proxy_options.h"
#include "cvr/certificate_authority.h"
#include "engine/sessions.h"
#include "os/clock.h"
#include "os/file.h"

namespace cvr::commands {
namespace {

class Env : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.text("--shell", shell_, "sh (default; bash and zsh too), fish, powershell or dotenv");
    options.flag("--fish", fish_, "the same as --shell fish");
    options.flag("--powershell", powershell_, "the same as --shell powershell");
    options.flag("--dotenv", dotenv_, "the same as --shell dotenv");
    options.flag("--browser", browser_, "arguments for Chromium instead, which reads no variable for its trust");
    options.text("--proxy", proxy_, "ADDR:PORT of the proxy (default: the one of this CVR_HOME that was started last)");
    options.text("--session", session_, "NAME of the session under cvr proxy: the proxy's user name");
    options.flag("--json", json_, "as JSON");
    options.flag("--unset", unset_, "take the variables away again, and give back what the shell had");
    options.list("--without", without_, "leaves out what one client alone reads: node, bun, php, java, wget, deno");
  }
  Result<int> run(const cli::Globals& globals) override;

 private:
  Result<void> settle_shell();
  Result<app::RunningProxy> proxy(const app::Home& home) const;
  Result<app::ChildEnvironment> changes() const;
  Result<int> tell_browser() const;
  std::string shell_ = "sh", proxy_, session_;
  std::vector<std::string> without_;
  bool json_ = false, unset_ = false, fish_ = false, powershell_ = false, dotenv_ = false, browser_ = false;
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

// One word for the shell, whichever way it was said.
Result<void> Env::settle_shell() {
  int said = 0;
  for (const auto& [flag, name] : {std::pair(fish_, "fish"), {powershell_, "powershell"}, {dotenv_, "dotenv"}}) {
    if (!flag) continue;
    shell_ = name;
    ++said;
  }
  if (said > 1) return fail(ErrorCode::kUsage, "one of --fish, --powershell and --dotenv, please");
  if (browser_ && (unset_ || said > 0 || !session_.empty())) {
    return fail(ErrorCode::kUsage, "--browser goes with --proxy and --json alone");
  }
  if (session_.empty()) return {};
  if (unset_) return fail(ErrorCode::kUsage, "--session goes without --unset, which takes every session's variables");
  if (engine::is_session_name(session_)) return {};
  return fail(ErrorCode::kUsage, "--session takes a name as [a-z0-9][a-z0-9._-]{0,99}");
}

// HTTPS_PROXY of a session.  Some clients send no name without a password.
std::string with_session(std::string url, const std::string& session) {
  if (!session.empty()) url.insert(url.find("://") + 3, session + ":x@");
  return url;
}

Result<app::RunningProxy> Env::proxy(const app::Home& home) const {
  std::string url;
  if (!proxy_.empty()) {
    const auto at = parse_endpoint(proxy_, "--proxy");
    if (!at) return std::unexpected(at.error());
    url = "http://" + to_string(*at);
  }
  auto running = app::find_running(home, url);
  if (running) return std::move(*running);
  if (url.empty()) {
    return fail(ErrorCode::kEnvironment, "no proxy runs; start one in another terminal: cvr record -c FILE");
  }
  return unannounced(home, url);
}

Result<app::ChildEnvironment> Env::changes() const {
  if (unset_) return app::cleared_environment(os::current_environment());
  const auto home = app::open_home();
  if (!home) return std::unexpected(home.error());
  auto running = proxy(*home);
  if (!running) return std::unexpected(running.error());
  // The shell may outlive the proxy.
  auto preload = app::write_preload(home->directory + "/env");
  if (!preload) return std::unexpected(preload.error());
  running->files.preload = std::move(*preload);
  return app::child_environment(os::current_environment(), with_session(running->url, session_), running->files,
                                running->hosts, without_);
}

Result<int> Env::tell_browser() const {
  static const os::SystemClock clock;
  const auto home = app::open_home();
  if (!home) return std::unexpected(home.error());
  const auto running = proxy(*home);
  if (!running) return std::unexpected(running.error());
  const auto authority = certs::Authority::open(home->directory, {}, clock);
  if (!authority) return std::unexpected(authority.error());
  const auto arguments =
      app::browser_arguments(running->url, (*authority)->facts().spki_sha256_base64, home->directory + "/browser");
  cli::print(json_ ? app::browser_json(arguments) : app::browser_line(arguments));
  return 0;
}

Result<int> Env::run(const cli::Globals& globals) {
  if (auto settled = settle_shell(); !settled) return std::unexpected(settled.error());
  // Known words first: a wrong one is wrong whether a proxy runs or not.
  if (!app::env_script({}, shell_)) {
    return fail(ErrorCode::kUsage, "--shell " + shell_ + " is unknown; sh, fish, powershell or dotenv");
  }
  if (auto known = check_without(without_); !known) return std::unexpected(known.error());
  if (browser_) return tell_browser();
  const auto environment = changes();
  if (!environment) return std::unexpected(environment.error());
  cli::print(json_ ? app::env_json(*environment) : *app::env_script(*environment, shell_));
  for (const std::string& note : environment->notes) {
    if (globals.verbosity >= 0 && !json_) std::fprintf(stderr, "cvr: warning: %s\n", note.c_str());
  }
  for (const std::string& remark : environment->remarks) {
    if (globals.verbosity > 0 && !json_) std::fprintf(stderr, "cvr: info: %s\n", remark.c_str());
  }
  return 0;
}

}  // namespace

std::unique_ptr<cli::Command> make_env() { return std::make_unique<Env>(); }

}  // namespace cvr::commands
