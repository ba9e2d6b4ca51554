// cvr env: what `-- CMD` sets, as shell exports for a proxy that runs.
#include <algorithm>
#include <filesystem>

#include "app/child_environment.h"
#include "app/home.h"
#include "app/run_file.h"
#include "base/json_writer.h"
#include "commands/commands.h"

namespace cvr::commands {
namespace {

std::string quoted(const std::string& text, char quote, const char* escaped) {
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote) {
      out += escaped;
    } else {
      out += c;
    }
  }
  return out + quote;
}

struct Shell {
  std::string_view name;
  std::string (*set)(const std::string& name, const std::string& value);
  std::string (*unset)(const std::string& name);
};

constexpr Shell kShells[] = {
    {"sh", [](const std::string& n, const std::string& v) { return "export " + n + "=" + quoted(v, '\'', "'\\''") + "\n"; },
     [](const std::string& n) { return "unset " + n + "\n"; }},
    {"fish", [](const std::string& n, const std::string& v) { return "set -gx " + n + " " + quoted(v, '\'', "\\'") + "\n"; },
     [](const std::string& n) { return "set -e " + n + "\n"; }},
    {"powershell", [](const std::string& n, const std::string& v) { return "$env:" + n + " = " + quoted(v, '\'', "''") + "\n"; },
     [](const std::string& n) { return "Remove-Item Env:" + n + " -ErrorAction SilentlyContinue\n"; }},
    {"dotenv", [](const std::string& n, const std::string& v) { return n + "=" + quoted(v, '\'', "") + "\n"; },
     [](const std::string&) { return std::string(); }},
};

class Env : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.text("--shell", shell_, "sh (default), fish, powershell or dotenv");
    options.flag("--json", json_, "as JSON");
    options.flag("--unset", unset_, "take the variables away again");
  }
  Result<int> run(const cli::Globals&) override;

 private:
  std::string as_json(const app::ChildEnvironment& changes) const;
  std::string shell_ = "sh";
  bool json_ = false, unset_ = false;
};

std::string Env::as_json(const app::ChildEnvironment& changes) const {
  json::Writer w;
  w.begin_object().key("set").begin_object();
  for (const auto& [name, value] : changes.set) w.member(name, value);
  w.end_object().key("unset").begin_array();
  for (const std::string& name : changes.unset) w.value(name);
  w.end_array().end_object();
  return w.take() + "\n";
}

Result<int> Env::run(const cli::Globals&) {
  const auto shell = std::find_if(std::begin(kShells), std::end(kShells), [&](const Shell& s) { return s.name == shell_; });
  if (shell == std::end(kShells)) return fail(ErrorCode::kUsage, "--shell " + shell_ + " is unknown; sh, fish, powershell or dotenv");
  auto home = app::open_home();
  if (!home) return std::unexpected(home.error());
  const auto running = app::find_running(*home);
  if (!running && !unset_) {
    return fail(ErrorCode::kEnvironment, "no proxy runs; start one in another terminal: cvr record -c FILE");
  }
  const app::RunningProxy proxy = running ? *running : app::RunningProxy{};
  app::ChildEnvironment changes = app::child_environment(os::current_environment(), proxy.url, proxy.files, proxy.hosts);
  if (unset_) {
    for (const auto& [name, value] : changes.set) changes.unset.push_back(name);
    changes.set.clear();
  }
  if (json_) {
    cli::print(as_json(changes));
    return 0;
  }
  for (const auto& [name, value] : changes.set) cli::print(shell->set(name, value));
  for (const std::string& name : changes.unset) cli::print(shell->unset(name));
  return 0;
}

}  // namespace

std::unique_ptr<cli::Command> make_env() { return std::make_unique<Env>(); }

}  // namespace cvr::commands
