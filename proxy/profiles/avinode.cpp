// The built-in profile of the Avinode Marketplace API.  What it knows stands in avinode.toml; CMake puts
// the text into embedded.cpp.
#include "cvr/result.h"
#include "profiles/embedded.h"
#include "profiles/profile_file.h"

namespace cvr::profiles {

const Profile& avinode() {
  static const Profile profile = [] {
    auto parsed = parse_profile(kAvinodeToml, "avinode.toml");
    CVR_CHECK(parsed);  // a part of the program; a test parses it
    return *std::move(parsed);
  }();
  return profile;
}

}  // namespace cvr::profiles
