#include "profiles/profile.h"

namespace cvr::profiles {
namespace {

TEST(Profiles, AreFoundByName) {
  EXPECT_EQ(find("avinode"), &avinode());
  EXPECT_EQ(find("Avinode"), nullptr);
  EXPECT_EQ(find(""), nullptr);
}

TEST(Profiles, LevelsHaveWords) {
  for (const Privacy level : {Privacy::kCredentials, Privacy::kPii, Privacy::kCommercial}) {
    EXPECT_EQ(privacy_from(to_string(level)), level);
  }
  EXPECT_FALSE(privacy_from("PII"));
  EXPECT_FALSE(privacy_from(""));
}

}  // namespace
}  // namespace cvr::profiles
