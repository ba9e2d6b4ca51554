#include "diagnose/fields.h"

#include <algorithm>

#include "base/escape.h"

namespace cvr::diagnose {
namespace {

constexpr std::size_t kMostPairs = 1'000;
constexpr std::size_t kLongestSearched = 64u << 10;

char first_of(std::string_view text) {
  const std::size_t at = text.find_first_not_of(" \t\r\n");
  return at == text.npos ? '\0' : text[at];
}

}  // namespace

const RedactedField* find_field(const std::vector<RedactedField>& fields, std::string_view name) {
  const auto found =
      std::ranges::find_if(fields, [&](const auto& f) { return http::equals_ignoring_case(f.name.text, name); });
  return found == fields.end() ? nullptr : &*found;
}

std::string_view field_value(const std::vector<RedactedField>& fields, std::string_view name) {
  const RedactedField* field = find_field(fields, name);
  return field == nullptr ? std::string_view() : std::string_view(field->value.text);
}

std::string media_type(const std::vector<RedactedField>& fields) {
  std::string_view value = field_value(fields, "content-type");
  value = value.substr(0, value.find(';'));
  while (value.ends_with(' ') || value.ends_with('\t')) value.remove_suffix(1);
  return http::to_lower(value);
}

bool is_json_type(std::string_view media_type) {
  return media_type == "application/json" || media_type == "text/json" || media_type.ends_with("+json");
}

std::vector<std::pair<std::string, std::string>> form_pairs(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> out;
  while (!text.empty() && out.size() < kMostPairs) {
    const std::string_view pair = text.substr(0, text.find('&'));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (!pair.empty()) {
      out.emplace_back(percent_decode(pair.substr(0, equals), true),
                       percent_decode(pair.substr(std::min(equals + 1, pair.size())), true));
    }
    if (pair.size() == text.size()) break;
    text.remove_prefix(pair.size() + 1);
  }
  return out;
}

bool begins_as_json(std::string_view text) { return first_of(text) == '{' || first_of(text) == '['; }
bool begins_as_markup(std::string_view text) { return first_of(text) == '<'; }

bool has_flag(const RedactedParts& parts, std::string_view flag) {
  return std::ranges::find(parts.flags, flag) != parts.flags.end();
}

std::string_view flag_value(const RedactedParts& parts, std::string_view prefix) {
  const auto found = std::ranges::find_if(parts.flags, [&](const auto& flag) { return flag.starts_with(prefix); });
  return found == parts.flags.end() ? std::string_view() : std::string_view(*found).substr(prefix.size());
}

bool is_listed(const std::vector<std::string>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool is_listed_without_case(const std::vector<std::string>& words, std::string_view word) {
  return std::ranges::any_of(words, [&](const auto& one) { return http::equals_ignoring_case(one, word); });
}

bool holds_one_of(std::string_view text, const std::vector<std::string>& words) {
  const std::string lower = http::to_lower(text.substr(0, kLongestSearched));
  return std::ranges::any_of(words,
                             [&](const auto& word) { return lower.find(http::to_lower(word)) != std::string::npos; });
}

}  // namespace cvr::diagnose
