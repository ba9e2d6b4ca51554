#include "app/doctor_checks.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "app/bypass.h"
#include "app/config_keys.h"
#include "app/library.h"
#include "app/run_file.h"
#include "app/run_files.h"
#include "app/unknown_variables.h"
#include "app/upstream_options.h"
#include "base/escape.h"
#include "cvr/certificate_authority.h"
#include "net/origin_server.h"
#include "os/file.h"
#include "os/private_file.h"

namespace cvr::app {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kSoon = 7 * kDay;
constexpr std::int64_t kSkew = 300 * kSecond;  // clocks of two machines differ
constexpr std::size_t kMostNamed = 20;

// Not ours to change, but they decide what a client does.
constexpr std::pair<const char*, const char*> kSuspects[] = {
    {"NODE_TLS_REJECT_UNAUTHORIZED", "hides trust problems, for every host"},
    {"GIT_SSL_NO_VERIFY", "hides trust problems, for every host"},
    {"PYTHONHTTPSVERIFY", "hides trust problems, for every host"},
    {"npm_config_proxy", "wins over the proxy that CVR sets"},
    {"npm_config_https_proxy", "wins over the proxy that CVR sets"}};

// The endpoint of a value that config_keys has checked.
Endpoint endpoint_of(const std::string& text) {
  Endpoint out;
  const std::size_t colon = text.rfind(':');
  if (colon != text.npos) out.address = text.substr(0, colon);
  if (out.address.starts_with('[') && out.address.ends_with(']')) {
    out.address = out.address.substr(1, out.address.size() - 2);
  }
  out.port = static_cast<std::uint16_t>(std::stoul(colon == text.npos ? text : text.substr(colon + 1)));
  return out;
}

template <class Use>
void each_line(std::string_view text, Use use) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) use(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// A proxy URL for people.
std::string shown(std::string_view url) { return printable(shortened(without_userinfo(url), 80)); }

}  // namespace

CheckResults check_config(const Result<Config>& config, const os::Environment& environment) {
  if (!config) return {{"configuration", CheckState::kFail, config.error().text}};
  CheckResults out;
  for (const char* name : {"secrets", "rules", "upstream_ca", "client_cert", "client_key"}) {
    const auto found = config->settings.find(name);
    if (found == config->settings.end()) continue;
    for (const std::string& path : found->second.values) {
      const auto text = os::read_file(path);
      if (text || text.error().code == ErrorCode::kLimit) continue;
      out.push_back({"configuration", CheckState::kFail, std::string(name) + ": " + text.error().text,
                     "make the file, or take it out of " + found->second.source});
    }
  }
  for (const std::string& line : unknown_variables(environment))
    out.push_back({"configuration", CheckState::kWarn, line});
  if (!out.empty()) return out;
  const bool is_empty = config->settings.empty();
  return {{"configuration", CheckState::kPass,
           is_empty ? "defaults hold (cvr init writes a cvr.toml)"
                    : std::to_string(config->settings.size()) + " settings, see: cvr config"}};
}

CheckResult check_port(const Config& config, const Home& home) {
  const auto* given = values_of(config, "listen");
  const Endpoint at = endpoint_of(given == nullptr ? std::string(find_key("listen")->standard) : given->front());
  net::OriginOptions options;
  options.listen = at;
  const auto server = net::OriginServer::start(options, [](const http::Request&) { return net::OriginReply{}; });
  if (server) return {"port", CheckState::kPass, to_string(at) + " is free"};
  if (find_running(home, "http://" + to_string(at))) {
    return {"port", CheckState::kPass, "a proxy of " + home.directory + " listens on " + to_string(at)};
  }
  return {"port", CheckState::kFail, server.error().text,
          "choose another one, listen = \"127.0.0.1:0\" in cvr.toml takes any that is free; who has it: ss -ltnp"};
}

CheckResult check_ca(const Home& home, const std::vector<std::string>& hosts, const Clock& clock) {
  if (!os::exists(home.directory + "/ca.pem")) {
    return {"CA", CheckState::kPass, "none yet, the first recording makes it in " + home.directory};
  }
  const auto authority = certs::Authority::open(home.directory, hosts, clock);
  if (!authority) return {"CA", CheckState::kFail, authority.error().text};
  const std::int64_t left_s = (*authority)->facts().not_after_utc_s - clock.utc_us() / kSecond;
  const std::string days = std::to_string(left_s / kDay) + " more days";
  if (left_s < kSoon) return {"CA", CheckState::kWarn, "is good for " + days, "cvr ca rotate"};
  return {"CA", CheckState::kPass, "private, covers the hosts in scope, good for " + days};
}

CheckResult check_clock(const Home& home, const std::vector<std::string>& cassettes, const Clock& clock) {
  const std::int64_t now = clock.utc_us();
  std::error_code error;
  const auto written = std::filesystem::last_write_time(home.directory + "/ca.pem", error);
  if (!error) {
    const auto since_1970 = std::chrono::file_clock::to_sys(written).time_since_epoch();
    if (std::chrono::duration_cast<std::chrono::microseconds>(since_1970).count() > now + kSkew) {
      return {"clock", CheckState::kFail, "the CA was made in the future", "set the clock: timedatectl set-ntp true"};
    }
  }
  for (const std::string& path : cassettes) {
    const Shelved shelved = look_at(path);
    if (!shelved.error.empty() || shelved.last_utc_us <= now + kSkew) continue;
    return {"clock", CheckState::kFail, printable(path) + " was recorded in the future",
            "set the clock: timedatectl set-ntp true"};
  }
  return {"clock", CheckState::kPass, "not behind anything that was recorded"};
}

std::vector<std::string> cassettes_here(const std::string& directory, const std::string& below) {
  std::vector<std::string> out;
  std::error_code error;
  for (std::filesystem::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".cvr" && it->is_regular_file(error) && !it->is_symlink(error)) {
      out.push_back(directory == "." ? it->path().filename().string() : it->path().string());
    }
  }
  std::sort(out.begin(), out.end());
  if (const auto more = cassettes_below(below)) out.insert(out.end(), more->begin(), more->end());
  return out;
}

CheckResults check_cassettes(const std::vector<std::string>& paths) {
  if (paths.empty()) return {{"cassettes", CheckState::kPass, "none here yet"}};
  CheckResults out;
  std::size_t bad = 0;
  for (const std::string& path : paths) {
    const Shelved shelved = look_at(path);
    const bool is_torn = shelved.health == "torn" || shelved.health == "damaged";
    const bool is_sealed = shelved.health == "sealed";
    if (shelved.error.empty() && is_sealed) continue;
    if (++bad > kMostNamed) continue;
    if (!shelved.error.empty()) {
      out.push_back({"cassettes", CheckState::kFail, shelved.error});
    } else if (is_torn) {
      out.push_back({"cassettes", CheckState::kFail, printable(path) + " is " + shelved.health,
                     "cvr verify " + printable(path) + ", then cvr repair " + printable(path)});
    } else {
      out.push_back({"cassettes", CheckState::kWarn, printable(path) + " is not sealed: a recording runs or was killed",
                     "cvr verify " + printable(path)});
    }
  }
  if (bad > kMostNamed) {
    out.push_back({"cassettes", CheckState::kFail, std::to_string(bad - kMostNamed) + " more", "cvr library verify"});
  }
  if (bad == 0) out.push_back({"cassettes", CheckState::kPass, std::to_string(paths.size()) + " readable and sealed"});
  return out;
}

CheckResults check_no_proxy(const os::Environment& environment, const std::vector<std::string>& hosts) {
  const Bypass bypass = bypass_list({value_of(environment, "no_proxy"), value_of(environment, "NO_PROXY")}, hosts);
  CheckResults out;
  for (const std::string& entry : bypass.left_out) {
    out.push_back({"NO_PROXY", CheckState::kFail, "entry " + printable(entry) + " hides a host in scope from the proxy",
                   "take it out; what runs under cvr run and cvr env is without it"});
  }
  if (out.empty()) out.push_back({"NO_PROXY", CheckState::kPass, "hides no host in scope"});
  return out;
}

CheckResults check_variables(const os::Environment& environment) {
  CheckResults out;
  for (const auto& [name, what] : kSuspects) {
    if (value_of(environment, name).empty()) continue;
    out.push_back(
        {"variables", CheckState::kWarn, std::string(name) + " is set: it " + what, "unset " + std::string(name)});
  }
  if (out.empty()) out.push_back({"variables", CheckState::kPass, "none that wins over CVR's or hides trust problems"});
  return out;
}

CheckResult check_npm(const std::string& said) {
  CheckResult out{"npm config", CheckState::kPass, "no proxy of its own"};
  each_line(said, [&](std::string_view line) {
    const std::size_t equals = line.find('=');
    if (equals == line.npos || out.state == CheckState::kFail) return;
    const std::string name(line.substr(0, equals));
    std::string_view value = line.substr(equals + 1);
    value.remove_prefix(std::min(value.find_first_not_of(" \""), value.size()));
    value = value.substr(0, value.find_last_not_of(" \"\r") + 1);
    if ((name != "proxy" && name != "https-proxy") || value.empty() || value == "null") return;
    out = {"npm config", CheckState::kFail, name + " = " + shown(value) + " wins over HTTPS_PROXY",
           "npm config delete " + name};
  });
  return out;
}

CheckResult check_git(const std::string& said) {
  CheckResult out{"git config", CheckState::kPass, "no proxy of its own"};
  each_line(said, [&](std::string_view line) {
    if (out.state == CheckState::kFail) return;
    const std::size_t blank = std::min(line.find(' '), line.size());
    const std::string_view key = line.substr(0, blank);
    const std::string name = printable(key.find("://") == key.npos ? std::string(key) : without_userinfo(key));
    const std::string_view value = line.substr(std::min(blank + 1, line.size()));
    // An empty one makes git go directly.
    out = {"git config", CheckState::kFail,
           name + " = " + (value.empty() ? "(none)" : shown(value)) + " wins over HTTPS_PROXY",
           "git config --unset " + name + " (where it stands: git config --show-origin --get " + name + ")"};
  });
  return out;
}

CheckResults check_tool_proxies(const os::Environment& environment) {
  // Without the variables, which both programs show as if they were settings.
  os::Environment plain = environment;
  std::erase_if(plain, [](const auto& pair) {
    std::string name = pair.first;
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    return name.ends_with("_proxy");
  });
  CheckResults out;
  const auto npm = os::capture({"npm", "config", "get", "proxy", "https-proxy"}, plain);
  if (npm && npm->status == 0) out.push_back(check_npm(npm->output));
  const auto git = os::capture({"git", "config", "--get-regexp", "^(http|remote)\\..*proxy$"}, plain);
  if (git && git->status <= 1) out.push_back(check_git(git->output));
  return out;
}

}  // namespace cvr::app
