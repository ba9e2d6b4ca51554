#define TOML_EXCEPTIONS 0
#include "app/config.h"

#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>

#include "base/nearest_word.h"
#include "os/file.h"

namespace cvr::app {
namespace {

const Key* find_key(std::string_view name) {
  for (const Key& key : known_keys()) {
    if (key.name == name) return &key;
  }
  return nullptr;
}

std::string place(const std::string& name, const toml::node& node) { return name + ":" + std::to_string(node.source().begin.line); }

const char* allowed(KeyType type) {
  switch (type) {
    case KeyType::kText:
      return "a string is needed";
    case KeyType::kList:
      return "a string or a list of strings is needed";
    case KeyType::kFlag:
      return "true or false is needed";
    case KeyType::kNumber:
      return "a whole number is needed";
  }
  return "";
}

// The values of one node, or nothing when its type is not the key's.
std::optional<std::vector<std::string>> values_of(const toml::node& node, KeyType type) {
  if (type == KeyType::kFlag) {
    if (const auto flag = node.value_exact<bool>()) return std::vector<std::string>{*flag ? "true" : "false"};
    return std::nullopt;
  }
  if (type == KeyType::kNumber) {
    if (const auto number = node.value_exact<std::int64_t>()) return std::vector<std::string>{std::to_string(*number)};
    return std::nullopt;
  }
  if (const auto text = node.value_exact<std::string>()) return std::vector<std::string>{*text};
  const toml::array* array = node.as_array();
  if (type != KeyType::kList || array == nullptr) return std::nullopt;
  std::vector<std::string> out;
  for (const toml::node& item : *array) {
    const auto text = item.value_exact<std::string>();
    if (!text) return std::nullopt;
    out.push_back(*text);
  }
  return out;
}

}  // namespace

const std::vector<Key>& known_keys() {
  static const std::vector<Key> table = {
      {"cassette", "CVR_CASSETTE", KeyType::kList, "the cassette", ""},
      {"listen", "CVR_LISTEN", KeyType::kText, "ADDR:PORT", "127.0.0.1:8877"},
      {"host", "CVR_HOST", KeyType::kList, "hosts in scope", "the vendor's"},
      {"allow_out_of_scope", "CVR_ALLOW_OUT_OF_SCOPE", KeyType::kFlag, "replay lets other hosts through", "false"},
      {"reverse", "CVR_REVERSE", KeyType::kText, "URL of a reverse proxy", ""},
      {"reverse_listen", "CVR_REVERSE_LISTEN", KeyType::kText, "its ADDR:PORT", "127.0.0.1:0"},
      {"connect_to", "CVR_CONNECT_TO", KeyType::kList, "HOST:PORT:ADDR:PORT", ""},
      {"upstream_ca", "CVR_UPSTREAM_CA", KeyType::kText, "authorities to trust beside the system's", ""},
      {"client_cert", "CVR_CLIENT_CERT", KeyType::kText, "certificate shown to the upstream", ""},
      {"client_key", "CVR_CLIENT_KEY", KeyType::kText, "its key", ""},
      {"allow_private", "CVR_ALLOW_PRIVATE", KeyType::kFlag, "upstreams at private addresses", "false"},
      {"threads", "CVR_THREADS", KeyType::kNumber, "shards", "cores"},
      {"body_limit", "CVR_BODY_LIMIT", KeyType::kText, "largest recorded body", "16M"},
      {"max_body", "CVR_MAX_BODY", KeyType::kText, "largest accepted body", "1G"},
      {"max_cassette", "CVR_MAX_CASSETTE", KeyType::kText, "where recording stops", "no limit"},
      {"upstream_timeout", "CVR_UPSTREAM_TIMEOUT", KeyType::kText, "longest wait for the upstream", "120s"},
      {"durable", "CVR_DURABLE", KeyType::kFlag, "survive power loss", "false"},
      {"secrets", "CVR_SECRETS", KeyType::kList, "dotenv files whose values are secrets", ""},
      {"strict", "CVR_STRICT", KeyType::kFlag, "unused interactions are a failure", "false"},
      {"on_end", "CVR_ON_END", KeyType::kText, "fail, last or loop", "last for safe methods, else fail"},
      {"grace", "CVR_GRACE", KeyType::kText, "time for exchanges in flight at the end", "5s"},
      {"mode", "CVR_MODE", KeyType::kText, "mode of cvr run", "once"},
  };
  return table;
}

Result<Config> parse_config(std::string_view toml_text, const std::string& name) {
  const toml::parse_result parsed = toml::parse(toml_text, name);
  if (!parsed) {
    return fail(ErrorCode::kUsage, name + ":" + std::to_string(parsed.error().source().begin.line) + ": " + std::string(parsed.error().description()));
  }
  Config out;
  for (const auto& [key, node] : parsed.table()) {
    const std::string word(key.str());
    const Key* known = find_key(word);
    const std::string at = place(name, node);
    if (known == nullptr) {
      std::vector<std::string> names;
      for (const Key& k : known_keys()) names.emplace_back(k.name);
      const std::string near = nearest_word(word, names);
      return fail(ErrorCode::kUsage, at + ": unknown key " + word + (near.empty() ? "; cvr config lists the known ones" : " (did you mean " + near + "?)"));
    }
    auto values = values_of(node, known->type);
    if (!values) return fail(ErrorCode::kUsage, at + ": " + word + ": " + allowed(known->type));
    out[word] = {std::move(*values), at};
  }
  return out;
}

Result<void> apply_variables(const os::Environment& environment, Config& config) {
  for (const Key& key : known_keys()) {
    const auto given = std::find_if(environment.begin(), environment.end(), [&](const auto& pair) { return pair.first == key.variable; });
    if (given == environment.end() || given->second.empty()) continue;
    const std::string& value = given->second;
    const std::string variable(key.variable);
    if (key.type == KeyType::kFlag && value != "true" && value != "false" && value != "1" && value != "0") {
      return fail(ErrorCode::kUsage, variable + ": " + allowed(key.type));
    }
    if (key.type == KeyType::kNumber && value.find_first_not_of("0123456789") != std::string::npos) {
      return fail(ErrorCode::kUsage, variable + ": " + allowed(key.type));
    }
    Setting setting{{}, variable};
    if (key.type == KeyType::kFlag) {
      setting.values = {value == "1" || value == "true" ? "true" : "false"};
    } else if (key.type == KeyType::kList) {
      for (std::size_t at = 0; at <= value.size();) {
        const std::size_t end = std::min(value.find(',', at), value.size());
        if (end > at) setting.values.push_back(value.substr(at, end - at));
        at = end + 1;
      }
    } else {
      setting.values = {value};
    }
    config[std::string(key.name)] = std::move(setting);
  }
  return {};
}

Result<Config> load_config() {
  Config config;
  std::error_code error;
  for (auto directory = std::filesystem::current_path(error); !error && !directory.empty(); directory = directory.parent_path()) {
    const std::string path = (directory / "cvr.toml").string();
    if (std::filesystem::exists(path, error)) {
      auto text = os::read_file(path, 1 << 20);
      if (!text) return std::unexpected(text.error());
      auto parsed = parse_config(*text, path);
      if (!parsed) return std::unexpected(parsed.error());
      config = std::move(*parsed);
      break;
    }
    if (directory == directory.parent_path()) break;
  }
  if (auto done = apply_variables(os::current_environment(), config); !done) return std::unexpected(done.error());
  return config;
}

}  // namespace cvr::app
