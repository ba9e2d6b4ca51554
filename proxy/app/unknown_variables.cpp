#include "app/unknown_variables.h"

#include <algorithm>

#include "app/child_environment.h"
#include "app/config_keys.h"
#include "base/escape.h"
#include "base/nearest_word.h"

namespace cvr::app {
namespace {

constexpr std::string_view kPrefix = "CVR_";
constexpr std::size_t kMostShown = 60;
constexpr const char* kOthers[] = {"CVR_HOME",      "CVR_PROXY",         "CVR_NO_PROXY",    "CVR_HOSTS",
                                   "CVR_CA",        "CVR_CONTROL",       "CVR_TOKEN",       "CVR_BINARY",
                                   "CVR_TEST_SEED", "CVR_UPDATE_GOLDEN", "CVR_TAINT_CELLS", "CVR_CLIENT_MODULES"};

}  // namespace

std::vector<std::string> unknown_variables(const os::Environment& environment) {
  std::vector<std::string> known(std::begin(kOthers), std::end(kOthers));
  for (const Key& key : known_keys()) known.emplace_back(key.variable);
  std::vector<std::string> out;
  for (const auto& [name, value] : environment) {
    if (name == kSaved || name.starts_with(kSavedPrefix)) continue;  // what a shell keeps for `cvr env --unset`
    if (!name.starts_with(kPrefix) || std::ranges::find(known, name) != known.end()) continue;
    const std::string shown = name.substr(0, kMostShown);
    const std::string near = nearest_word(shown, known);
    out.push_back(printable(shown) + " is no variable of CVR" +
                  (near.empty() ? "; cvr config lists the known settings" : " (did you mean " + near + "?)"));
  }
  return out;
}

}  // namespace cvr::app
