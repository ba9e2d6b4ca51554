#include "sandbox/pairs.h"

#include <algorithm>
#include <charconv>

#include "base/escape.h"

namespace cvr::sandbox {
namespace {

bool lists(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (list.substr(0, comma) == word) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

}  // namespace

Pairs::Pairs(std::string_view text) {
  while (!text.empty() && pairs_.size() < kMaxPairs) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view value = equals < pair.size() ? pair.substr(equals + 1) : std::string_view();
    pairs_.emplace_back(percent_decode(pair.substr(0, equals), true), percent_decode(value, true));
  }
}

const std::string* Pairs::find(std::string_view name) const {
  for (const auto& [key, value] : pairs_) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::size_t Pairs::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::count_if(pairs_.begin(), pairs_.end(), [&](const auto& pair) { return pair.first == name; }));
}

std::optional<std::int64_t> Pairs::number(std::string_view name, std::int64_t fallback, std::int64_t low,
                                          std::int64_t high) const {
  const std::string* text = find(name);
  return text == nullptr ? fallback : parse_number(*text, low, high);
}

bool Pairs::wants(std::string_view type, std::string_view flag) const {
  const std::string fields = "fields[" + std::string(type) + "]";
  return std::any_of(pairs_.begin(), pairs_.end(), [&](const auto& pair) {
    return (pair.first == flag && pair.second == "true") || (pair.first == fields && lists(pair.second, flag));
  });
}

std::optional<std::int64_t> parse_number(std::string_view text, std::int64_t low, std::int64_t high) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  if (value < low || value > high) return std::nullopt;
  return value;
}

}  // namespace cvr::sandbox
