#include "profiles/profile.h"

namespace cvr::profiles {
namespace {

TEST(Profiles, AreFoundByName) {
  EXPECT_EQ(find("avinode"), &avinode());
  EXPECT_EQ(find("Avinode"), nullptr);
  EXPECT_EQ(find(""), nullptr);
}

}  // namespace
}  // namespace cvr::profiles
