#include "app/tool_files.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "app/run_files.h"
#include "base/escape.h"
#include "os/file.h"

namespace cvr::app {
namespace {

constexpr std::uint64_t kMostBytes = 1u << 20;

// Dot files are symbolic links in many homes.
std::optional<std::string> read_settings(const std::string& path) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(path, error);
  if (error || !std::filesystem::is_regular_file(target, error)) return std::nullopt;
  auto text = os::read_file(target.string(), kMostBytes);
  return text ? std::optional(std::move(*text)) : std::nullopt;
}

// As in "~/.curlrc".
std::string shown(const std::string& path, const os::Environment& environment) {
  const std::string home = value_of(environment, "HOME");
  return printable(!home.empty() && path.starts_with(home + "/") ? "~" + path.substr(home.size()) : path);
}

struct Paths {
  const os::Environment& environment;
  std::vector<std::string> all = {};

  // A variable names the file, or a directory that it is in.
  Paths& of(const char* variable, const std::string& rest = "") {
    const std::string value = value_of(environment, variable);
    if (!value.empty()) all.push_back(value + rest);
    return *this;
  }
  Paths& at(const std::string& path) {
    all.push_back(path);
    return *this;
  }
  bool has(const char* variable) const { return !value_of(environment, variable).empty(); }
  // $XDG_CONFIG_HOME or ~/.config.
  Paths& of_config(const std::string& rest) {
    return has("XDG_CONFIG_HOME") ? of("XDG_CONFIG_HOME", rest) : of("HOME", "/.config" + rest);
  }
};

}  // namespace

std::vector<std::string> settings_files(Tool tool, const os::Environment& environment) {
  Paths paths{environment};
  switch (tool) {
    case Tool::kCurl:  // the first that is there
      paths.of("CURL_HOME", "/.curlrc").of("XDG_CONFIG_HOME", "/curlrc").of("HOME", "/.curlrc");
      break;
    case Tool::kWget:
      paths.at("/etc/wgetrc");
      paths.has("WGETRC") ? paths.of("WGETRC") : paths.of("HOME", "/.wgetrc");
      break;
    case Tool::kGit:
      paths.at("/etc/gitconfig").at(".git/config");
      paths.has("GIT_CONFIG_GLOBAL") ? paths.of("GIT_CONFIG_GLOBAL")
                                     : paths.of_config("/git/config").of("HOME", "/.gitconfig");
      break;
    case Tool::kNpm:
      paths.at(".npmrc");
      paths.has("npm_config_userconfig") ? paths.of("npm_config_userconfig") : paths.of("HOME", "/.npmrc");
      break;
    case Tool::kPip:
      paths.at("/etc/pip.conf").of_config("/pip/pip.conf").of("HOME", "/.pip/pip.conf").of("VIRTUAL_ENV", "/pip.conf");
      paths.of("PIP_CONFIG_FILE");
      break;
  }
  return paths.all;
}

std::optional<Tool> tool_of(const std::vector<std::string>& command) {
  if (command.empty()) return std::nullopt;
  const std::string name = command[0].substr(command[0].find_last_of('/') + 1);
  if (name.starts_with("python") && command.size() > 2 && command[1] == "-m" && command[2] == "pip") return Tool::kPip;
  if (name == "npx" || name == "pnpm") return Tool::kNpm;
  if (name.starts_with("pip") && name.find_first_not_of("0123456789.", 3) == name.npos) return Tool::kPip;
  const auto known = std::ranges::find(kTools, name, [](Tool tool) { return to_string(tool); });
  return known == std::end(kTools) ? std::nullopt : std::optional(*known);
}

CheckResults check_tool_settings(const os::Environment& environment, const std::vector<std::string>& hosts) {
  CheckResults out;
  for (const Tool tool : kTools) {
    for (const std::string& path : settings_files(tool, environment)) {
      const auto text = read_settings(path);
      if (!text) continue;
      for (const ToolSetting& setting : telling_settings(tool, *text, hosts)) {
        // npm and git are asked themselves for their proxies (doctor_checks.h), which knows more files.
        if (setting.wins && (tool == Tool::kNpm || tool == Tool::kGit)) continue;
        const CheckState state = setting.wins ? CheckState::kFail : CheckState::kWarn;
        const std::string where = shown(path, environment) + ":" + std::to_string(setting.line);
        out.push_back(
            {std::string(to_string(tool)) + " settings", state, where + ": " + what_it_does(setting), setting.mend});
      }
    }
  }
  if (out.empty()) {
    out.push_back({"tool settings", CheckState::kPass, "none of curl, wget or pip wins over CVR's"});
  }
  return out;
}

std::optional<std::string> settings_warning(const std::vector<std::string>& command, const os::Environment& environment,
                                            const std::vector<std::string>& hosts) {
  const auto tool = tool_of(command);
  if (!tool) return std::nullopt;
  for (const std::string& path : settings_files(*tool, environment)) {
    const auto text = read_settings(path);
    if (!text) continue;
    for (const ToolSetting& setting : telling_settings(*tool, *text, hosts)) {
      if (!setting.wins) continue;
      return shown(path, environment) + ":" + std::to_string(setting.line) + ": " + what_it_does(setting) + "; " +
             setting.mend;
    }
  }
  return std::nullopt;
}

}  // namespace cvr::app
