#include "probe/credentials.h"

#include <algorithm>
#include <set>

#include "unit/probe/kit.h"

namespace cvr::probe {
namespace {

TEST(Credentials, TheFirstSourceAndTheFirstNameCount) {
  const profiles::Plan plan = test::plan();
  const auto read = Credentials::read(plan, {{{"KEY", "from-file"}}, {{"VENDOR_KEY", "from-environment"}}});
  ASSERT_TRUE(read);
  EXPECT_EQ(*read->find("key"), "from-environment");  // its first name, wherever it stands
  const auto both = Credentials::read(plan, {{{"VENDOR_KEY", "from-file"}}, {{"VENDOR_KEY", "from-environment"}}});
  EXPECT_EQ(*both->find("key"), "from-file");
  const auto empty = Credentials::read(plan, {{{"VENDOR_KEY", ""}}, {{"VENDOR_KEY", "x"}}});
  EXPECT_EQ(*empty->find("key"), "x");
  EXPECT_EQ(Credentials::read(plan, {})->find("key"), nullptr);
}

TEST(Credentials, PublicOnesAreNoSecretsAndHavePresets) {
  const profiles::Plan plan = test::plan();
  const auto read = Credentials::read(plan, {{{"VENDOR_WAY", "client_secret_post"}, {"VENDOR_SECRET", "hush"}}});
  EXPECT_EQ(read->secrets(), std::vector<std::string>{"hush"});
  EXPECT_EQ(*read->find("product"), "probe/1");
}

TEST(Credentials, WhatNoHeaderCanCarryIsNamedAndNotShown) {
  const profiles::Plan plan = test::plan();
  for (const char* bad : {"qzq\nbreak", "qzq\tbed", "qzq\x01", "qzq\x7f", "qzq\rx"}) {
    const auto read = Credentials::read(plan, {{{"VENDOR_SECRET", bad}}});
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::kUsage);
    EXPECT_NE(read.error().text.find("VENDOR_SECRET"), std::string::npos);
    EXPECT_EQ(read.error().text.find("qzq"), std::string::npos) << read.error().text;
  }
  EXPECT_FALSE(Credentials::read(plan, {{{"VENDOR_SECRET", std::string(20'000, 'x')}}}));
}

TEST(Credentials, ObstaclesNameEachVariableOnce) {
  const profiles::Plan plan = test::plan();
  const auto none = Credentials::read(plan, {});
  EXPECT_EQ(none->obstacle({}, {"${key} ${key}", "${bearer} ${now}"}),
            "VENDOR_KEY (or KEY) is not set; VENDOR_BEARER is not set");
  EXPECT_EQ(none->obstacle({{"way", "x"}}, {}), "VENDOR_WAY is not set, x is needed");
  const auto other = Credentials::read(plan, {{{"VENDOR_WAY", "y"}}});
  EXPECT_EQ(other->obstacle({{"way", "x"}}, {}), "VENDOR_WAY is not x");
  EXPECT_EQ(other->obstacle({{"way", "y"}}, {"${product}"}), "");
}

TEST(Credentials, MadeUpOnesHaveTheShapeAndAreNeverReal) {
  const profiles::Plan plan = test::plan();
  const auto read = Credentials::read(plan, {test::all_settings()});
  cvr::test::SeededEntropy entropy(3);
  std::set<std::string> seen;
  for (int i = 0; i < 50; ++i) {
    const Credentials made = read->made_up(plan, entropy);
    EXPECT_EQ(made.find("key")->size(), 36u);
    EXPECT_EQ(std::ranges::count(*made.find("bearer"), '.'), 2);
    EXPECT_EQ(*made.find("product"), "probe/1");
    for (const std::string& value : made.secrets()) {
      EXPECT_EQ(std::ranges::find(read->secrets(), value), read->secrets().end());
      EXPECT_TRUE(seen.insert(value).second);
    }
  }
}

// The entropy of the real credential: what comes out first is the real value, and is passed over.
TEST(Credentials, AMadeUpValueThatIsRealIsMadeAnew) {
  const profiles::Plan plan = test::plan();
  cvr::test::SeededEntropy first(9);
  const std::string real = random_uuid(first);
  const auto read = Credentials::read(plan, {{{"VENDOR_KEY", real}}});
  cvr::test::SeededEntropy again(9);
  EXPECT_NE(*read->made_up(plan, again).find("key"), real);
}

TEST(Credentials, UuidsAreOfVersionFour) {
  cvr::test::SeededEntropy entropy(5);
  const std::string one = random_uuid(entropy);
  EXPECT_EQ(one[14], '4');
  EXPECT_NE(std::string("89ab").find(one[19]), std::string::npos);
  EXPECT_EQ(one[8] == '-' && one[13] == '-' && one[18] == '-' && one[23] == '-', true);
}

}  // namespace
}  // namespace cvr::probe
