#include "app/run_file.h"

#include <charconv>
#include <filesystem>
#include <system_error>

#include "base/json_scan.h"
#include "os/file.h"
#include "os/process.h"

namespace cvr::app {
namespace {

constexpr std::uint64_t kMostBytes = 1u << 16;

void take_text(RunningProxy& out, const std::string& key, std::string value) {
  if (key == "proxy") out.url = std::move(value);
  if (key == "ca") out.files.ca = std::move(value);
  if (key == "bundle") out.files.bundle = std::move(value);
  if (key == "hosts") out.hosts.push_back(std::move(value));
}

}  // namespace

std::optional<RunningProxy> parse_run_file(std::string_view text) {
  RunningProxy out;
  json::Scanner scanner(text, 2);
  std::string key;
  for (;;) {
    const auto token = scanner.next();
    if (!token) return std::nullopt;
    if (*token == json::Token::kEnd) break;
    if (*token == json::Token::kKey) {
      key = json::unescape(scanner.raw());
    } else if (*token == json::Token::kNumber && key == "pid") {
      const std::string_view digits = scanner.raw();
      const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out.pid);
      if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    } else if (*token == json::Token::kString) {
      take_text(out, key, json::unescape(scanner.raw()));
    }
  }
  if (out.pid <= 0 || out.url.empty()) return std::nullopt;
  // The others stand beside the bundle.
  RunFiles beside = run_files_in(std::filesystem::path(out.files.bundle).parent_path().string());
  beside.ca = std::move(out.files.ca);
  beside.bundle = std::move(out.files.bundle);
  out.files = std::move(beside);
  return out;
}

std::optional<RunningProxy> find_running(const Home& home, std::string_view url) {
  std::optional<RunningProxy> best;
  std::filesystem::file_time_type best_time;
  std::error_code error;
  for (std::filesystem::directory_iterator at(home.directory + "/run", error), end; !error && at != end;
       at.increment(error)) {
    if (at->path().extension() != ".json") continue;
    const auto text = os::read_file(at->path().string(), kMostBytes);
    if (!text) continue;
    auto found = parse_run_file(*text);
    if (!found || (!url.empty() && found->url != url) || !os::process_lives(found->pid)) continue;
    std::error_code gone;
    const auto time = at->last_write_time(gone);
    if (gone || (best && time <= best_time)) continue;
    best = std::move(found);
    best_time = time;
  }
  return best;
}

void remove_left_behind(const Home& home) {
  std::vector<std::filesystem::path> dead;
  std::error_code error;
  for (std::filesystem::directory_iterator at(home.directory + "/run", error), end; !error && at != end;
       at.increment(error)) {
    const std::filesystem::path& path = at->path();
    std::string stem = path.extension() == ".json" ? path.stem().string() : path.filename().string();
    if (stem.starts_with("doctor-")) stem.erase(0, 7);
    int pid = 0;
    const auto [stop, bad] = std::from_chars(stem.data(), stem.data() + stem.size(), pid);
    if (bad != std::errc() || stop != stem.data() + stem.size() || pid <= 0 || os::process_lives(pid)) continue;
    dead.push_back(path);
  }
  for (const auto& path : dead) std::filesystem::remove_all(path, error);
}

}  // namespace cvr::app
