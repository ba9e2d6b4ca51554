#include "app/config.h"

#include <algorithm>
#include <filesystem>

#include "app/config_keys.h"
#include "app/match_rules.h"
#include "base/toml_tree.h"
#include "os/file.h"

namespace cvr::app {
namespace {

constexpr std::uint64_t kMostBytes = 1u << 20;

std::string place(const std::string& path, const TomlNode& node) { return path + ":" + std::to_string(node.line); }

// A scalar as text, when its type can be the key's: sizes and durations may be bare numbers.
std::optional<std::string> scalar_text(const TomlNode& node, Shape shape) {
  const bool digits = shape == Shape::kCount || shape == Shape::kSize || shape == Shape::kDuration;
  if (shape == Shape::kFlag) {
    if (node.type == TomlNode::Type::kFlag) return node.flag ? "true" : "false";
  } else if (node.type == TomlNode::Type::kInteger && digits) {
    return std::to_string(node.integer);
  } else if (shape != Shape::kCount && node.type == TomlNode::Type::kText) {
    return node.text;
  }
  return std::nullopt;
}

std::string resolved(const Key& key, const std::string& value, const std::string& path) {
  const bool is_path = key.shape == Shape::kPath || (key.shape == Shape::kProfile && is_profile_file(value));
  return is_path ? path_beside(path, value) : value;
}

std::string wrong(const Key& key, std::string needed) {
  if (key.list) needed += " (or a list of such)";
  return std::string(key.name) + ": " + needed;
}

Result<Setting> setting_of(const Key& key, const TomlNode& node, const std::string& path) {
  const bool is_list = key.list && node.type == TomlNode::Type::kList;
  Setting out{{}, place(path, node)};
  const auto take = [&](const TomlNode& item) -> Result<void> {
    const auto text = scalar_text(item, key.shape);
    const std::string needed = what_is_needed(key, text.value_or(""));
    if (!needed.empty()) return fail(ErrorCode::kUsage, place(path, item) + ": " + wrong(key, needed));
    out.values.push_back(resolved(key, *text, path));
    return {};
  };
  if (!is_list) {
    if (auto taken = take(node); !taken) return std::unexpected(taken.error());
    return out;
  }
  for (const TomlNode& item : node.items) {
    if (auto taken = take(item); !taken) return std::unexpected(taken.error());
  }
  return out;
}

// [redact] may say the level too.
Result<void> take_redact(const TomlNode& node, const std::string& path, Config& out) {
  auto rules = read_redact_rules(node, path);
  if (!rules) return std::unexpected(rules.error());
  out.redact = std::move(*rules);
  out.redact_source = place(path, node);
  if (!out.redact.privacy) return {};
  if (out.settings.contains("privacy")) return toml_error(path, node, "privacy is said twice");
  out.settings["privacy"] = {{std::string(to_string(*out.redact.privacy))}, out.redact.privacy_source};
  return {};
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
  Config out;
  for (const auto& [word, node] : parsed->members) {
    if (word == "redact" || word == "match") continue;
    const Key* key = find_key(word);
    if (key == nullptr) {
      const std::string near = nearest_key(word);
      const std::string hint = near.empty() ? "; cvr config lists the known ones" : " (did you mean " + near + "?)";
      return toml_error(path, node, "unknown key " + shown_word(word) + hint);
    }
    auto setting = setting_of(*key, node, path);
    if (!setting) return std::unexpected(setting.error());
    out.settings[word] = std::move(*setting);
  }
  if (const TomlNode* redact = parsed->find("redact")) {
    if (auto done = take_redact(*redact, path, out); !done) return std::unexpected(done.error());
  }
  if (const TomlNode* match = parsed->find("match")) {
    match::MatchRules rules;  // errors come where the file is read
    if (auto done = read_match_rules(*match, path, rules); !done) return std::unexpected(done.error());
    out.match = *match;
    out.match_path = path;
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
    config.settings[std::string(key.name)] = std::move(setting);
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
  const auto found = config.settings.find(key);
  return found == config.settings.end() ? nullptr : &found->second.values;
}

}  // namespace cvr::app
