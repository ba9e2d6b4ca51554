#include "sandbox/toml_table.h"

#include <algorithm>

#include "base/escape.h"
#include "base/nearest_word.h"

namespace cvr::sandbox {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) (text += text.empty() ? "" : ", ") += word;
  return text;
}

std::string quoted(std::string_view text) { return "'" + shortened(printable(text), 60) + "'"; }

}  // namespace

Error TableReader::error(std::uint32_t line, std::string_view text) const {
  return {ErrorCode::kUsage, file_ + ":" + std::to_string(line) + ": " + std::string(text)};
}

Error TableReader::error(const toml::node& node, std::string_view text) const {
  return error(static_cast<std::uint32_t>(node.source().begin.line), text);
}

std::optional<Error> TableReader::read_words(const toml::node& node, const Key& key,
                                             std::vector<std::string>& out) const {
  const toml::array* array = node.as_array();
  const std::string wrong = quoted(key.name) + " must be a list of texts";
  if (array == nullptr) return error(node, wrong);
  out.clear();
  for (const toml::node& item : *array) {
    if (!item.is_string()) return error(item, wrong);
    out.push_back(item.as_string()->get());
  }
  return std::nullopt;
}

std::optional<Error> TableReader::read_value(const toml::node& node, const Key& key) const {
  const std::string name = quoted(key.name);
  if (bool* const* flag = std::get_if<bool*>(&key.target)) {
    if (!node.is_boolean()) return error(node, name + " must be true or false");
    **flag = node.as_boolean()->get();
  } else if (const Whole* whole = std::get_if<Whole>(&key.target)) {
    const std::int64_t value = node.is_integer() ? node.as_integer()->get() : whole->low - 1;
    if (value < whole->low || value > whole->high) {
      return error(node, name + " must be a whole number from " + std::to_string(whole->low) + " to " +
                             std::to_string(whole->high));
    }
    *whole->target = value;
  } else if (const Status* status = std::get_if<Status>(&key.target)) {
    const std::int64_t value = node.is_integer() ? node.as_integer()->get() : 0;
    if (value < 200 || value > 599) return error(node, name + " must be a whole number from 200 to 599");
    *status->target = static_cast<int>(value);
  } else if (const Word* word = std::get_if<Word>(&key.target)) {
    if (!node.is_string()) return error(node, name + " must be text");
    const std::string& text = node.as_string()->get();
    if (!word->allowed.empty() && std::find(word->allowed.begin(), word->allowed.end(), text) == word->allowed.end()) {
      return error(node, name + " can not be " + quoted(text) + "; allowed: " + joined(word->allowed));
    }
    *word->target = text;
  } else if (auto* const* words = std::get_if<std::vector<std::string>*>(&key.target)) {
    return read_words(node, key, **words);
  }
  return std::nullopt;
}

std::optional<Error> TableReader::read(const toml::table& table, std::string_view place,
                                       const std::vector<Key>& keys) const {
  for (const auto& [name, node] : table) {
    const auto found = std::find_if(keys.begin(), keys.end(), [&](const Key& key) { return key.name == name.str(); });
    if (found == keys.end()) {
      std::vector<std::string> allowed;
      for (const Key& key : keys) allowed.emplace_back(key.name);
      const std::string near = nearest_word(name.str(), allowed);
      return error(static_cast<std::uint32_t>(name.source().begin.line),
                   "unknown key " + quoted(name.str()) + " in " + std::string(place) +
                       (near.empty() ? "" : ", did you mean '" + near + "'?") + "; allowed: " + joined(allowed));
    }
    if (auto failed = read_value(node, *found)) return failed;
  }
  return std::nullopt;
}

}  // namespace cvr::sandbox
