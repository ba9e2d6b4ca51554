#include "app/run_file.h"

#include <filesystem>
#include <system_error>

#include "base/json_scan.h"
#include "os/file.h"
#include "os/process.h"

namespace cvr::app {
namespace {

// Reads the flat object that announce.cpp writes.
std::optional<RunningProxy> parse(std::string_view text) {
  RunningProxy out;
  json::Scanner scanner(text);
  std::string key;
  for (;;) {
    const auto token = scanner.next();
    if (!token) return std::nullopt;
    if (*token == json::Token::kEnd) break;
    if (*token == json::Token::kKey) {
      key = json::unescape(scanner.raw());
    } else if (*token == json::Token::kNumber && key == "pid") {
      out.pid = std::atoi(std::string(scanner.raw()).c_str());
    } else if (*token == json::Token::kString) {
      const std::string value = json::unescape(scanner.raw());
      if (key == "proxy") out.url = value;
      if (key == "ca") out.files.ca = value;
      if (key == "bundle") out.files.bundle = value;
      if (key == "hosts") out.hosts.push_back(value);
    }
  }
  if (out.pid <= 0 || out.url.empty()) return std::nullopt;
  out.files.node_extra = out.files.ca;
  return out;
}

}  // namespace

std::optional<RunningProxy> find_running(const Home& home) {
  std::optional<RunningProxy> best;
  std::filesystem::file_time_type best_time;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(home.directory + "/run", error)) {
    if (entry.path().extension() != ".json") continue;
    const auto text = os::read_file(entry.path().string(), 1 << 16);
    if (!text) continue;
    auto found = parse(*text);
    if (!found || !os::process_lives(found->pid)) continue;
    const auto time = entry.last_write_time(error);
    if (!best || time > best_time) {
      best = std::move(found);
      best_time = time;
    }
  }
  return best;
}

}  // namespace cvr::app
