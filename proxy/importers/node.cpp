#include "importers/node.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace cvr::importers {

const Node* Node::find(std::string_view name) const {
  for (const Member& member : members) {
    if (member.name == name) return &member.node;
  }
  return nullptr;
}

const Node* Node::find(std::string_view name, Type what) const {
  const Node* node = find(name);
  return node != nullptr && node->type == what ? node : nullptr;
}

std::string_view Node::text_of(std::string_view name) const {
  const Node* node = find(name, Type::kText);
  return node == nullptr ? std::string_view() : std::string_view(node->text);
}

std::optional<double> number_in(const Node& node) {
  if (node.type != Node::Type::kNumber && node.type != Node::Type::kText) return std::nullopt;
  double value = 0;
  const char* end = node.text.data() + node.text.size();
  const auto [stop, error] = std::from_chars(node.text.data(), end, value);
  if (error != std::errc() || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<double> Node::number_of(std::string_view name) const {
  const Node* node = find(name);
  return node == nullptr ? std::nullopt : number_in(*node);
}

std::optional<std::int64_t> Node::integer_of(std::string_view name) const {
  const auto value = number_of(name);
  if (!value || std::abs(*value) > 9007199254740992.0) return std::nullopt;
  return std::llround(*value);
}

bool Node::flag_of(std::string_view name) const {
  const Node* node = find(name, Type::kFlag);
  return node != nullptr && node->text == "true";
}

const std::string* twice(const std::vector<Member>& members) {
  std::vector<const std::string*> names;
  names.reserve(members.size());
  for (const Member& member : members) names.push_back(&member.name);
  const auto less = [](const std::string* a, const std::string* b) { return *a < *b; };
  std::ranges::sort(names, less);
  const auto same = [](const std::string* a, const std::string* b) { return *a == *b; };
  const auto found = std::ranges::adjacent_find(names, same);
  return found == names.end() ? nullptr : *found;
}

}  // namespace cvr::importers
