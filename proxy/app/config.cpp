#include "app/config.h"

#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>

#include "app/config_keys.h"
#include "base/escape.h"
#include "os/file.h"

namespace cvr::app {
namespace {

constexpr std::uint64_t kMostBytes = 1u << 20;
constexpr std::size_t kMostShown = 80;

// Words of the file in an error: harmless on a terminal, and short.
std::string shown(std::string_view text) { return shortened(printable(text), kMostShown); }

std::string place(const std::string& path, const toml::node& node) {
  return path + ":" + std::to_string(node.source().begin.line);
}

// A scalar as text, when its type can be the key's: sizes and durations may be bare numbers.
std::optional<std::string> scalar_text(const toml::node& node, Shape shape) {
  const bool digits = shape == Shape::kCount || shape == Shape::kSize || shape == Shape::kDuration;
  if (shape == Shape::kFlag) {
    if (const auto flag = node.value_exact<bool>()) return *flag ? "true" : "false";
  } else if (const auto number = node.value_exact<std::int64_t>(); number && digits) {
    return std::to_string(*number);
  } else if (shape != Shape::kCount) {
    return node.value_exact<std::string>();
  }
  return std::nullopt;
}

std::string resolved(const Key& key, const std::string& value, const std::string& path) {
  const std::filesystem::path directory = std::filesystem::path(path).parent_path();
  if (key.shape != Shape::kPath || directory.empty()) return value;
  return (directory / value).lexically_normal().string();
}

std::string wrong(const Key& key, std::string needed) {
  if (key.list) needed += " (or a list of such)";
  return std::string(key.name) + ": " + needed;
}

Result<Setting> setting_of(const Key& key, const toml::node& node, const std::string& path) {
  const toml::array* array = key.list ? node.as_array() : nullptr;
  Setting out{{}, place(path, node)};
  const auto take = [&](const toml::node& item) -> Result<void> {
    const auto text = scalar_text(item, key.shape);
    const std::string needed = what_is_needed(key, text.value_or(""));
    if (!needed.empty()) return fail(ErrorCode::kUsage, place(path, item) + ": " + wrong(key, needed));
    out.values.push_back(resolved(key, *text, path));
    return {};
  };
  if (array == nullptr) {
    if (auto taken = take(node); !taken) return std::unexpected(taken.error());
    return out;
  }
  for (const toml::node& item : *array) {
    if (auto taken = take(item); !taken) return std::unexpected(taken.error());
  }
  return out;
}

// The system's library is built with exceptions; they stop here.
Result<toml::table> parse_toml(std::string_view text, const std::string& path) {
  try {
    return toml::parse(text, path);
  } catch (const toml::parse_error& error) {
    const std::string line = std::to_string(error.source().begin.line);
    return fail(ErrorCode::kUsage, path + ":" + line + ": " + shortened(printable(error.description()), 200));
  }
}

std::vector<std::string> split_at_commas(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    if (end > at) out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

}  // namespace

Result<Config> parse_config(std::string_view toml_text, const std::string& path) {
  const auto parsed = parse_toml(toml_text, path);
  if (!parsed) return std::unexpected(parsed.error());
  // The first complaint in the file's order, whatever the table's.
  std::vector<std::pair<std::string_view, const toml::node*>> nodes;
  for (const auto& [key, node] : *parsed) nodes.emplace_back(key.str(), &node);
  std::stable_sort(nodes.begin(), nodes.end(), [](const auto& a, const auto& b) {
    return a.second->source().begin.line < b.second->source().begin.line;
  });
  Config out;
  for (const auto& [word, node] : nodes) {
    const Key* key = find_key(word);
    if (key == nullptr) {
      const std::string near = nearest_key(word);
      const std::string hint = near.empty() ? "; cvr config lists the known ones" : " (did you mean " + near + "?)";
      return fail(ErrorCode::kUsage, place(path, *node) + ": unknown key " + shown(word) + hint);
    }
    auto setting = setting_of(*key, *node, path);
    if (!setting) return std::unexpected(setting.error());
    out[std::string(word)] = std::move(*setting);
  }
  return out;
}

Result<void> apply_variables(const os::Environment& environment, Config& config) {
  for (const Key& key : known_keys()) {
    const auto given = std::find_if(environment.begin(), environment.end(),
                                    [&](const auto& pair) { return pair.first == key.variable; });
    if (given == environment.end() || given->second.empty()) continue;
    Setting setting{{}, std::string(key.variable)};
    setting.values = key.list ? split_at_commas(given->second) : std::vector<std::string>{given->second};
    for (std::string& value : setting.values) {
      if (key.shape == Shape::kFlag && value == "1") value = "true";
      if (key.shape == Shape::kFlag && value == "0") value = "false";
      const std::string needed = what_is_needed(key, value);
      if (!needed.empty()) return fail(ErrorCode::kUsage, setting.source + ": " + needed);
    }
    config[std::string(key.name)] = std::move(setting);
  }
  return {};
}

std::string find_config_file(const std::string& directory) {
  std::error_code error;
  for (std::filesystem::path at = directory; !at.empty(); at = at.parent_path()) {
    const std::filesystem::path candidate = at / "cvr.toml";
    if (std::filesystem::exists(candidate, error)) return candidate.string();
    if (at == at.parent_path()) break;
  }
  return {};
}

Result<Config> load_config(const std::string& directory, const os::Environment& environment) {
  Config config;
  if (const std::string path = find_config_file(directory); !path.empty()) {
    auto text = os::read_file(path, kMostBytes);
    if (!text) return std::unexpected(text.error());
    auto parsed = parse_config(*text, path);
    if (!parsed) return std::unexpected(parsed.error());
    config = std::move(*parsed);
  }
  if (auto done = apply_variables(environment, config); !done) return std::unexpected(done.error());
  return config;
}

Result<Config> load_config() {
  std::error_code error;
  const std::filesystem::path directory = std::filesystem::current_path(error);
  return load_config(error ? std::string() : directory.string(), os::current_environment());
}

const std::vector<std::string>* values_of(const Config& config, std::string_view key) {
  const auto found = config.find(key);
  return found == config.end() ? nullptr : &found->second.values;
}

}  // namespace cvr::app
