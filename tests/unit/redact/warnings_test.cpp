#include "redact/warnings.h"

namespace cvr::redact {
namespace {

TEST(Warnings, EachOnce) {
  Warnings warnings;
  warnings.note(Place::kCookie, 2);
  warnings.note(Place::kCookie, 2);
  warnings.note(Place::kCookie, 1);
  warnings.note(Place::kJson, 12);
  warnings.note(Place::kJson, 13);
  warnings.note_full();
  warnings.note_full();
  const auto all = warnings.take();
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0], "a cookie of 2 characters: replaced in its own place only");
  EXPECT_EQ(all[1], "a cookie of 1 character: replaced in its own place only");
  EXPECT_EQ(all[2], "a JSON credential that is an ordinary word: replaced in its own place only");
  EXPECT_TRUE(warnings.take().empty());
  warnings.note(Place::kCookie, 2);
  EXPECT_TRUE(warnings.take().empty());
}

TEST(Warnings, ValuesOverTheLimit) {
  Warnings warnings;
  warnings.note(Place::kHeader, 70'000);
  ASSERT_EQ(warnings.take(),
            std::vector<std::string>{"a credential header over 64 KiB: replaced in its own place only"});
}

}  // namespace
}  // namespace cvr::redact
