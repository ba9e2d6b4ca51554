#include "profiles/plan_text.h"

#include <charconv>

namespace cvr::profiles {
namespace {

constexpr std::string_view kBegin = "${";
constexpr std::string_view kDay = "day+";
constexpr int kMostDays = 3'650;

// Calls `plain` and `name` with the parts of the text in order; `name` answers whether to go on.
template <class Plain, class Name>
bool walk(std::string_view text, Plain plain, Name name) {
  while (!text.empty()) {
    const std::size_t begin = text.find(kBegin);
    const std::size_t end = begin == text.npos ? text.npos : text.find('}', begin);
    if (end == text.npos) break;
    plain(text.substr(0, begin));
    if (!name(text.substr(begin + kBegin.size(), end - begin - kBegin.size()))) return false;
    text.remove_prefix(end + 1);
  }
  plain(text);
  return true;
}

}  // namespace

std::vector<std::string> placeholders(std::string_view text) {
  std::vector<std::string> out;
  walk(
      text, [](std::string_view) {},
      [&](std::string_view name) {
        out.emplace_back(name);
        return true;
      });
  return out;
}

std::optional<int> days_ahead(std::string_view name) {
  if (!name.starts_with(kDay)) return std::nullopt;
  name.remove_prefix(kDay.size());
  int days = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), days);
  if (error != std::errc() || end != name.data() + name.size() || days < 0 || days > kMostDays) return std::nullopt;
  return days;
}

bool is_made_name(std::string_view name) { return name == "now" || name == "uuid" || days_ahead(name).has_value(); }

Result<std::string> fill(std::string_view text, const ValueOf& value_of) {
  std::string out;
  std::string missing;
  const bool whole = walk(
      text, [&](std::string_view plain) { out += plain; },
      [&](std::string_view name) {
        const auto value = value_of(name);
        if (value) {
          out += *value;
        } else {
          missing = name;
        }
        return value.has_value();
      });
  if (!whole) return fail(ErrorCode::kNotFound, missing);
  return out;
}

}  // namespace cvr::profiles
