// The built-in profile of the Avinode Marketplace API.  What it knows stands in avinode.toml, its probe in
// avinode_plan.toml; CMake puts the texts into embedded.cpp.
#include "cvr/result.h"
#include "profiles/embedded.h"
#include "profiles/plan_file.h"
#include "profiles/profile_file.h"

namespace cvr::profiles {

const Profile& avinode() {
  static const Profile profile = [] {
    auto parsed = parse_profile(kAvinodeToml, "avinode.toml");
    CVR_CHECK(parsed);  // a part of the program; a test parses it
    auto plan = parse_plan(kAvinodePlanToml, "avinode_plan.toml");
    CVR_CHECK(plan);
    parsed->probe = *std::move(plan);
    return *std::move(parsed);
  }();
  return profile;
}

}  // namespace cvr::profiles
