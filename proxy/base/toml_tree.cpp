#include "base/toml_tree.h"

#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

#include "base/escape.h"

namespace cvr {
namespace {

constexpr std::size_t kMostBytes = 1u << 20;
constexpr int kDeepest = 32;
constexpr std::size_t kMostShown = 80;

// Long runs of "a.a.a." nest a table a dot, and the library's tables are freed recursively.
constexpr std::size_t kMostDots = 4000;

struct Place {
  std::uint32_t line;
  std::uint32_t column;
  auto operator<=>(const Place&) const = default;
};

template <class Time>
bool take_time(const toml::node& from, TomlNode& to) {
  const auto time = from.value_exact<Time>();
  if (!time) return false;
  std::ostringstream text;
  text << *time;
  to.type = TomlNode::Type::kTime;
  to.text = text.str();
  return true;
}

bool convert(const toml::node& from, int depth, TomlNode& to, std::uint32_t line) {
  to.line = from.source().begin.line != 0 ? from.source().begin.line : line;
  if (depth > kDeepest) return false;
  if (const auto text = from.value_exact<std::string>()) {
    to.type = TomlNode::Type::kText;
    to.text = *text;
  } else if (const auto number = from.value_exact<std::int64_t>()) {
    to.type = TomlNode::Type::kInteger;
    to.integer = *number;
  } else if (const auto flag = from.value_exact<bool>()) {
    to.type = TomlNode::Type::kFlag;
    to.flag = *flag;
  } else if (take_time<toml::date>(from, to) || take_time<toml::date_time>(from, to) ||
             take_time<toml::time>(from, to)) {
    return true;
  } else if (const toml::array* array = from.as_array()) {
    to.type = TomlNode::Type::kList;
    for (const toml::node& item : *array) {
      if (!convert(item, depth + 1, to.items.emplace_back(), to.line)) return false;
    }
  } else if (const toml::table* table = from.as_table()) {
    to.type = TomlNode::Type::kTable;
    std::vector<std::pair<Place, std::pair<std::string_view, const toml::node*>>> members;
    for (const auto& [key, node] : *table) {
      members.push_back({{key.source().begin.line, key.source().begin.column}, {key.str(), &node}});
    }
    std::ranges::stable_sort(members, {}, [](const auto& m) { return m.first; });
    for (const auto& [place, member] : members) {
      TomlMember& added = to.members.emplace_back();
      added.name = member.first;
      if (!convert(*member.second, depth + 1, added.node, place.line)) return false;
    }
  }
  return true;
}

}  // namespace

const TomlNode* TomlNode::find(std::string_view name) const {
  const auto found = std::ranges::find(members, name, &TomlMember::name);
  return found == members.end() ? nullptr : &found->node;
}

bool TomlNode::is_table_list() const {
  return type == Type::kList && !items.empty() &&
         std::ranges::all_of(items, [](const TomlNode& item) { return item.type == Type::kTable; });
}

Result<TomlNode> parse_toml(std::string_view text, const std::string& path) {
  if (text.size() > kMostBytes) return fail(ErrorCode::kUsage, path + ": larger than 1 MiB");
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (std::ranges::count(text.substr(begin, end - begin), '.') > static_cast<std::ptrdiff_t>(kMostDots)) {
      return fail(ErrorCode::kUsage, path + ": a line with more than " + std::to_string(kMostDots) + " dots");
    }
    begin = end + 1;
  }
  // The system's library is built with exceptions; they stop here.
  try {
    const toml::table table = toml::parse(text, path);
    TomlNode out;
    if (!convert(table, 0, out, 1)) {
      return fail(ErrorCode::kUsage, path + ": nested more than " + std::to_string(kDeepest) + " deep");
    }
    return out;
  } catch (const toml::parse_error& error) {
    const std::string line = std::to_string(error.source().begin.line);
    return fail(ErrorCode::kUsage, path + ":" + line + ": " + shortened(printable(error.description()), 200));
  }
}

std::unexpected<Error> toml_error(const std::string& path, const TomlNode& node, std::string_view text) {
  return fail(ErrorCode::kUsage, path + ":" + std::to_string(node.line) + ": " + std::string(text));
}

std::string shown_word(std::string_view word) { return shortened(printable(word), kMostShown); }

}  // namespace cvr
