#include "base/nearest_word.h"

namespace cvr {
namespace {

TEST(NearestWord, FindsTyposAndNothingElse) {
  const std::vector<std::string> known{"record", "replay", "--host"};
  EXPECT_EQ(nearest_word("recrod", known), "record");
  EXPECT_EQ(nearest_word("--hots", known), "--host");
  EXPECT_EQ(nearest_word("bundle", known), "");
  EXPECT_EQ(nearest_word(std::string(1000, 'a'), known), "");
}

}  // namespace
}  // namespace cvr
