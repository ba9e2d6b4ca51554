// The table of built-in profiles.  A new vendor is one file beside this one and one line here.
#include <utility>

#include "profiles/profile.h"

namespace cvr::profiles {
namespace {

constexpr const Profile& (*kProfiles[])() = {avinode};

constexpr std::pair<Privacy, std::string_view> kLevels[] = {
    {Privacy::kCredentials, "credentials"}, {Privacy::kPii, "pii"}, {Privacy::kCommercial, "commercial"}};

}  // namespace

std::string_view to_string(Privacy level) {
  for (const auto& [value, word] : kLevels) {
    if (value == level) return word;
  }
  return "?";
}

std::optional<Privacy> privacy_from(std::string_view word) {
  for (const auto& [value, known] : kLevels) {
    if (known == word) return value;
  }
  return std::nullopt;
}

const Profile& default_profile() { return avinode(); }

const Profile* find(std::string_view name) {
  for (const auto profile : kProfiles) {
    if (profile().name == name) return &profile();
  }
  return nullptr;
}

}  // namespace cvr::profiles
