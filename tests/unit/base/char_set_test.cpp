#include "base/char_set.h"

#include "support/random.h"

namespace cvr {
namespace {

TEST(CharSet, FindsWhatStringViewFinds) {
  const std::string chars(":=\xff\0 ", 5);
  const CharSet set(chars);
  for (int i = 0; i < 2000; ++i) {
    std::string text;
    const std::size_t size = test::rng()() % 20;
    while (text.size() < size)
      text += test::rng()() % 3 == 0 ? chars[test::rng()() % chars.size()] : static_cast<char>(test::rng()());
    for (std::size_t from = 0; from < size + 3; ++from) {
      ASSERT_EQ(set.first_in(text, from), text.find_first_of(chars, from));
      ASSERT_EQ(set.first_not_in(text, from), text.find_first_not_of(chars, from));
    }
    EXPECT_EQ(set.any_in(text), text.find_first_of(chars) != text.npos);
  }
}

TEST(CharSet, NothingIsInTheEmptySet) {
  EXPECT_EQ(CharSet("").first_in("abc"), std::string_view::npos);
  EXPECT_EQ(CharSet("").first_not_in("abc"), 0U);
  EXPECT_FALSE(CharSet("").any_in("abc"));
}

}  // namespace
}  // namespace cvr
